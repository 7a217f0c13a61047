package dev.hearth;

import dev.hearth.function.Environment;
import dev.hearth.instance.spi.ResourceProvider;
import dev.hearth.loader.DeployException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What one version is given; refers to nothing that outlives it but the host's resources. */
record VersionEnvironment(
    String function,
    String version,
    Map<String, String> variables,
    Map<String, String> properties,
    Map<String, SecretFile> secretFiles,
    Set<String> granted,
    List<ResourceProvider> providers)
    implements Environment {

  /**
   * The environment of a version to be deployed.
   *
   * @throws DeployException if a secret cannot be read
   */
  static VersionEnvironment of(
      String function, String version, FunctionSpec spec, List<ResourceProvider> providers) {
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
    return new VersionEnvironment(
        function, version, spec.env(), spec.properties(), secrets, spec.resources(), providers);
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
