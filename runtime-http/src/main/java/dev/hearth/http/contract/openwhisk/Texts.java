package dev.hearth.http.contract.openwhisk;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What is said of exceptions. They may be of the action's own classes, whose methods may fail themselves. */
final class Texts {

  private static final int MOST = 32 * 1024;
  private static final int MOST_IN_ERROR = 4 * 1024;

  private Texts() {}

  /** What the exception says of itself. */
  static String of(Throwable failure) {
    try {
      return cut(String.valueOf(failure), MOST_IN_ERROR);
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      return failure.getClass().getName();
    }
  }

  /** Its stack trace as the JDK prints it, without the last line end. */
  static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    try {
      failure.printStackTrace(new PrintWriter(text));
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      text.append(failure.getClass().getName()).append(" (its stack trace cannot be printed)");
    }
    return cut(text.toString().stripTrailing(), MOST);
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) + "…" : text;
  }
}
