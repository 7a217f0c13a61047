package dev.hearth.cli.config;

import dev.hearth.Hearth;
import dev.hearth.guard.Guarding;
import dev.hearth.invoke.BreakerSettings;
import dev.hearth.invoke.Metering;
import dev.hearth.invoke.Threads;
import dev.hearth.route.Route;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the tree of a file into settings, noting what is wrong. */
final class SettingsReader {

  static final List<String> THREADS = List.of("auto", "platform", "virtual", "event-loop");
  private static final List<String> METERING = List.of("auto", "off", "allocation", "full");
  static final List<String> GUARDING = List.of("auto", "off", "own", "all");

  private static final String NAME_RULE =
      "expected 1 to 63 letters, digits, '-', '_' or '.', beginning with a letter or digit";
  private static final Duration LEAST = Duration.ofMillis(1);
  private static final Duration BREAKER_PAUSE = Duration.ofSeconds(30);

  // What a pool does where the file says nothing, to check one setting against another.
  private static final int DEFAULT_POOL_MAX = 10;
  private static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(30);
  private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(30);

  private final Path directory;
  private final Problems problems;

  SettingsReader(Path directory, Problems problems) {
    this.directory = directory;
    this.problems = problems;
  }

  HearthSettings read(@Nullable Tree tree) {
    if (tree == null) {
      problems.add(Position.START, "the file is empty; expected functions, pools or both");
      return HearthSettings.NONE;
    }
    Section root = Section.of("", tree, Keys.ROOT, problems);
    if (root == null) {
      return HearthSettings.NONE;
    }
    Map<String, PoolSettings> pools = new LinkedHashMap<>();
    named(root, "pools", (name, value) -> put(pools, name, pool(name, value)));
    Map<String, FunctionSettings> functions = new LinkedHashMap<>();
    Map<String, Tree.Entry> declared = entries(root, "pools");
    named(
        root, "functions", (name, value) -> put(functions, name, function(name, value, declared)));
    Map<String, Route> routes = new RoutesReader(problems).read(root, entries(root, "functions"));
    return new HearthSettings(functions, pools, routes, tls(root.section("tls", Keys.TLS)));
  }

  /**
   * One function that stands alone.
   *
   * @param pools what it may borrow from
   */
  @Nullable FunctionSettings function(String name, Tree tree, Set<String> pools) {
    Map<String, Tree.Entry> declared = new LinkedHashMap<>();
    for (String pool : pools) {
      declared.put(pool, new Tree.Entry(Position.START, tree));
    }
    return function(name, tree, declared);
  }

  private @Nullable TlsSettings tls(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    section.missing("cert", "the path of a PEM file with the certificate");
    section.missing("key", "the path of a PEM file with its private key");
    Path cert = path(section, "cert");
    Path key = path(section, "key");
    return cert == null || key == null ? null : new TlsSettings(cert, key);
  }

  private interface Each {
    void read(String name, Tree value);
  }

  private void named(Section root, String key, Each each) {
    Tree tree = root.tree(key);
    Tree.Mapping mapping = tree == null ? null : Section.mapping(key, tree, problems);
    if (mapping == null) {
      return;
    }
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              if (!Hearth.isName(name)) {
                problems.add(
                    entry.keyAt(),
                    key
                        + ": name '"
                        + Suggestions.shortened(name)
                        + "' is not allowed; "
                        + NAME_RULE);
              }
              each.read(name, entry.value());
            });
  }

  private static Map<String, Tree.Entry> entries(Section root, String key) {
    return root.tree(key) instanceof Tree.Mapping mapping ? mapping.entries() : Map.of();
  }

  private static <T> void put(Map<String, T> map, String name, @Nullable T value) {
    if (value != null) {
      map.put(name, value);
    }
  }

  private @Nullable FunctionSettings function(
      String name, Tree tree, Map<String, Tree.Entry> declared) {
    String path = "functions." + Suggestions.shortened(name);
    Section section = Section.of(path, tree, Keys.FUNCTION, problems);
    if (section == null) {
      return null;
    }
    section.missing("archive", "the path of a jar, zip or directory");
    Path archive = path(section, "archive");
    String handler = section.text("handler");
    FunctionSettings.Instances instances = instances(section.section("instances", Keys.INSTANCES));
    FunctionSettings.Timeout timeout = timeout(section.section("timeout", Keys.TIMEOUT));
    Threads threads = threads(section);
    Map<String, String> env = env(section);
    Map<String, Path> secrets = secrets(section);
    List<String> pools = section.texts("pools");
    requireDeclared(section, pools, declared);
    CallLimits limits = limits(section);
    requireMeasurable(section, limits, threads);
    Warming warm = warm(section);
    Section cache = section.section("cache", Keys.CACHE);
    return archive == null
        ? null
        : new FunctionSettings(
                name,
                archive,
                handler,
                instances,
                timeout,
                threads,
                env,
                section.map("properties"),
                secrets,
                pools)
            .withGuard(guard(section))
            .withLimits(limits, warm)
            .withCache(cache == null ? null : CacheReader.read(cache));
  }

  private static CallLimits limits(Section section) {
    Section limits = section.section("limits", Keys.LIMITS);
    String scope = section.choice("metering", METERING);
    CallLimits read =
        new CallLimits(
            limits == null ? null : limits.size("body", 0),
            limits == null ? null : limits.duration("cpu", LEAST),
            limits == null ? null : limits.size("allocation", 1),
            scope == null ? null : Metering.Scope.valueOf(scope.toUpperCase(Locale.ROOT)),
            section.size("memory", 1 << 20),
            breaker(section.section("breaker", Keys.BREAKER)),
            section.size("warmStore", 1 << 10));
    return read;
  }

  private static @Nullable BreakerSettings breaker(@Nullable Section section) {
    if (section == null) {
      return null;
    }
    section.missing("failures", "how many failed calls in a row park the function");
    Integer failures = section.number("failures", 1, 1_000_000);
    Duration pause = section.duration("pause", LEAST);
    return failures == null
        ? null
        : new BreakerSettings(failures, pause == null ? BREAKER_PAUSE : pause);
  }

  /** They are measured on threads of which the JDK measures what they use. */
  private static void requireMeasurable(
      Section section, CallLimits limits, @Nullable Threads threads) {
    if (limits.areOfUse() && (threads == Threads.VIRTUAL || threads == Threads.EVENT_LOOP)) {
      section.problem(
          "threads",
          "is "
              + (threads == Threads.VIRTUAL ? "virtual" : "event-loop")
              + ", on which limits.cpu and limits.allocation cannot be measured; use auto or platform");
    }
  }

  private @Nullable Warming warm(Section section) {
    Section warm = section.section("warm", Keys.WARM);
    if (warm == null) {
      return null;
    }
    Integer times = warm.number("times", 1, 1_000_000);
    Path event = path(warm, "event");
    Warming read = new Warming(event, times == null ? 1 : times);
    try {
      read.priming();
    } catch (IllegalArgumentException e) {
      warm.problem("event", String.valueOf(e.getMessage()));
    }
    return read;
  }

  private static FunctionSettings.Instances instances(@Nullable Section section) {
    if (section == null) {
      return FunctionSettings.Instances.UNSET;
    }
    FunctionSettings.Instances instances =
        new FunctionSettings.Instances(
            section.number("min", 0, 1000),
            section.number("max", 1, 1000),
            section.number("concurrency", 1, 100_000),
            section.number("queue", 0, 1_000_000),
            section.duration("idle", LEAST));
    if (instances.least() > instances.most()) {
      section.problem(
          "min",
          "is " + instances.least() + ", above max " + instances.most() + "; expected at most max");
    }
    return instances;
  }

  private static FunctionSettings.Timeout timeout(@Nullable Section section) {
    return section == null
        ? FunctionSettings.Timeout.UNSET
        : new FunctionSettings.Timeout(
            section.duration("queue", LEAST),
            section.duration("init", LEAST),
            section.duration("run", LEAST));
  }

  private static @Nullable Guarding guard(Section section) {
    String choice = section.choice("guard", GUARDING);
    return choice == null ? null : Guarding.valueOf(choice.toUpperCase(Locale.ROOT));
  }

  private static @Nullable Threads threads(Section section) {
    String choice = section.choice("threads", THREADS);
    if (choice == null) {
      return null;
    }
    Threads threads = Threads.valueOf(choice.replace('-', '_').toUpperCase(Locale.ROOT));
    int jdk = Runtime.version().feature();
    if (threads == Threads.VIRTUAL && jdk < 21) {
      section.problem(
          "threads", "is virtual, which needs JDK 21 or newer; this is JDK " + jdk + ": use auto");
      return null;
    }
    return threads;
  }

  private Map<String, String> env(Section section) {
    Map<String, String> env = section.map("env");
    for (String name : env.keySet()) {
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        section.problem(
            "env",
            "has the name '"
                + Suggestions.shortened(name)
                + "'; a variable's name is not empty and has no '='");
      }
    }
    return env;
  }

  /** Each is read, so that one that cannot be used is found before anything is deployed. */
  private Map<String, Path> secrets(Section section) {
    Map<String, Path> secrets = new LinkedHashMap<>();
    section
        .map("secrets")
        .forEach(
            (name, file) -> {
              try {
                Path path = directory.resolve(file).normalize();
                Secrets.read(path);
                secrets.put(name, path);
              } catch (InvalidPathException e) {
                section.problem(
                    "secrets", "has '" + name + "', whose path is none: " + e.getReason());
              } catch (IllegalArgumentException e) {
                section.problem("secrets", "has '" + name + "', of which " + e.getMessage());
              }
            });
    return secrets;
  }

  private static void requireDeclared(
      Section section, List<String> pools, Map<String, Tree.Entry> declared) {
    for (String pool : pools) {
      if (!declared.containsKey(pool)) {
        section.problem(
            "pools",
            "names pool '"
                + Suggestions.shortened(pool)
                + "', which is not under pools; "
                + (declared.isEmpty()
                    ? "none is declared"
                    : Suggestions.hint(pool, declared.keySet())));
      }
    }
  }

  private @Nullable PoolSettings pool(String name, Tree tree) {
    Section section = Section.of("pools." + Suggestions.shortened(name), tree, Keys.POOL, problems);
    if (section == null) {
      return null;
    }
    section.missing("url", "a JDBC URL");
    String url = section.text("url");
    if (url != null && !url.startsWith("jdbc:")) {
      section.problem("url", "is no JDBC URL; expected one that begins with jdbc:");
    }
    PoolSettings pool =
        new PoolSettings(
            name,
            url == null ? "" : url,
            section.text("user"),
            password(section),
            section.number("max", 1, 10_000),
            section.number("minIdle", 0, 10_000),
            section.duration("acquireTimeout", Duration.ofMillis(250)),
            period(section, "maxLifetime"),
            period(section, "keepalive"),
            section.map("properties"));
    requireConsistent(section, pool);
    return url == null ? null : pool;
  }

  /** Zero for never, or at least what the pool can keep to. */
  private static @Nullable Duration period(Section pool, String key) {
    Duration period = pool.duration(key, Duration.ZERO);
    if (period != null && !period.isZero() && period.compareTo(SHORTEST_PERIOD) < 0) {
      pool.problem(key, "is " + Durations.write(period) + "; expected 0s, or 30s or longer");
      return null;
    }
    return period;
  }

  private static void requireConsistent(Section section, PoolSettings pool) {
    int most = pool.max() == null ? DEFAULT_POOL_MAX : pool.max();
    if (pool.minIdle() != null && pool.minIdle() > most) {
      section.problem(
          "minIdle", "is " + pool.minIdle() + ", above max " + most + "; expected at most max");
    }
    Duration lifetime = pool.maxLifetime() == null ? DEFAULT_LIFETIME : pool.maxLifetime();
    Duration keepalive = pool.keepalive();
    if (keepalive != null && !lifetime.isZero() && keepalive.compareTo(lifetime) >= 0) {
      section.problem(
          "keepalive",
          "is "
              + Durations.write(keepalive)
              + "; expected less than maxLifetime, which is "
              + Durations.write(lifetime));
    }
    for (String name : pool.properties().keySet()) {
      if (name.equals("user") || name.equals("password")) {
        section.problem("properties", "has '" + name + "'; set it beside url instead");
      }
    }
  }

  private PoolSettings.@Nullable Password password(Section pool) {
    if (!(pool.tree("password") instanceof Tree.Mapping)) {
      String text = pool.text("password");
      return text == null ? null : new PoolSettings.Password(Secret.of(text), null);
    }
    Section section = pool.section("password", Keys.PASSWORD);
    if (section == null) {
      return null;
    }
    section.missing("file", "the path of a file that holds the password");
    Path file = path(section, "file");
    try {
      return file == null ? null : new PoolSettings.Password(Secrets.read(file), file);
    } catch (IllegalArgumentException e) {
      section.problem("file", ": " + e.getMessage());
      return null;
    }
  }

  private @Nullable Path path(Section section, String key) {
    String text = section.text(key);
    if (text == null) {
      return null;
    }
    try {
      return directory.resolve(text).normalize();
    } catch (InvalidPathException e) {
      section.problem(key, "is no path: " + e.getReason());
      return null;
    }
  }
}
