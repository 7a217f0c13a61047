package dev.hearth.cli.verify;

/** What may go wrong with code that is fine in a process of its own. */
public enum Risk {
  /** Native code. */
  NATIVE("a native library belongs to one loader at a time: a second version cannot load it"),
  /** The end of the process. */
  EXIT("ends the process, and with it every function; throw or return instead"),
  /** Threads that keep a JVM alive. */
  THREAD("is not a daemon: it outlives the version unless it is ended in a close hook"),
  /** State of the JVM. */
  JVM("is one for the whole JVM, so that other functions see the change"),
  /** Shutdown hooks. */
  HOOK(
      "runs when the process ends, not when the version does, and holds the version until then; use a close hook"),
  /** State of the class. */
  STATIC("is shared by all instances and by calls that run at once");

  private final String meaning;

  Risk(String meaning) {
    this.meaning = meaning;
  }

  /** What it leads to, to be read after what was found. */
  public String meaning() {
    return meaning;
  }

  /**
   * One place where it was found.
   *
   * @param where class and member
   * @param what what it does there, such as {@code calls java.lang.System.exit}
   */
  public record Found(Risk risk, String where, String what) {}
}
