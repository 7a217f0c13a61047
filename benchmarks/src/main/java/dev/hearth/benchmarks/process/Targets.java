package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/** What Hearth wants to be measured by, and what is to be said about what it misses. */
final class Targets {

  private static final String COLD_25 = "cold start, as shipped, 25";
  private static final String COLD_17 = "cold start, as shipped, 17";
  private static final String PLAIN = "cold start, no archive and no flags";
  private static final String TRAINED = "cold start, records by Jackson, trained cache";
  private static final String SPECIALISE =
      "`/v2/specialize` to first answer, generic warm container";
  private static final String LOADED = "specialise in a host that serves others";
  private static final String WARM = "throughput, 32 connections, default threads";
  private static final String LOOP = "throughput, 32 connections, `threads: event-loop`";
  private static final String LATENCY = "latency";
  private static final String INVOKE = "in-process `invoke` over the direct call, no limits";
  private static final String METERED = "in-process `invoke`, deadline, context, metrics, metering";
  private static final String MEMORY = "memory";

  private static final String LOOP_ROW = "hearth, event-loop";
  private static final String TUNED = "netty, tuned" + Archive.BEST;
  private static final String RATE = Warm.MANY.prefix() + " answers/s";

  private final List<Target> all = new ArrayList<>();

  private Targets() {
    cold();
    prepared();
    warm();
    inProcess();
    memory();
  }

  /** In the order of the report. */
  static List<Target> all() {
    return List.copyOf(new Targets().all);
  }

  /** Sentences by the id of a target, or by id and feature release as in {@code warm.17}; by {@code table.} and a name for tables. */
  static Properties remarks() throws IOException {
    Properties remarks = new Properties();
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(
                Targets.class.getResourceAsStream("remarks.properties"), "remarks.properties"),
            StandardCharsets.UTF_8)) {
      remarks.load(in);
    }
    return remarks;
  }

  private void cold() {
    cold("cold-25-netty", COLD_25, 25, TUNED, "tuned Netty", 1.15, false);
    cold(
        "cold-25-framework",
        COLD_25,
        25,
        Peers.FRAMEWORK + Archive.BEST,
        "functions-framework",
        0.65,
        false);
    cold(
        "cold-25-framework-plain",
        COLD_25,
        25,
        Peers.FRAMEWORK,
        "functions-framework as users run it",
        0.25,
        false);
    cold("cold-25-fn", COLD_25, 25, Peers.FN + Archive.BEST, "Fn", 1, false);
    cold("cold-25-lambda", COLD_25, 25, Peers.LAMBDA + Archive.BEST, "the Lambda client", 1, false);
    cold(
        "cold-25-fn-text",
        COLD_25,
        25,
        Peers.FN_TEXT + Archive.BEST,
        "Fn with a function of text",
        1,
        true);
    cold(
        "cold-25-lambda-stream",
        COLD_25,
        25,
        Peers.LAMBDA_STREAM + Archive.BEST,
        "the Lambda client with a handler of streams",
        1,
        true);
    cold("cold-25-jdk", COLD_25, 25, "JDK server" + Archive.BEST, "the JDK's server", 1.2, true);
    cold(
        "cold-25-openfaas",
        COLD_25,
        25,
        Peers.OPENFAAS + Archive.BEST,
        "OpenFaaS's entrypoint",
        1,
        true);
    cold("cold-17-netty", COLD_17, 17, TUNED, "tuned Netty", 1.15, false);
    cold(
        "cold-17-framework",
        COLD_17,
        17,
        Peers.FRAMEWORK + Archive.BEST,
        "functions-framework",
        0.5,
        false);
    cold(
        "cold-17-openfaas",
        COLD_17,
        17,
        Peers.OPENFAAS + Archive.BEST,
        "OpenFaaS's entrypoint",
        1,
        true);
    for (boolean stretch : new boolean[] {false, true}) {
      ratio(
          stretch ? "cold-plain-stretch" : "cold-plain",
          PLAIN,
          0,
          cell("cold", "hearth, java -jar", ColdStart.TIME),
          cell("cold", "netty, tuned", ColdStart.TIME),
          true,
          stretch ? 1 : 1.15,
          "tuned Netty without archive",
          stretch);
    }
  }

  private void cold(
      String id,
      String what,
      int feature,
      String peer,
      String name,
      double limit,
      boolean stretch) {
    ratio(
        id,
        what,
        feature,
        cell("cold", "hearth", ColdStart.TIME),
        cell("cold", peer, ColdStart.TIME),
        true,
        limit,
        name,
        stretch);
  }

  private void prepared() {
    Target.Place shipped = cell("functions", FunctionNames.RECORDS, ColdStart.TIME);
    Target.Place flat = cell("functions", FunctionNames.FLAT, ColdStart.TIME);
    String name = "the shipped archive's time";
    ratio(
        "trained",
        TRAINED,
        25,
        cell("functions", FunctionNames.TRAINED, ColdStart.TIME),
        shipped,
        true,
        0.8,
        name + ", isolated",
        false);
    ratio("flat", TRAINED, 25, flat, shipped, true, 0.6, name + ", flat", false);
    ratio("flat-stretch", TRAINED, 25, flat, shipped, true, 0.5, name + ", flat", true);
    Target.Place specialise = cell("specialise", "hearth, generic", Specialise.TIME);
    ratio(
        "specialise",
        SPECIALISE,
        17,
        specialise,
        cell("specialise", OpenWhisk.NAME + Archive.BEST, Specialise.TIME),
        true,
        0.2,
        "OpenWhisk's `/init` and `/run`",
        false);
    value("specialise-stretch", SPECIALISE, specialise, 15, " ms", true);
    Target.Place loaded = cell(Suites.TABLE, "SpecialiseBenchmark.hearth", Suites.TIME);
    Target.Place byHand = cell(Suites.TABLE, "SpecialiseBenchmark.urlClassLoader", Suites.TIME);
    ratio("loaded", LOADED, 0, loaded, byHand, true, 5, "a `URLClassLoader` by hand", false);
    ratio("loaded-stretch", LOADED, 0, loaded, byHand, true, 2, "a `URLClassLoader` by hand", true);
  }

  private void warm() {
    rate("warm", WARM, "hearth", "netty", "bare Netty", 0.7, false);
    rate("warm-framework", WARM, "hearth", Peers.FRAMEWORK, "functions-framework", 1.4, false);
    rate("warm-stretch", WARM, "hearth", "netty", "bare Netty", 0.85, true);
    rate("loop", LOOP, LOOP_ROW, "netty", "bare Netty", 0.9, false);
    rate("loop-framework", LOOP, LOOP_ROW, Peers.FRAMEWORK, "functions-framework", 1.8, false);
    rate("loop-stretch", LOOP, LOOP_ROW, "netty", "bare Netty (NIO)", 1, true);
    for (String transport : List.of("Epoll", "IoUring")) {
      ratio(
          "loop-" + transport.toLowerCase(Locale.ROOT) + "-stretch",
          LOOP,
          0,
          cell("warm-transports", LOOP_ROW, RATE),
          cell("warm-transports", "netty, " + transport, RATE),
          false,
          1,
          "bare Netty (" + transport + ")",
          true);
    }
    for (String row : List.of("hearth", LOOP_ROW)) {
      String threads = row.equals("hearth") ? "" : "-loop";
      String shown = row.equals("hearth") ? ", default threads" : ", `threads: event-loop`";
      latency(
          "p99" + threads,
          LATENCY + shown,
          row,
          Warm.column(Warm.MANY, 0.99),
          "bare Netty's p99, 32 connections",
          1.3,
          false);
      latency(
          "p50" + threads,
          LATENCY + shown,
          row,
          Warm.column(Warm.PINNED, 0.5),
          "bare Netty's p50, 1 connection, pinned",
          1.15,
          false);
      latency(
          "p99" + threads + "-stretch",
          LATENCY + shown,
          row,
          Warm.column(Warm.MANY, 0.99),
          "bare Netty's p99, 32 connections",
          1,
          true);
      latency(
          "p50" + threads + "-stretch",
          LATENCY + shown,
          row,
          Warm.column(Warm.PINNED, 0.5),
          "bare Netty's p50, 1 connection, pinned",
          1,
          true);
    }
  }

  private void rate(
      String id, String what, String row, String base, String name, double limit, boolean stretch) {
    ratio(
        id,
        what,
        0,
        cell("warm", row, RATE),
        cell("warm", base, RATE),
        false,
        limit,
        name,
        stretch);
  }

  private void latency(
      String id,
      String what,
      String row,
      String column,
      String name,
      double limit,
      boolean stretch) {
    ratio(
        id,
        what,
        0,
        cell("warm", row, column),
        cell("warm", "netty", column),
        true,
        limit,
        name,
        stretch);
  }

  private void inProcess() {
    String invoke = "InvokeBenchmark.invoke";
    for (boolean stretch : new boolean[] {false, true}) {
      String suffix = stretch ? "-stretch" : "";
      all.add(
          new Target(
              "invoke" + suffix,
              INVOKE,
              0,
              Target.Kind.DIFFERENCE,
              cell(Suites.TABLE, invoke, Suites.TIME),
              cell(Suites.TABLE, "InvokeBenchmark.direct", Suites.TIME),
              true,
              stretch ? 5 : 10,
              " ns",
              stretch));
      value(
          "invoke-memory" + suffix,
          INVOKE,
          cell(Suites.TABLE, invoke, Suites.MEMORY),
          stretch ? 0.5 : 24,
          " B",
          stretch);
    }
    Target.Place time = cell(Suites.TABLE, Suites.METERED, Suites.TIME);
    value("metered", METERED, time, 400, " ns", false);
    value(
        "metered-memory",
        METERED,
        cell(Suites.TABLE, Suites.METERED, Suites.MEMORY),
        200,
        " B",
        false);
    value("metered-stretch", METERED, time, 250, " ns", true);
  }

  private void memory() {
    ratio(
        "memory",
        MEMORY,
        0,
        cell("cold", "hearth", ColdStart.MEMORY),
        cell("cold", TUNED, ColdStart.MEMORY),
        true,
        1.1,
        "tuned Netty, RSS at first answer",
        false);
    value(
        "memory-function",
        MEMORY,
        cell("growth-functions", "1000", Growth.RETAINED),
        20,
        " KB retained by each further tiny function",
        false);
    value(
        "memory-stretch",
        MEMORY,
        cell("growth-functions", "1000", ColdStart.MEMORY),
        160,
        " MiB RSS with 1,000 functions, `-Xmx96m`",
        true);
  }

  private static Target.Place cell(String table, String row, String column) {
    return new Target.Place(table, row, column);
  }

  private void value(
      String id, String what, Target.Place place, double limit, String unit, boolean stretch) {
    all.add(new Target(id, what, 0, Target.Kind.VALUE, place, null, true, limit, unit, stretch));
  }

  private void ratio(
      String id,
      String what,
      int feature,
      Target.Place of,
      Target.Place to,
      boolean atMost,
      double limit,
      String name,
      boolean stretch) {
    all.add(new Target(id, what, feature, Target.Kind.RATIO, of, to, atMost, limit, name, stretch));
  }
}
