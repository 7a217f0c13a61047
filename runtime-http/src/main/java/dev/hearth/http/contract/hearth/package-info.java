/**
 * Hearth's own contract, {@code native}: functions by name in the path, plain values in and out.
 *
 * <p>Start at {@link dev.hearth.http.contract.hearth.NativeContract}.
 */
@NullMarked
package dev.hearth.http.contract.hearth;

import org.jspecify.annotations.NullMarked;
