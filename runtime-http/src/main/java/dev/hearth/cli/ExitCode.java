package dev.hearth.cli;

/** What the command's exit codes mean; also told by {@code hearth --help}. */
final class ExitCode {

  /** Done; for {@code run}: every call ended within the drain limit. */
  static final int OK = 0;

  /** The function failed or cannot be served; for {@code run} also: calls were cut off at the drain limit. */
  static final int FAILED = 1;

  /** The command line, the environment or the settings are wrong, or a port cannot be opened. */
  static final int USAGE = 2;

  /** For {@code run}: the JVM's memory was used up for good. */
  static final int OUT_OF_MEMORY = 3;

  /** Added to the number of the signal that ended a host at once. */
  static final int SIGNAL = 128;

  private ExitCode() {}
}
