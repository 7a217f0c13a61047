package dev.hearth.log;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A failure as text: even an exception of the JDK's holds the loader of the code that threw it. */
public final class ErrorText {

  /** A trace longer than this says no more. */
  private static final int MAX = 32 * 1024;

  private ErrorText() {}

  /** The stack trace as the JDK prints it, cut at a bound. */
  public static String of(Throwable error) {
    StringWriter text = new StringWriter();
    try {
      error.printStackTrace(new PrintWriter(text));
    } catch (RuntimeException | StackOverflowError e) {
      // It may be a function's own class, whose methods may throw.
      text.append(error.getClass().getName()).append(" (its stack trace cannot be printed)");
    }
    return text.getBuffer().length() > MAX
        ? text.getBuffer().substring(0, MAX) + "…"
        : text.toString();
  }
}
