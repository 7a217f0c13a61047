/**
 * Fission's contract: a generic container that is told once which function to load.
 *
 * <p>Start at {@link dev.hearth.http.contract.fission.FissionContract}.
 */
@NullMarked
package dev.hearth.http.contract.fission;

import org.jspecify.annotations.NullMarked;
