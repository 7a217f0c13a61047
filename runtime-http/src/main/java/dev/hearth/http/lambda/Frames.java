package dev.hearth.http.lambda;

import java.util.ArrayList;
import java.util.List;

/** The frames of a stack trace that are the function's. */
final class Frames {

  private static final String HOST = "dev.hearth.";
  private static final String API = "dev.hearth.function.";
  private static final String[] REFLECTION = {
    "java.lang.reflect.", "jdk.internal.reflect.", "java.lang.invoke."
  };

  private Frames() {}

  /** All above the first of the host's, and above the reflection it calls functions by. */
  static List<StackTraceElement> of(Throwable failure) {
    List<StackTraceElement> frames = new ArrayList<>();
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (isHosts(frame)) {
        break;
      }
      frames.add(frame);
    }
    while (!frames.isEmpty() && isReflection(frames.get(frames.size() - 1))) {
      frames.remove(frames.size() - 1);
    }
    return frames;
  }

  private static boolean isHosts(StackTraceElement frame) {
    return frame.getClassName().startsWith(HOST) && !frame.getClassName().startsWith(API);
  }

  private static boolean isReflection(StackTraceElement frame) {
    for (String prefix : REFLECTION) {
      if (frame.getClassName().startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the function's first frame is a static initialiser, which runs when its handler class is first used. */
  static boolean isStaticInitialiser(Throwable failure) {
    List<StackTraceElement> frames = of(failure);
    int last = frames.size() - 1;
    while (last > 0 && isJdks(frames.get(last).getClassName())) {
      last--; // whatever made the JVM initialise the class
    }
    return last >= 0 && frames.get(last).getMethodName().equals("<clinit>");
  }

  private static boolean isJdks(String className) {
    return className.startsWith("java.")
        || className.startsWith("jdk.")
        || className.startsWith("sun.");
  }

  /** A frame without the name of its loader, which Lambda's has not, and without its module's version. */
  static String text(StackTraceElement frame) {
    return new StackTraceElement(
            null,
            frame.getModuleName(),
            null,
            frame.getClassName(),
            frame.getMethodName(),
            frame.getFileName(),
            frame.getLineNumber())
        .toString();
  }
}
