package dev.hearth.http.contract.emulator;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.invoke.Timings;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The platform's own lines in a function's log, as the runtime interface emulator writes them, or as JSON objects.
 *
 * <p>Source: AWS Lambda, developer guide, <i>Telemetry API event schema reference</i>.
 *
 * @param json whether they are objects
 * @param megabytes the function's memory
 */
record PlatformLines(boolean json, int megabytes) {

  String start(String id, String version) {
    if (!json) {
      return "START RequestId: " + id + " Version: " + version;
    }
    Map<String, @Nullable Object> record = record(id);
    record.put("version", version);
    return object("platform.start", record);
  }

  /** What a call that ran too long leaves. */
  String timeout(String id, String message) {
    return Instant.now() + " " + id + " " + message;
  }

  String end(String id, String status) {
    if (!json) {
      return "END RequestId: " + id;
    }
    Map<String, @Nullable Object> record = record(id);
    record.put("status", status);
    return object("platform.runtimeDone", record);
  }

  /**
   * The last line.
   *
   * @param initNanos how long the start took; 0 when it is told already
   * @param mostNanos what the duration is cut to
   */
  String report(String id, Timings timings, long initNanos, long mostNanos, String status) {
    double run = millis(Math.min(timings.runNanos(), mostNanos));
    long billed = (long) Math.ceil(run);
    double init = millis(initNanos);
    if (!json) {
      return "REPORT RequestId: "
          + id
          + "\t"
          + (initNanos > 0 ? "Init Duration: " + text(init) + " ms\t" : "")
          + ("Duration: " + text(run) + " ms\t")
          + ("Billed Duration: " + billed + " ms\t")
          + ("Memory Size: " + megabytes + " MB\t")
          + ("Max Memory Used: " + megabytes + " MB\t");
    }
    Map<String, @Nullable Object> metrics = new LinkedHashMap<>();
    metrics.put("durationMs", run);
    metrics.put("billedDurationMs", billed);
    metrics.put("memorySizeMB", megabytes);
    metrics.put("maxMemoryUsedMB", megabytes);
    if (initNanos > 0) {
      metrics.put("initDurationMs", init);
    }
    Map<String, @Nullable Object> record = record(id);
    record.put("metrics", metrics);
    record.put("status", status);
    return object("platform.report", record);
  }

  private static Map<String, @Nullable Object> record(String id) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put("requestId", id);
    return record;
  }

  private static String object(String type, Map<String, @Nullable Object> record) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("time", Instant.now().toString());
    object.put("type", type);
    object.put("record", record);
    return JsonText.print(object);
  }

  /** Whole hundredths. */
  private static double millis(long nanos) {
    return Math.round(nanos / 10_000.0) / 100.0;
  }

  private static String text(double hundredths) {
    return seconds(Math.round(hundredths * 100));
  }

  /** Hundredths as a number with two decimals. */
  static String seconds(long hundredths) {
    long rest = hundredths % 100;
    return hundredths / 100 + "." + (rest < 10 ? "0" : "") + rest;
  }
}
