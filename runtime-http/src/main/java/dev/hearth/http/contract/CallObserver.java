package dev.hearth.http.contract;

import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;

/**
 * Follows the call of a function, whatever becomes of its client: also a call that was given up, and code that runs on after
 * its call was stopped. None of its methods may throw.
 */
public interface CallObserver {

  /** As {@link dev.hearth.invoke.Call#entering}. */
  default void entering(Invocation invocation) {}

  /** As {@link dev.hearth.invoke.Call#left}. */
  default void left(Invocation invocation, Outcome<?> outcome) {}

  /** As {@link dev.hearth.invoke.Call#ended}, before the client is told. */
  default void ended(Invocation invocation, Outcome<?> outcome) {}
}
