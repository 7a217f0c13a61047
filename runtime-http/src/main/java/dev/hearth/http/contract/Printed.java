package dev.hearth.http.contract;

/** How what functions print reaches the standard streams of a process that is Hearth's own. */
public enum Printed {
  /** Line by line to standard error, each with the function, version, invocation and trace it belongs to. */
  LOGGED,

  /**
   * As it was printed, to the stream it was printed to. Lines of threads are kept apart; one that is unfinished when its call
   * ends is ended. The host's own log goes to standard error, as ever.
   */
  RAW,

  /** As {@link #RAW}, but all of it to standard error. */
  RAW_TO_ERROR,

  /** Line by line to the stream it was printed to, behind date, time and the stream's name: {@code 2026/11/24 01:02:03 stdout: …}. */
  STAMPED
}
