package dev.hearth.cli.log;

import dev.hearth.log.Origin;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line with the names that Google Cloud Logging knows ("Structured logging", table of special JSON fields), and {@code
 * execution_id}, as the Functions Framework for Java has it. The message comes last, with the stack trace behind it, where Error
 * Reporting looks for it.
 *
 * <p>A function that prints a JSON object has made such an entry itself: it is written as it is, with what it does not say about its call.
 */
final class CloudLayout implements Layout {

  private static final String SEVERITY = "severity";
  private static final String TRACE = "logging.googleapis.com/trace";
  private static final String EXECUTION = "execution_id";
  private static final String LABELS = "logging.googleapis.com/labels";

  private final CloudFields fields;

  CloudLayout(CloudFields fields) {
    this.fields = fields;
  }

  @Override
  public void write(Bytes out, Entry entry) {
    if (!entry.captured || entry.cut > 0 || !writeObject(out, entry)) {
      writeMessage(out, entry);
    }
    out.add('\n');
  }

  private void writeMessage(Bytes out, Entry entry) {
    out.ascii("{\"severity\":\"");
    out.ascii(severity(entry));
    out.ascii("\",\"time\":\"");
    Timestamp.write(out, entry.millis);
    JsonLayout.field(out, entry.captured ? "\",\"stream\":\"" : "\",\"logger\":\"", entry.logger);
    out.add('"');
    writeOrigin(out, entry.origin, Set.of());
    if (!entry.fields.isEmpty()) {
      JsonLayout.fields(out, entry.fields);
    }
    if (entry.cut > 0) {
      out.ascii(",\"cut\":");
      out.ascii(Long.toString(entry.cut));
    }
    out.ascii(",\"message\":\"");
    JsonLayout.escape(out, entry.text, entry.length);
    if (entry.error != null) {
      JsonLayout.field(out, "\\n", entry.error);
    }
    out.ascii("\"}");
  }

  /** Writes what the function printed, if that is a JSON object; else nothing. */
  private boolean writeObject(Bytes out, Entry entry) {
    PrintedObject object = PrintedObject.of(entry.text, entry.length);
    if (object == null) {
      return false;
    }
    out.add(entry.text, 0, object.end());
    if (!object.members().contains(SEVERITY)) {
      out.ascii(
          object.members().isEmpty() ? "\"severity\":\"DEFAULT\"" : ",\"severity\":\"DEFAULT\"");
    }
    writeOrigin(out, entry.origin, object.members());
    out.add('}');
    return true;
  }

  private void writeOrigin(Bytes out, @Nullable Origin origin, Set<String> said) {
    if (origin == null) {
      return;
    }
    String trace = origin.trace();
    if (trace != null && !said.contains(TRACE)) {
      member(out, TRACE, fields.project() == null ? trace : path(fields.project(), trace));
    }
    String execution = fields.executionIds() ? origin.invocation() : null;
    if (execution != null && !said.contains(EXECUTION)) {
      member(out, EXECUTION, execution);
    }
    if (!said.contains(LABELS)) {
      writeLabels(out, origin, execution);
    }
  }

  private static String path(String project, String trace) {
    return "projects/" + project + "/traces/" + trace;
  }

  private static void writeLabels(Bytes out, Origin origin, @Nullable String execution) {
    out.ascii(",\"" + LABELS + "\":{\"");
    JsonLayout.field(out, "function\":\"", origin.function());
    JsonLayout.field(out, "\",\"version\":\"", origin.version());
    if (execution != null) {
      JsonLayout.field(out, "\",\"" + EXECUTION + "\":\"", execution);
    }
    out.ascii("\"}");
  }

  private static void member(Bytes out, String name, String value) {
    JsonLayout.field(out, ",\"" + name + "\":\"", value);
    out.add('"');
  }

  /** What was printed has none, as the platform has it for lines that are no entries. */
  private static String severity(Entry entry) {
    if (entry.captured) {
      return "DEFAULT";
    }
    return switch (entry.level) {
      case "TRACE", "DEBUG" -> "DEBUG";
      case "INFO" -> "INFO";
      case "WARN", "WARNING" -> "WARNING";
      case "ERROR" -> "ERROR";
      default -> "DEFAULT";
    };
  }
}
