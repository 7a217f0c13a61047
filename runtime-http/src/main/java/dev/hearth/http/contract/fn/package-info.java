/**
 * Fn's contract with a function's container: calls come one at a time as {@code POST /call} on a Unix domain socket that the container makes.
 *
 * <p>Start at {@link dev.hearth.http.contract.fn.FnContract}. A function written for Fn's Java kit gets its calls as they come and words its
 * answers itself; for all others {@link dev.hearth.http.contract.fn.Translation} makes of a call what they know.
 */
@NullMarked
package dev.hearth.http.contract.fn;

import org.jspecify.annotations.NullMarked;
