package dev.hearth.guard;

/** Which of a function's classes are given polls, so that their code can be stopped. */
public enum Guarding {
  /** {@link #OWN} where a limit is set that may have to stop code (running time, CPU time, memory), else {@link #OFF}. */
  AUTO,
  /** None: code that ignores interrupts cannot be stopped. */
  OFF,
  /** The user's own classes, not those of libraries in jars of their own. */
  OWN,
  /** Every class of the archive. */
  ALL
}
