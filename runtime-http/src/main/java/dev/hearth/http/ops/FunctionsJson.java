package dev.hearth.http.ops;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.invoke.Limits;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The deployed functions as JSON. */
final class FunctionsJson {

  private FunctionsJson() {}

  /** An object with one array, {@code functions}, by name. */
  static String of(Hearth hearth) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("functions");
      for (FunctionHandle function : hearth.functions()) {
        write(json, function);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, FunctionHandle function) throws IOException {
    Row row;
    try {
      row = Row.of(function);
    } catch (IllegalStateException undeployed) {
      return; // it went while the list was made
    }
    json.writeStartObject();
    json.writeStringField("name", function.name());
    json.writeStringField("version", row.version);
    json.writeStringField("handler", row.handler);
    json.writeStringField("signature", row.signature);
    json.writeStringField("shape", row.shape);
    json.writeStringField("archive", row.archive);
    json.writeNumberField("instances", row.instances);
    json.writeNumberField("inFlight", row.inFlight);
    json.writeObjectFieldStart("limits");
    writeMillis(json, "queueMs", row.limits.queueNanos());
    writeMillis(json, "initMs", row.limits.initNanos());
    writeMillis(json, "runMs", row.limits.runNanos());
    json.writeNumberField("maxInstances", row.settings.max());
    json.writeNumberField("concurrency", row.concurrency);
    json.writeNumberField("queue", row.settings.queue());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeMillis(JsonGenerator json, String name, long nanos) throws IOException {
    if (nanos == Limits.NONE) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, nanos / 1_000_000);
    }
  }

  /** What is read of a function before any of it is written, because it may go at any time. */
  private record Row(
      String version,
      String handler,
      String signature,
      String shape,
      String archive,
      int instances,
      int inFlight,
      Limits limits,
      int concurrency,
      InstanceSettings settings) {

    static Row of(FunctionHandle function) {
      return new Row(
          function.version(),
          function.handler(),
          function.signature(),
          function.shape().name().toLowerCase(Locale.ROOT),
          function.archiveHash(),
          function.instances(),
          function.inFlight(),
          function.spec().limits(),
          function.concurrency(),
          function.spec().instances());
    }
  }
}
