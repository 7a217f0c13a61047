package dev.hearth.http.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearth.StartFailedException;
import dev.hearth.signature.spi.FailureFormat;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words failures as the Runtime API is told of them. What a function threw is worded by its binding; here is what no binding knows
 * of, such as a function without one, or a handler that is not there.
 */
public final class Failures {

  private Failures() {}

  /**
   * What a call or a hook threw.
   *
   * @param format the binding's way with words, or null
   */
  public static ErrorReport thrown(@Nullable FailureFormat format, Throwable failure) {
    Throwable told = told(failure);
    return new ErrorReport(
        ErrorReport.USER_EXCEPTION, document(format, failure, told), XrayCause.of(told));
  }

  /** Where the host has words of its own for what went wrong, the reason is told. */
  private static Throwable told(Throwable failure) {
    boolean hosts = failure instanceof InputException || failure instanceof OutputException;
    Throwable cause = failure.getCause();
    return hosts && cause != null ? cause : failure;
  }

  private static byte[] document(
      @Nullable FailureFormat format, Throwable failure, Throwable told) {
    if (format != null) {
      try {
        return format.document(failure);
      } catch (RuntimeException | StackOverflowError e) {
        // The exception is the function's own, and its methods may throw.
      }
    }
    return json(message(told), told.getClass().getName(), Frames.of(told));
  }

  /** Why a function could not be deployed; without a stack trace, as from the vendor's client. */
  public static ErrorReport start(RuntimeException refusal) {
    Throwable cause = refusal.getCause();
    byte[] document;
    if (refusal instanceof StartFailedException failed && cause != null) {
      document = failedStart(failed, cause);
    } else if (cause instanceof ClassNotFoundException) {
      document = json("Class not found: " + cause.getMessage(), cause.getClass().getName(), null);
    } else if (cause instanceof LinkageError) {
      document = json(message(refusal), cause.getClass().getName(), null);
    } else {
      document = json(message(refusal), null, null);
    }
    return new ErrorReport(ErrorReport.BAD_CODE, document, null);
  }

  private static byte[] failedStart(StartFailedException refusal, Throwable cause) {
    String handler = refusal.handler();
    if (cause instanceof java.util.concurrent.TimeoutException) {
      return json(message(refusal), cause.getClass().getName(), null);
    }
    if (handler != null && Frames.isStaticInitialiser(cause)) {
      int method = handler.lastIndexOf("::");
      String type = method < 0 ? handler : handler.substring(0, method);
      return json("Error loading class " + type, "java.lang.ExceptionInInitializerError", null);
    }
    return json(message(cause), cause.getClass().getName(), null);
  }

  /** What is no exception of the function's. */
  public static ErrorReport told(String type, String errorType, String message) {
    return new ErrorReport(type, json(message, errorType, null), null);
  }

  /** Its message, or its class where it has none. */
  public static String message(Throwable failure) {
    String message = null;
    try {
      message = failure.getLocalizedMessage();
    } catch (RuntimeException | StackOverflowError e) {
      // As above.
    }
    return message == null ? failure.getClass().getName() : message;
  }

  private static byte[] json(
      String message, @Nullable String type, @Nullable List<StackTraceElement> frames) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("errorMessage", message);
      if (type != null) {
        json.writeStringField("errorType", type);
      }
      if (frames != null) {
        json.writeArrayFieldStart("stackTrace");
        for (StackTraceElement frame : frames) {
          json.writeString(Frames.text(frame));
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
