package dev.hearth;

import static java.util.Objects.requireNonNull;

import dev.hearth.guard.Guarding;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.instance.spi.Caching;
import dev.hearth.invoke.BreakerSettings;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.Metering;
import dev.hearth.invoke.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What to deploy and how to run it. Immutable. */
public final class FunctionSpec {

  private final Path archive;
  private final List<Path> behind;
  private final @Nullable String handler;
  private final InstanceSettings instances;
  private final @Nullable Duration queueTimeout;
  private final @Nullable Duration initTimeout;
  private final @Nullable Duration runTimeout;
  private final Threads threads;
  private final Guarding guarding;
  private final Metering metering;
  private final @Nullable BreakerSettings breaker;
  private final long bodyBytes;
  private final @Nullable Priming priming;
  private final @Nullable Caching caching;
  private final long warmStoreBytes;
  private final Map<String, String> env;
  private final Map<String, String> properties;
  private final Map<String, Path> secrets;
  private final @Nullable Map<String, String> systemVariables;
  private final Set<String> resources;
  private final @Nullable Supplier<String> revision;

  private FunctionSpec(Builder from) {
    archive = from.archive;
    behind = List.copyOf(from.behind);
    handler = from.handler;
    instances = from.instances;
    queueTimeout = from.queueTimeout;
    initTimeout = from.initTimeout;
    runTimeout = from.runTimeout;
    threads = from.threads;
    guarding = from.guarding;
    metering = from.metering;
    breaker = from.breaker;
    bodyBytes = from.bodyBytes;
    priming = from.priming;
    caching = from.caching;
    warmStoreBytes = from.warmStoreBytes;
    env = Map.copyOf(from.env);
    properties = Map.copyOf(from.properties);
    secrets = Map.copyOf(from.secrets);
    systemVariables = from.systemVariables;
    resources = Set.copyOf(from.resources);
    revision = from.revision;
  }

  /** A spec with the defaults, for an archive that says itself what its handler is. */
  public static FunctionSpec of(Path archive) {
    return builder(archive).build();
  }

  /** A builder with the defaults. */
  public static Builder builder(Path archive) {
    return new Builder(archive);
  }

  /** The archive: a jar, a zip or a directory. */
  public Path archive() {
    return archive;
  }

  /** Archives whose classes stand behind those of {@link #archive}, in order. */
  public List<Path> behind() {
    return behind;
  }

  /** The handler, or null when the archive is to tell. */
  public @Nullable String handler() {
    return handler;
  }

  /** How many instances, and how many calls at once. */
  public InstanceSettings instances() {
    return instances;
  }

  /** How long each phase of a call may take. */
  public Limits limits() {
    return Limits.of(queueTimeout, initTimeout, runTimeout);
  }

  /** Which threads run it. */
  public Threads threads() {
    return threads == Threads.AUTO && metering.isLimited() ? Threads.PLATFORM : threads;
  }

  /** What is measured of its calls, and how much one may use. */
  public Metering metering() {
    return metering;
  }

  /** When it gets no more calls for a while because it keeps failing; null for never. */
  public @Nullable BreakerSettings breaker() {
    return breaker;
  }

  /** Which classes get polls, so that their code can be stopped; never {@link Guarding#AUTO}. */
  public Guarding guarding() {
    if (guarding != Guarding.AUTO) {
      return guarding;
    }
    return runTimeout == null && !metering.isLimited() ? Guarding.OFF : Guarding.OWN;
  }

  /** The most the body of a request for it may have; {@link Limits#NONE} for what the server allows. */
  public long bodyBytes() {
    return bodyBytes;
  }

  /** The calls it is given before it gets traffic; null for none. */
  public @Nullable Priming priming() {
    return priming;
  }

  /** How its answers are kept; null if they are not. */
  public @Nullable Caching caching() {
    return caching;
  }

  /** The room for what the host keeps for the function beyond the life of a version, in bytes; zero for none. */
  public long warmStoreBytes() {
    return warmStoreBytes;
  }

  /** The function's variables. */
  public Map<String, String> env() {
    return env;
  }

  /** The function's properties. */
  public Map<String, String> properties() {
    return properties;
  }

  /** The function's secrets: names, and the files that hold them. */
  public Map<String, Path> secrets() {
    return secrets;
  }

  /**
   * What {@link System#getenv} gives the function's code, when that is not the process's own environment.
   *
   * @return null for the process's own
   */
  public @Nullable Map<String, String> systemVariables() {
    if (systemVariables != null || env.isEmpty()) {
      return systemVariables;
    }
    Map<String, String> all = new HashMap<>(System.getenv());
    all.putAll(env);
    return all;
  }

  /** Names of the host's resources that the function may borrow. */
  public Set<String> resources() {
    return resources;
  }

  /** What whoever deploys it calls these settings; null if that was not told. */
  public @Nullable String revision() {
    return revision == null ? null : revision.get();
  }

  @Override
  public String toString() {
    return "FunctionSpec[" + archive + (handler == null ? "" : ", " + handler) + "]";
  }

  /** Builds a {@link FunctionSpec}. Not thread-safe. */
  public static final class Builder {
    private final Path archive;
    private final List<Path> behind = new ArrayList<>();
    private @Nullable String handler;
    private InstanceSettings instances = InstanceSettings.DEFAULT;
    private @Nullable Duration queueTimeout = Duration.ofSeconds(10);
    private @Nullable Duration initTimeout = Duration.ofSeconds(30);
    private @Nullable Duration runTimeout;
    private Threads threads = Threads.AUTO;
    private @Nullable Supplier<String> revision;
    private Guarding guarding = Guarding.AUTO;
    private Metering metering = Metering.DEFAULT;
    private @Nullable BreakerSettings breaker;
    private long bodyBytes = Limits.NONE;
    private @Nullable Priming priming;
    private @Nullable Caching caching;
    private long warmStoreBytes;
    private final Map<String, String> env = new LinkedHashMap<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, Path> secrets = new LinkedHashMap<>();
    private @Nullable Map<String, String> systemVariables;
    private final Set<String> resources = new LinkedHashSet<>();

    private Builder(Path archive) {
      this.archive = requireNonNull(archive, "archive");
    }

    /**
     * More archives of the function, for classes and resources that those before have not, as on a class path. One may have
     * resources only.
     */
    public Builder behind(List<Path> archives) {
      behind.addAll(requireNonNull(archives, "archives"));
      return this;
    }

    /**
     * The handler: {@code pkg.Class}, {@code pkg.Class::method} or {@code pkg.Class#method}; null to go by
     * the archive's manifest or its only class with a known signature, which is the default.
     */
    public Builder handler(@Nullable String handler) {
      this.handler = handler == null || handler.isBlank() ? null : handler.strip();
      return this;
    }

    /** Instances and concurrency; by default one instance that takes as many calls at once as its signature promises. */
    public Builder instances(InstanceSettings instances) {
      this.instances = requireNonNull(instances, "instances");
      return this;
    }

    /** How long a call waits for a thread and an instance. Default 10 s; null for no limit. */
    public Builder queueTimeout(@Nullable Duration timeout) {
      this.queueTimeout = positive(timeout, "queueTimeout");
      return this;
    }

    /** How long constructing and initialising an instance may take. Default 30 s; null for no limit. */
    public Builder initTimeout(@Nullable Duration timeout) {
      this.initTimeout = positive(timeout, "initTimeout");
      return this;
    }

    /** How long a call may run. No limit by default. */
    public Builder runTimeout(@Nullable Duration timeout) {
      this.runTimeout = positive(timeout, "runTimeout");
      return this;
    }

    /** Which threads run the function; {@link Threads#AUTO} by default. */
    public Builder threads(Threads threads) {
      if (threads == Threads.VIRTUAL && Runtime.version().feature() < 21) {
        throw new IllegalArgumentException(
            "threads is virtual, which needs JDK 21 or newer; this is JDK "
                + Runtime.version().feature()
                + ": use auto or platform");
      }
      this.threads = requireNonNull(threads, "threads");
      return this;
    }

    /** Which classes get polls, so that their code can be stopped; {@link Guarding#AUTO} by default. */
    public Builder guarding(Guarding classes) {
      this.guarding = requireNonNull(classes, "classes");
      return this;
    }

    /**
     * What is measured of its calls, and how much one may use; by default {@link Metering#DEFAULT}. Limits need platform threads, which
     * {@link Threads#AUTO} then means: the JDK measures neither for virtual ones.
     */
    public Builder metering(Metering metering) {
      this.metering = requireNonNull(metering, "metering");
      return this;
    }

    /** When it gets no more calls for a while because it keeps failing; null for never, which is the default. */
    public Builder breaker(@Nullable BreakerSettings settings) {
      this.breaker = settings;
      return this;
    }

    /** The most the body of a request for it may have, in bytes; by default what the server allows. */
    public Builder bodyBytes(long most) {
      if (most < 0) {
        throw new IllegalArgumentException("limits.body is " + most + "; it must be 0 or more");
      }
      this.bodyBytes = most;
      return this;
    }

    /** How its answers are kept where a contract does so; null for not at all, which is the default. */
    public Builder caching(@Nullable Caching caching) {
      this.caching = caching;
      return this;
    }

    /**
     * The room for what the host keeps for the function beyond the life of a version, in bytes; see {@link
     * dev.hearth.function.WarmStore}. Zero, the default, for none.
     */
    public Builder warmStoreBytes(long most) {
      if (most < 0) {
        throw new IllegalArgumentException("warmStore is " + most + "; it must be 0 or more bytes");
      }
      this.warmStoreBytes = most;
      return this;
    }

    /** Calls that each version is given before it gets traffic; null for none, which is the default. */
    public Builder priming(@Nullable Priming calls) {
      this.priming = calls;
      return this;
    }

    /** Sets one of the function's variables; its code sees it through {@link System#getenv}, too. */
    public Builder env(String name, String value) {
      env.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
      return this;
    }

    /** Sets several of the function's variables. */
    public Builder env(Map<String, String> variables) {
      variables.forEach(this::env);
      return this;
    }

    /** Sets one of the function's properties: a setting that is not a variable of a process. */
    public Builder property(String name, String value) {
      properties.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
      return this;
    }

    /** Sets several of the function's properties. */
    public Builder properties(Map<String, String> values) {
      values.forEach(this::property);
      return this;
    }

    /**
     * Gives the function a secret.
     *
     * @param file as {@link SecretFile}; must be usable when the function is deployed, and is read anew when it changes
     */
    public Builder secret(String name, Path file) {
      secrets.put(requireNonNull(name, "name"), requireNonNull(file, "file"));
      return this;
    }

    /**
     * What {@link System#getenv} gives the function's code, all of it; by default the process's environment with {@link
     * #env} over it. Read at each look and not copied, for platforms that change variables from call to call.
     *
     * @param variables safe to be read and changed at once; null for the default
     */
    public Builder systemVariables(@Nullable Map<String, String> variables) {
      this.systemVariables = variables;
      return this;
    }

    /** Lets the function borrow resources of the host, such as connection pools, by name. */
    public Builder resources(String... names) {
      resources.addAll(List.of(names));
      return this;
    }

    /**
     * What these settings are called by whoever deploys them, so that they can be told from others; shown, never interpreted.
     *
     * @param revision asked when somebody wants to see it; null for none
     */
    public Builder revision(@Nullable Supplier<String> revision) {
      this.revision = revision;
      return this;
    }

    /**
     * The spec.
     *
     * @throws IllegalArgumentException if limits of a call's use are set for threads of which the JDK does not measure it
     */
    public FunctionSpec build() {
      if (metering.isLimited() && (threads == Threads.VIRTUAL || threads == Threads.EVENT_LOOP)) {
        throw new IllegalArgumentException(
            "threads is "
                + (threads == Threads.VIRTUAL ? "virtual" : "event-loop")
                + " and limits.cpu or limits.allocation is set, which need threads of their own that the JDK"
                + " measures; use auto or platform, or leave the limits out");
      }
      return new FunctionSpec(this);
    }

    private static @Nullable Duration positive(@Nullable Duration timeout, String name) {
      if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
        throw new IllegalArgumentException(
            name + " is " + timeout + "; it must be longer than zero");
      }
      return timeout;
    }
  }
}
