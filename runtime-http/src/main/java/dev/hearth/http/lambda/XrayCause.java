package dev.hearth.http.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Lambda-Runtime-Function-XRay-Error-Cause}: working directory, one exception with its stack, the source files.
 * JSON in ASCII, as it stands in a header; the API crops what is longer than 64 KiB, so it is kept shorter.
 */
final class XrayCause {

  private static final int MOST_CHARS = 64 << 10;
  private static final int MOST_FRAMES = 250;
  private static final int MOST_MESSAGE = 4096;

  private XrayCause() {}

  /** The header's value; null if it would be too long in spite of all. */
  static @Nullable String of(Throwable failure) {
    List<StackTraceElement> frames = Frames.of(failure);
    List<StackTraceElement> shown = frames.subList(0, Math.min(MOST_FRAMES, frames.size()));
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setHighestNonEscapedChar(0x7E);
      json.writeStartObject();
      json.writeStringField("working_directory", System.getProperty("user.dir", ""));
      json.writeArrayFieldStart("exceptions");
      exception(json, failure, shown);
      json.writeEndArray();
      paths(json, shown);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.getBuffer().length() > MOST_CHARS ? null : text.toString();
  }

  private static void exception(
      JsonGenerator json, Throwable failure, List<StackTraceElement> frames) throws IOException {
    String message = Failures.message(failure);
    json.writeStartObject();
    json.writeStringField(
        "message", message.length() > MOST_MESSAGE ? message.substring(0, MOST_MESSAGE) : message);
    json.writeStringField("type", failure.getClass().getName());
    json.writeArrayFieldStart("stack");
    for (StackTraceElement frame : frames) {
      json.writeStartObject();
      json.writeStringField("label", frame.getMethodName());
      json.writeStringField("path", path(frame));
      json.writeNumberField("line", frame.getLineNumber());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void paths(JsonGenerator json, List<StackTraceElement> frames) throws IOException {
    Set<String> paths = new LinkedHashSet<>();
    for (StackTraceElement frame : frames) {
      paths.add(path(frame));
    }
    json.writeArrayFieldStart("paths");
    for (String path : paths) {
      json.writeString(path);
    }
    json.writeEndArray();
  }

  /** The source file, or what it is usually called. */
  private static String path(StackTraceElement frame) {
    String file = frame.getFileName();
    String type = frame.getClassName();
    return file != null ? file : type.substring(type.lastIndexOf('.') + 1) + ".java";
  }
}
