package dev.hearth.benchmarks.process;

/** Why something is not in a table, in as many words as fit there. */
final class Failures {

  private static final int LONGEST = 300;

  private Failures() {}

  /** The message on one line; all of it goes to standard error. */
  static String shortly(Exception e) {
    System.err.println("failed: " + e);
    String text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").replace('|', '/');
    text = text.replaceAll("/[^ ,;:=]*/", "…/");
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
