package dev.hearth.signature.aws;

import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's error document and log text. Both show the function's own frames: from the first frame of the glue downward all is
 * cut, and so are the frames of reflection just above it.
 */
final class Failures {

  private static final String GLUE = "dev.hearth.signature.";
  private static final String[] REFLECTION = {
    "java.lang.reflect.", "jdk.internal.reflect.", "java.lang.invoke."
  };

  private Failures() {}

  /** {@code {"errorMessage","errorType","stackTrace"}}; a handler that could not be bound has no stack trace, and no type either. */
  static byte[] document(Throwable failure) {
    Throwable vendors = unwrap(failure);
    JsonObject document = new JsonObject();
    document.put("errorMessage", message(vendors));
    if (!(vendors instanceof BindingException)) {
      document.put("errorType", vendors.getClass().getName());
      document.put("stackTrace", lines(frames(vendors)));
    }
    return document.end().getBytes(StandardCharsets.UTF_8);
  }

  /** {@code message: class}, and below it the stack trace with causes. */
  static String text(Throwable failure) {
    Throwable vendors = unwrap(failure);
    if (vendors instanceof BindingException) {
      return message(vendors) + "\n";
    }
    StringWriter trace = new StringWriter();
    PrintWriter printer = new PrintWriter(trace);
    print(vendors, "", printer, Collections.newSetFromMap(new IdentityHashMap<>()));
    return message(vendors) + ": " + vendors.getClass().getName() + "\n" + trace + "\n";
  }

  /** What Lambda reports where the host has words of its own. */
  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean hosts = failure instanceof InputException || failure instanceof OutputException;
    return hosts && cause != null ? cause : failure;
  }

  private static String message(Throwable failure) {
    String message = failure.getLocalizedMessage();
    return message == null ? failure.getClass().getName() : message;
  }

  private static List<StackTraceElement> frames(Throwable failure) {
    List<StackTraceElement> frames = new ArrayList<>();
    for (StackTraceElement frame : failure.getStackTrace()) {
      if (frame.getClassName().startsWith(GLUE)) {
        dropReflection(frames);
        return frames;
      }
      frames.add(frame);
    }
    return frames;
  }

  private static void dropReflection(List<StackTraceElement> frames) {
    while (!frames.isEmpty() && isReflection(frames.get(frames.size() - 1))) {
      frames.remove(frames.size() - 1);
    }
  }

  private static boolean isReflection(StackTraceElement frame) {
    for (String prefix : REFLECTION) {
      if (frame.getClassName().startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static String[] lines(List<StackTraceElement> frames) {
    String[] lines = new String[frames.size()];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = line(frames.get(i));
    }
    return lines;
  }

  /** The frame without the name of its class loader, which Lambda's has not, and without the JDK's version. */
  private static String line(StackTraceElement frame) {
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

  private static void print(
      @Nullable Throwable failure, String caption, PrintWriter out, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return; // causes may go round in circles
    }
    out.println(caption + failure);
    for (String line : lines(frames(failure))) {
      out.println("\tat " + line);
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      print(suppressed, "\tSuppressed: ", out, seen);
    }
    print(failure.getCause(), "Caused by: ", out, seen);
  }
}
