package dev.hearth.benchmarks.process;

/** Names of the tables that show how figures grow with what a host is given. */
final class Growth {

  /** How the names of its tables begin. */
  static final String PREFIX = "growth-";

  /** Memory that stays for each function. */
  static final String RETAINED = "retained per function, KB";

  private Growth() {}
}
