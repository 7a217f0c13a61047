package dev.hearth;

import dev.hearth.function.Environment;
import dev.hearth.function.Log;
import dev.hearth.function.WarmStore;
import dev.hearth.instance.spi.ResourceProvider;
import dev.hearth.invoke.FunctionLog;
import dev.hearth.loader.DeployException;
import dev.hearth.log.LogSink;
import dev.hearth.log.Slf4jSink;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one version is given; refers to nothing that outlives it but the host's resources. */
final class VersionEnvironment implements Environment {

  private final String function;
  private final String version;
  private final Map<String, String> variables;
  private final Map<String, String> properties;
  private final Map<String, SecretFile> secretFiles;
  private final Set<String> granted;
  private final List<ResourceProvider> providers;
  private final @Nullable Supplier<? extends LogSink> sinks;
  private final @Nullable WarmStore store;
  private volatile @Nullable Log log; // made when the function first logs

  private VersionEnvironment(
      String function,
      String version,
      FunctionSpec spec,
      Map<String, SecretFile> secretFiles,
      List<ResourceProvider> providers,
      WarmStores stores,
      @Nullable Supplier<? extends LogSink> sinks) {
    this.function = function;
    this.version = version;
    this.variables = spec.env();
    this.properties = spec.properties();
    this.granted = spec.resources();
    this.secretFiles = secretFiles;
    this.providers = providers;
    long room = spec.warmStoreBytes();
    this.store = room == 0 ? null : stores.of(function, room);
    this.sinks = sinks;
  }

  /**
   * The environment of a version to be deployed.
   *
   * @param stores keeps what outlives versions
   * @param sinks gives the host's sink for lines of functions; null for the process's SLF4J
   * @throws DeployException if a secret cannot be read
   */
  static VersionEnvironment of(
      String function,
      String version,
      FunctionSpec spec,
      List<ResourceProvider> providers,
      WarmStores stores,
      @Nullable Supplier<? extends LogSink> sinks) {
    Map<String, SecretFile> secrets = new HashMap<>();
    for (Map.Entry<String, Path> secret : spec.secrets().entrySet()) {
      SecretFile file = SecretFile.of(secret.getValue());
      try {
        file.read();
      } catch (IllegalArgumentException e) {
        throw new DeployException(
            "function '" + function + "': secret '" + secret.getKey() + "': " + e.getMessage(), e);
      }
      secrets.put(secret.getKey(), file);
    }
    return new VersionEnvironment(function, version, spec, secrets, providers, stores, sinks);
  }

  @Override
  public String function() {
    return function;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Map<String, String> variables() {
    return variables;
  }

  @Override
  public Map<String, String> properties() {
    return properties;
  }

  @Override
  public Set<String> secrets() {
    return Collections.unmodifiableSet(secretFiles.keySet());
  }

  @Override
  public String secret(String name) {
    SecretFile file = secretFiles.get(name);
    if (file == null) {
      throw new IllegalArgumentException(
          "function '"
              + function
              + "' asks for secret '"
              + name
              + "', which its spec does not list (it lists "
              + new TreeSet<>(secretFiles.keySet())
              + "); add it to the spec's secrets");
    }
    try {
      return file.read();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "function '" + function + "': secret '" + name + "': " + e.getMessage(), e);
    }
  }

  @Override
  public Set<String> resources() {
    return granted;
  }

  @Override
  public WarmStore warmStore() {
    return store == null ? Environment.super.warmStore() : store;
  }

  @Override
  public Log log() {
    Log known = log;
    return known == null ? makeLog() : known;
  }

  private synchronized Log makeLog() {
    Log known = log;
    if (known == null) {
      known = Made.log(this, sinks);
      log = known;
    }
    return known;
  }

  /** Apart, so that the classes of logs are loaded for functions that log, and for no other. */
  private static final class Made {
    static Log log(Environment environment, @Nullable Supplier<? extends LogSink> sinks) {
      return new FunctionLog(environment, sinks == null ? new Slf4jSink() : sinks.get());
    }
  }

  @Override
  public <T> T resource(Class<T> type, String name) {
    if (!granted.contains(name)) {
      throw new IllegalArgumentException(
          "function '"
              + function
              + "' asks for resource '"
              + name
              + "', which its spec does not list (it lists "
              + new TreeSet<>(granted)
              + "); add it to the spec's pools");
    }
    for (ResourceProvider provider : providers) {
      if (provider.has(name)) {
        T lent = provider.lend(type, name, function);
        if (lent == null) {
          throw new IllegalArgumentException(
              "function '"
                  + function
                  + "' asks for "
                  + provider.kind()
                  + " '"
                  + name
                  + "' as a "
                  + type.getName()
                  + ", which it is not");
        }
        return lent;
      }
    }
    throw new IllegalArgumentException(
        "function '"
            + function
            + "' may use resource '"
            + name
            + "', but the host has none of that name");
  }
}
