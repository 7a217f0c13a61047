package dev.hearth.http.ops;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.invoke.FunctionMeter;
import dev.hearth.invoke.Limits;
import dev.hearth.loader.UnloadWatch;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The deployed functions as JSON. */
final class FunctionsJson {

  private FunctionsJson() {}

  /** An object with two arrays: {@code functions} by name, and {@code retired} versions that are not collected. */
  static String of(Hearth hearth) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("functions");
      for (FunctionHandle function : hearth.functions()) {
        write(json, function);
      }
      json.writeEndArray();
      writeRetired(json, hearth, null);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.append('\n').toString();
  }

  /**
   * One function with what was before it and what it is given, secrets and variables masked; empty if it is gone.
   *
   * @param change what has just become of it; null for nothing
   */
  static String of(Hearth hearth, FunctionHandle function, Deployments.@Nullable Change change) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      Row row = Row.of(function);
      json.writeStartObject();
      write(json, function, row);
      if (change != null) {
        json.writeStringField("change", change.name().toLowerCase(Locale.ROOT));
      }
      writeDetails(json, hearth, function);
      json.writeEndObject();
    } catch (IllegalStateException undeployed) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.append('\n').toString();
  }

  private static void writeDetails(JsonGenerator json, Hearth hearth, FunctionHandle function)
      throws IOException {
    FunctionSpec spec = function.spec();
    json.writeStringField("threads", spec.threads().name().toLowerCase(Locale.ROOT));
    writeMasked(json, "env", spec.env().keySet());
    writeMasked(json, "properties", spec.properties().keySet());
    writeMasked(json, "secrets", spec.secrets().keySet());
    json.writeArrayFieldStart("pools");
    for (String pool : new TreeSet<>(spec.resources())) {
      json.writeString(pool);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("past");
    for (FunctionHandle.Past past : function.past()) {
      json.writeStartObject();
      json.writeStringField("version", past.version());
      json.writeStringField("archive", past.archive());
      json.writeBooleanField("warm", past.warm());
      json.writeEndObject();
    }
    json.writeEndArray();
    writeRetired(json, hearth, function.name());
  }

  private static void writeMasked(JsonGenerator json, String name, Collection<String> keys)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (String key : new TreeSet<>(keys)) {
      json.writeStringField(key, "***");
    }
    json.writeEndObject();
  }

  private static void writeRetired(JsonGenerator json, Hearth hearth, @Nullable String name)
      throws IOException {
    json.writeArrayFieldStart("retired");
    for (UnloadWatch.Pending pending : hearth.retired()) {
      if (name == null || pending.function().equals(name)) {
        json.writeStartObject();
        if (name == null) {
          json.writeStringField("function", pending.function());
        }
        json.writeStringField("version", pending.version());
        json.writeNumberField("ageMs", pending.age().toMillis());
        json.writeBooleanField("held", pending.held());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, FunctionHandle function) throws IOException {
    Row row;
    try {
      row = Row.of(function);
    } catch (IllegalStateException undeployed) {
      return; // it went while the list was made
    }
    json.writeStartObject();
    write(json, function, row);
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, FunctionHandle function, Row row)
      throws IOException {
    json.writeStringField("name", function.name());
    json.writeStringField("version", row.version);
    json.writeStringField("handler", row.handler);
    json.writeStringField("signature", row.signature);
    json.writeStringField("shape", row.shape);
    json.writeStringField("archive", row.archive);
    json.writeNumberField("instances", row.instances);
    json.writeNumberField("inFlight", row.inFlight);
    json.writeBooleanField("parked", row.parked);
    writeCalls(json, row.meter);
    json.writeObjectFieldStart("limits");
    writeMillis(json, "queueMs", row.limits.queueNanos());
    writeMillis(json, "initMs", row.limits.initNanos());
    writeMillis(json, "runMs", row.limits.runNanos());
    json.writeNumberField("maxInstances", row.settings.max());
    json.writeNumberField("concurrency", row.concurrency);
    json.writeNumberField("queue", row.settings.queue());
    json.writeEndObject();
    if (row.revision != null) {
      json.writeStringField("revision", row.revision);
    }
  }

  private static void writeCalls(JsonGenerator json, FunctionMeter meter) throws IOException {
    json.writeObjectFieldStart("calls");
    for (FunctionMeter.End end : FunctionMeter.End.values()) {
      json.writeNumberField(camel(end), meter.count(end));
    }
    json.writeNumberField("coldStarts", meter.coldStarts());
    json.writeNumberField("cpuMs", meter.cpuNanos() / 1_000_000);
    json.writeNumberField("allocatedBytes", meter.allocatedBytes());
    json.writeNumberField("gbSeconds", meter.gbSeconds());
    long last = meter.lastNanos();
    if (last == 0) {
      json.writeNullField("lastMsAgo");
    } else {
      json.writeNumberField("lastMsAgo", (System.nanoTime() - last) / 1_000_000);
    }
    json.writeEndObject();
  }

  private static String camel(FunctionMeter.End end) {
    return end == FunctionMeter.End.TIMED_OUT ? "timedOut" : end.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What holds the newest retired version of a function that is held.
   *
   * @param path as {@link Hearth#holder} gives it
   */
  static String ofHolder(String name, String version, List<String> path) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("name", name);
      json.writeStringField("version", version);
      json.writeArrayFieldStart("holder");
      for (String step : path) {
        json.writeString(step);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.append('\n').toString();
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
      boolean parked,
      Limits limits,
      int concurrency,
      InstanceSettings settings,
      @Nullable String revision,
      FunctionMeter meter) {

    static Row of(FunctionHandle function) {
      return new Row(
          function.version(),
          function.handler(),
          function.signature(),
          function.shape().name().toLowerCase(Locale.ROOT),
          function.archiveHash(),
          function.instances(),
          function.inFlight(),
          function.isParked(),
          function.spec().limits(),
          function.concurrency(),
          function.spec().instances(),
          function.spec().revision(),
          function.meter());
    }
  }
}
