package dev.hearth.cli.log;

import java.io.PrintWriter;
import java.io.StringWriter;

/** How a line looks. Stateless. */
interface Layout {

  /** A trace longer than this says no more. */
  int MAX_TRACE = 32 * 1024;

  /** Adds the line, its end included. */
  void write(Bytes out, Entry entry);

  /** The stack trace as the JDK prints it, cut at the bound. */
  static String trace(Throwable error) {
    StringWriter text = new StringWriter();
    try {
      error.printStackTrace(new PrintWriter(text));
    } catch (RuntimeException | StackOverflowError e) {
      // It may be a function's own class, whose methods may throw.
      text.append(error.getClass().getName()).append(" (its stack trace cannot be printed)");
    }
    String trace = text.toString();
    return trace.length() > MAX_TRACE ? trace.substring(0, MAX_TRACE) + "…" : trace;
  }
}
