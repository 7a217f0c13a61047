package dev.hearth.cli.config;

import dev.hearth.FunctionSpec;
import dev.hearth.guard.Guarding;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.instance.spi.Caching;
import dev.hearth.invoke.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code functions}. What the file leaves out is null, so that it can be told from a value
 * that equals Hearth's default.
 *
 * @param name what it is invoked by
 * @param archive resolved against the file's directory
 * @param handler null to let the archive tell
 * @param instances how many, and how many calls at once
 * @param timeout how long each phase of a call may take
 * @param threads which threads run it
 * @param env the function's variables, in the order of the file
 * @param properties settings of the function's that are no variables
 * @param secrets names, and the files that hold them, resolved against the settings file's directory
 * @param pools names of the pools it may borrow from
 * @param behind archives whose classes stand behind those of the first
 * @param guard which classes get polls
 * @param limits what a call may use, and what is measured of it
 * @param warm calls before it gets traffic
 * @param cache how its answers are kept
 */
public record FunctionSettings(
    String name,
    Path archive,
    @Nullable String handler,
    Instances instances,
    Timeout timeout,
    @Nullable Threads threads,
    Map<String, String> env,
    Map<String, String> properties,
    Map<String, Path> secrets,
    List<String> pools,
    List<Path> behind,
    @Nullable Guarding guard,
    CallLimits limits,
    @Nullable Warming warm,
    @Nullable Caching cache) {

  public FunctionSettings {
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    secrets = Collections.unmodifiableMap(new LinkedHashMap<>(secrets));
    pools = List.copyOf(pools);
    behind = List.copyOf(behind);
  }

  /** A function in one archive. */
  public FunctionSettings(
      String name,
      Path archive,
      @Nullable String handler,
      Instances instances,
      Timeout timeout,
      @Nullable Threads threads,
      Map<String, String> env,
      Map<String, String> properties,
      Map<String, Path> secrets,
      List<String> pools) {
    this(
        name,
        archive,
        handler,
        instances,
        timeout,
        threads,
        env,
        properties,
        secrets,
        pools,
        List.of(),
        null,
        CallLimits.UNSET,
        null,
        null);
  }

  /** A function of which only the archive and perhaps the handler are given. */
  public static FunctionSettings of(String name, Path archive, @Nullable String handler) {
    return new FunctionSettings(
        name,
        archive,
        handler,
        Instances.UNSET,
        Timeout.UNSET,
        null,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of());
  }

  /** The same, from another archive. */
  public FunctionSettings withArchive(Path other) {
    return new FunctionSettings(
        name,
        other,
        handler,
        instances,
        timeout,
        threads,
        env,
        properties,
        secrets,
        pools,
        behind,
        guard,
        limits,
        warm,
        cache);
  }

  /** The same, with another handler. */
  public FunctionSettings withHandler(String other) {
    return new FunctionSettings(
        name,
        archive,
        other,
        instances,
        timeout,
        threads,
        env,
        properties,
        secrets,
        pools,
        behind,
        guard,
        limits,
        warm,
        cache);
  }

  /** The same, with other instances. */
  public FunctionSettings withInstances(Instances other) {
    return new FunctionSettings(
        name,
        archive,
        handler,
        other,
        timeout,
        threads,
        env,
        properties,
        secrets,
        pools,
        behind,
        guard,
        limits,
        warm,
        cache);
  }

  /** The same, with other limits of time. */
  public FunctionSettings withTimeout(Timeout other) {
    return new FunctionSettings(
        name,
        archive,
        handler,
        instances,
        other,
        threads,
        env,
        properties,
        secrets,
        pools,
        behind,
        guard,
        limits,
        warm,
        cache);
  }

  /** The same, with other variables. */
  public FunctionSettings withEnv(Map<String, String> other) {
    return new FunctionSettings(
        name,
        archive,
        handler,
        instances,
        timeout,
        threads,
        other,
        properties,
        secrets,
        pools,
        behind,
        guard,
        limits,
        warm,
        cache);
  }

  /** The same, with other archives behind the first. */
  public FunctionSettings withBehind(List<Path> others) {
    return new FunctionSettings(
        name,
        archive,
        handler,
        instances,
        timeout,
        threads,
        env,
        properties,
        secrets,
        pools,
        others,
        guard,
        limits,
        warm,
        cache);
  }

  /** The same, with other classes that get polls. */
  public FunctionSettings withGuard(@Nullable Guarding classes) {
    return new FunctionSettings(
        name,
        archive,
        handler,
        instances,
        timeout,
        threads,
        env,
        properties,
        secrets,
        pools,
        behind,
        classes,
        limits,
        warm,
        cache);
  }

  /** The same, with other limits of what a call may use, and other calls before it gets traffic. */
  public FunctionSettings withLimits(CallLimits others, @Nullable Warming before) {
    return new FunctionSettings(
        name,
        archive,
        handler,
        instances,
        timeout,
        threads,
        env,
        properties,
        secrets,
        pools,
        behind,
        guard,
        others,
        before,
        cache);
  }

  /** The same, with other ways to keep its answers. */
  public FunctionSettings withCache(@Nullable Caching other) {
    return new FunctionSettings(
        name,
        archive,
        handler,
        instances,
        timeout,
        threads,
        env,
        properties,
        secrets,
        pools,
        behind,
        guard,
        limits,
        warm,
        other);
  }

  /** What these settings are called by: equal for equal ones, wherever the archive is. 16 hexadecimal digits. */
  public String revision() {
    return new Revision(this).get();
  }

  /** What to deploy. */
  public FunctionSpec toSpec() {
    FunctionSpec.Builder spec =
        FunctionSpec.builder(archive)
            .behind(behind)
            .handler(handler)
            .instances(instances.withDefaults())
            .env(env)
            .properties(properties)
            .resources(pools.toArray(new String[0]))
            .revision(new Revision(this));
    secrets.forEach(spec::secret);
    if (threads != null) {
      spec.threads(threads);
    }
    if (guard != null) {
      spec.guarding(guard);
    }
    limits.apply(spec);
    spec.caching(cache);
    if (warm != null) {
      spec.priming(warm.priming());
    }
    if (timeout.queue() != null) {
      spec.queueTimeout(timeout.queue());
    }
    if (timeout.init() != null) {
      spec.initTimeout(timeout.init());
    }
    if (timeout.run() != null) {
      spec.runTimeout(timeout.run());
    }
    return spec.build();
  }

  /**
   * What the file says under {@code instances}; null where it says nothing.
   *
   * @param min made when the function is deployed
   * @param max the most
   * @param concurrency calls that one runs at once
   * @param queue calls that may wait for one
   * @param idle how long one beyond min may be idle
   */
  public record Instances(
      @Nullable Integer min,
      @Nullable Integer max,
      @Nullable Integer concurrency,
      @Nullable Integer queue,
      @Nullable Duration idle) {

    /** Nothing is said. */
    public static final Instances UNSET = new Instances(null, null, null, null, null);

    /** The least, by default one, or fewer where the most is set to fewer. */
    public int least() {
      int fallback = InstanceSettings.DEFAULT.min();
      return min != null ? min : max != null ? Math.min(fallback, max) : fallback;
    }

    /** The most, by default as many as the least and at least one. */
    public int most() {
      return max != null ? max : Math.max(InstanceSettings.DEFAULT.max(), least());
    }

    /** The same, with another concurrency. */
    public Instances withConcurrency(int calls) {
      return new Instances(min, max, calls, queue, idle);
    }

    InstanceSettings withDefaults() {
      InstanceSettings fallback = InstanceSettings.DEFAULT;
      return new InstanceSettings(
          least(),
          most(),
          concurrency == null ? fallback.concurrency() : concurrency,
          queue == null ? fallback.queue() : queue,
          idle == null ? fallback.idleNanos() : idle.toNanos());
    }
  }

  /**
   * What the file says under {@code timeout}; null where it says nothing.
   *
   * @param queue waiting for a thread and an instance
   * @param init constructing and initialising an instance
   * @param run running the function
   */
  public record Timeout(@Nullable Duration queue, @Nullable Duration init, @Nullable Duration run) {

    /** Nothing is said. */
    public static final Timeout UNSET = new Timeout(null, null, null);

    /** The same, with another limit for starting. */
    public Timeout withInit(Duration limit) {
      return new Timeout(queue, limit, run);
    }

    /** The same, with another limit for running. */
    public Timeout withRun(Duration limit) {
      return new Timeout(queue, init, limit);
    }
  }
}
