package dev.hearth.signature.fn;

import com.fnproject.fn.api.exception.FunctionInputHandlingException;
import com.fnproject.fn.api.exception.FunctionLoadException;
import com.fnproject.fn.api.exception.FunctionOutputHandlingException;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * What Fn's kit writes on standard error: what failed, and the chain of causes, each with the frames of the function's own code. From the
 * first frame of the glue downward all is cut, and so are the frames of reflection just above it.
 */
final class Failures {

  private static final String GLUE = "dev.hearth.signature.";
  private static final String[] REFLECTION = {
    "java.lang.reflect.", "jdk.internal.reflect.", "java.lang.invoke."
  };

  private Failures() {}

  static String text(Throwable failure) {
    StringBuilder text = new StringBuilder();
    Throwable cause = failure;
    if (isOfPlatform(failure)) {
      text.append(failure.getMessage()).append('\n');
      cause = failure.getCause();
    } else {
      text.append("An error occurred in function: ").append(failure.getMessage()).append('\n');
    }
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    while (cause != null && seen.add(cause)) { // causes may go round in circles
      text.append("Caused by: ").append(cause).append('\n');
      appendFrames(text, cause.getStackTrace());
      cause = cause.getCause();
    }
    return text.toString();
  }

  /** Whether it says for itself what went wrong around the function. */
  private static boolean isOfPlatform(Throwable failure) {
    return failure instanceof FunctionLoadException
        || failure instanceof FunctionInputHandlingException
        || failure instanceof FunctionOutputHandlingException
        || failure instanceof InputException
        || failure instanceof OutputException
        || failure instanceof BindingException;
  }

  private static void appendFrames(StringBuilder text, StackTraceElement[] frames) {
    int end = 0;
    while (end < frames.length && !frames[end].getClassName().startsWith(GLUE)) {
      end++;
    }
    while (end < frames.length && end > 0 && isReflection(frames[end - 1])) {
      end--;
    }
    for (int i = 0; i < end; i++) {
      text.append("    at ").append(line(frames[i])).append('\n');
    }
  }

  /** The frame without the name of its class loader, which Fn's has not, and without the JDK's version. */
  private static StackTraceElement line(StackTraceElement frame) {
    return new StackTraceElement(
        null,
        frame.getModuleName(),
        null,
        frame.getClassName(),
        frame.getMethodName(),
        frame.getFileName(),
        frame.getLineNumber());
  }

  private static boolean isReflection(StackTraceElement frame) {
    for (String prefix : REFLECTION) {
      if (frame.getClassName().startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
