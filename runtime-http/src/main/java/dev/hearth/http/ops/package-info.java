/**
 * What operators ask a running host: alive, ready, which functions.
 *
 * <p>Start at {@link dev.hearth.http.ops.AdminServer}.
 */
@NullMarked
package dev.hearth.http.ops;

import org.jspecify.annotations.NullMarked;
