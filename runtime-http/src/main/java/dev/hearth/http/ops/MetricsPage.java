package dev.hearth.http.ops;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.metrics.PrometheusText;
import dev.hearth.http.metrics.PrometheusText.Kind;
import dev.hearth.instance.spi.Gauge;
import dev.hearth.invoke.Durations;
import dev.hearth.invoke.FunctionMeter;
import dev.hearth.loader.UnloadWatch;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * {@code /metrics}: what has become of calls, what they used, what the host and its JVM have, as Prometheus reads it.
 *
 * <p>Names of functions' families follow OpenTelemetry's ("Semantic conventions for FaaS metrics": {@code faas.invocations}, {@code faas.errors},
 * {@code faas.timeouts}, {@code faas.coldstarts}, {@code faas.invoke_duration}, {@code faas.init_duration}) in the form Prometheus gives them;
 * those of the JVM are Micrometer's.
 */
final class MetricsPage {

  private static final double NANOS = 1e9;

  private final Hearth hearth;
  private final PrometheusText text = new PrometheusText();
  private final Map<String, FunctionHandle> functions = new TreeMap<>();
  private final Map<String, FunctionMeter> meters = new TreeMap<>();

  private MetricsPage(Hearth hearth) {
    this.hearth = hearth;
  }

  /** The page as it is now. */
  static Answer of(Hearth hearth) {
    MetricsPage page = new MetricsPage(hearth);
    page.write();
    return Answer.bytes(200, page.text.bytes()).header("Content-Type", PrometheusText.CONTENT_TYPE);
  }

  private void write() {
    for (FunctionHandle function : hearth.functions()) {
      try {
        meters.put(function.name(), function.meter());
        functions.put(function.name(), function);
      } catch (IllegalStateException e) {
        // undeployed just now
      }
    }
    calls();
    durations();
    use();
    versions();
    resources();
    Jvm.write(text);
  }

  private void calls() {
    text.family("faas_invocations_total", "Calls that ended, by how.", Kind.COUNTER);
    meters.forEach(
        (name, meter) -> {
          for (FunctionMeter.End end : FunctionMeter.End.values()) {
            text.sample("", meter.count(end), "function", name, "outcome", word(end));
          }
        });
    each(
        "faas_errors_total",
        "Calls whose function threw, could not be constructed, or used more than it may.",
        meter -> meter.count(FunctionMeter.End.FAILED) + meter.count(FunctionMeter.End.LIMITED));
    each(
        "faas_timeouts_total",
        "Calls whose time was up.",
        meter -> meter.count(FunctionMeter.End.TIMED_OUT));
    each("faas_coldstarts_total", "Calls that found no warm instance.", FunctionMeter::coldStarts);
  }

  private static String word(FunctionMeter.End end) {
    return end.name().toLowerCase(Locale.ROOT);
  }

  private void each(String name, String help, ToDoubleFunction<FunctionMeter> value) {
    text.family(name, help, Kind.COUNTER);
    meters.forEach(
        (function, meter) -> text.sample("", value.applyAsDouble(meter), "function", function));
  }

  private void durations() {
    text.family("faas_invoke_duration_seconds", "How long calls ran.", Kind.HISTOGRAM);
    meters.forEach((name, meter) -> durations(name, meter.run()));
    text.family(
        "faas_init_duration_seconds",
        "How long calls waited for an instance to be constructed, of those that did.",
        Kind.HISTOGRAM);
    meters.forEach((name, meter) -> durations(name, meter.init()));
    text.family(
        "faas_queue_duration_seconds",
        "How long calls waited for a thread and an instance.",
        Kind.HISTOGRAM);
    meters.forEach((name, meter) -> durations(name, meter.queue()));
  }

  private void durations(String function, Durations durations) {
    long[] bounds = Durations.bounds();
    long[] counts = durations.counts();
    long within = 0;
    for (int i = 0; i < counts.length; i++) {
      within += counts[i];
      String bound = i < bounds.length ? Double.toString(bounds[i] / NANOS) : "+Inf";
      text.sample("_bucket", within, "function", function, "le", bound);
    }
    text.sample("_sum", durations.nanos() / NANOS, "function", function);
    text.sample("_count", within, "function", function);
  }

  private void use() {
    each(
        "faas_cpu_usage_seconds_total",
        "Processor time of those calls of which it was measured.",
        meter -> meter.cpuNanos() / NANOS);
    each(
        "faas_allocated_bytes_total",
        "What those calls allocated of which it was measured.",
        FunctionMeter::allocatedBytes);
    each(
        "faas_billed_gb_seconds_total",
        "Memory times billed duration of functions that have a memory set.",
        FunctionMeter::gbSeconds);
  }

  private void versions() {
    gauge("hearth_calls_in_flight", "Calls admitted and not yet left.", FunctionHandle::inFlight);
    gauge("hearth_instances", "Instances made and not closed.", FunctionHandle::instances);
    gauge(
        "hearth_function_parked",
        "1 while a function gets no calls because it kept failing.",
        function -> function.isParked() ? 1 : 0);
    text.family(
        "hearth_versions_retired",
        "Replaced versions whose class loader is still in memory; held by something, or waiting for a collection.",
        Kind.GAUGE);
    Map<String, long[]> retired = new TreeMap<>();
    for (UnloadWatch.Pending each : hearth.retired()) {
      retired.computeIfAbsent(each.function(), name -> new long[2])[each.held() ? 1 : 0]++;
    }
    retired.forEach(
        (name, counts) -> {
          text.sample("", counts[0], "function", name, "state", "waiting");
          text.sample("", counts[1], "function", name, "state", "held");
        });
    text.family(
            "hearth_versions_unloaded_total",
            "Replaced versions whose class loader was collected.",
            Kind.COUNTER)
        .sample("", hearth.unloaded());
    text.family(
            "hearth_threads_quarantined",
            "Threads given up because their function does not stop.",
            Kind.GAUGE)
        .sample("", hearth.quarantined().size());
  }

  private void resources() {
    String family = "";
    for (Gauge gauge : hearth.gauges()) {
      if (!gauge.name().equals(family)) {
        family = gauge.name();
        text.family(family, gauge.help(), gauge.counter() ? Kind.COUNTER : Kind.GAUGE);
      }
      text.sample("", gauge.value(), gauge.labels());
    }
  }

  private void gauge(String name, String help, ToDoubleFunction<FunctionHandle> value) {
    text.family(name, help, Kind.GAUGE);
    functions.forEach(
        (function, handle) -> {
          try {
            text.sample("", value.applyAsDouble(handle), "function", function);
          } catch (IllegalStateException e) {
            // undeployed just now
          }
        });
  }

  /** The process; loaded with the first look at the page. */
  private static final class Jvm {

    private Jvm() {}

    static void write(PrometheusText text) {
      double begun = ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0;
      text.family("process_start_time_seconds", "When the process began, in Unix time.", Kind.GAUGE)
          .sample("", begun);
      memory(text);
      collections(text);
      threads(text);
      ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
      text.family("jvm_classes_loaded_classes", "Classes loaded now.", Kind.GAUGE)
          .sample("", classes.getLoadedClassCount());
      text.family("jvm_classes_unloaded_classes_total", "Classes unloaded so far.", Kind.COUNTER)
          .sample("", classes.getUnloadedClassCount());
    }

    private static void memory(PrometheusText text) {
      text.family("jvm_memory_used_bytes", "Memory used.", Kind.GAUGE);
      Collection<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
      for (MemoryPoolMXBean pool : pools) {
        text.sample("", pool.getUsage().getUsed(), labels(pool));
      }
      text.family("jvm_memory_committed_bytes", "Memory committed.", Kind.GAUGE);
      for (MemoryPoolMXBean pool : pools) {
        text.sample("", pool.getUsage().getCommitted(), labels(pool));
      }
      text.family(
          "jvm_buffer_memory_used_bytes", "Memory of buffers outside the heap.", Kind.GAUGE);
      for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
        text.sample("", pool.getMemoryUsed(), "id", pool.getName());
      }
    }

    private static List<String> labels(MemoryPoolMXBean pool) {
      String area = pool.getType() == java.lang.management.MemoryType.HEAP ? "heap" : "nonheap";
      return new ArrayList<>(List.of("area", area, "id", pool.getName()));
    }

    private static void collections(PrometheusText text) {
      text.family("jvm_gc_collections_total", "Collections of garbage.", Kind.COUNTER);
      Collection<GarbageCollectorMXBean> collectors =
          ManagementFactory.getGarbageCollectorMXBeans();
      for (GarbageCollectorMXBean each : collectors) {
        text.sample("", each.getCollectionCount(), "gc", each.getName());
      }
      text.family("jvm_gc_collection_seconds_total", "Time of collections.", Kind.COUNTER);
      for (GarbageCollectorMXBean each : collectors) {
        text.sample("", each.getCollectionTime() / 1000.0, "gc", each.getName());
      }
    }

    private static void threads(PrometheusText text) {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      text.family("jvm_threads_live_threads", "Platform threads.", Kind.GAUGE)
          .sample("", threads.getThreadCount());
      text.family("jvm_threads_peak_threads", "The most platform threads there were.", Kind.GAUGE)
          .sample("", threads.getPeakThreadCount());
    }
  }
}
