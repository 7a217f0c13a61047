/**
 * Invocations, deadlines and executors.
 *
 * <p>A caller describes one call as a {@link dev.hearth.invoke.Call}; the host runs it as an {@link
 * dev.hearth.invoke.Invocation}, which ends exactly once with an {@link dev.hearth.invoke.Outcome}.
 */
@NullMarked
package dev.hearth.invoke;

import org.jspecify.annotations.NullMarked;
