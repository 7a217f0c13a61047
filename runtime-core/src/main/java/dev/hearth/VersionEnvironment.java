package dev.hearth;

import dev.hearth.function.Environment;
import dev.hearth.instance.spi.ResourceProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What one version is given; refers to nothing that outlives it but the host's resources. */
record VersionEnvironment(
    String function,
    String version,
    Map<String, String> variables,
    Set<String> granted,
    List<ResourceProvider> providers)
    implements Environment {

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
