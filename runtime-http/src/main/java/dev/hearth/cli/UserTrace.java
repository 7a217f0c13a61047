package dev.hearth.cli;

import java.io.PrintStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** A stack trace as its author wants it: without the host's frames below the function. */
final class UserTrace {

  private static final int MOST_FRAMES = 200; // an overflowed stack has thousands

  private UserTrace() {}

  static void print(Throwable failure, PrintStream to) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    String before = "";
    for (Throwable now = failure; now != null && seen.add(now); now = now.getCause()) {
      to.println(before + now);
      StackTraceElement[] frames = now.getStackTrace();
      int end = userFrames(frames);
      for (int i = 0; i < Math.min(end, MOST_FRAMES); i++) {
        to.println("\tat " + frames[i]);
      }
      before = "Caused by: ";
    }
  }

  /** How many frames come before the host's, reflection's included. */
  private static int userFrames(StackTraceElement[] frames) {
    int end = 0;
    while (end < frames.length && !isHosts(frames[end].getClassName())) {
      end++;
    }
    while (end > 0 && isReflection(frames[end - 1].getClassName())) {
      end--;
    }
    return end;
  }

  private static boolean isHosts(String className) {
    return className.startsWith("dev.hearth.") && !className.startsWith("dev.hearth.function.");
  }

  private static boolean isReflection(String className) {
    return className.startsWith("jdk.internal.reflect.")
        || className.startsWith("java.lang.reflect.")
        || className.startsWith("java.lang.invoke.");
  }
}
