/**
 * What operators ask a running host, alive, ready, which functions, and how they change it.
 *
 * <p>Start at {@link dev.hearth.http.ops.AdminServer}.
 */
@NullMarked
package dev.hearth.http.ops;

import org.jspecify.annotations.NullMarked;
