package dev.hearth.http.contract.emulator;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.invoke.Limits;
import dev.hearth.loader.DeployException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Versions and aliases of one function. Thread-safe. */
final class Published {

  /** Property of a deployed function: the one it is a version of. */
  static final String FUNCTION = "lambda.function";

  /** Property of a deployed function: which version of it. */
  static final String VERSION = "lambda.version";

  /** Property of a function: {@code live=1, canary=1+2:0.25}. */
  static final String ALIASES = "lambda.aliases";

  private static final String NAME_VARIABLE = "AWS_LAMBDA_FUNCTION_NAME";
  private static final String VERSION_VARIABLE = "AWS_LAMBDA_FUNCTION_VERSION";

  private final Hearth hearth;
  private final String function;

  @GuardedBy("this")
  private final TreeMap<Integer, String> versions = new TreeMap<>(); // names of deployed functions

  @GuardedBy("this")
  private final Map<String, Alias> aliases = new TreeMap<>();

  @GuardedBy("this")
  private int highest; // ever; numbers are not used again

  /**
   * Those that properties declare.
   *
   * @throws IllegalArgumentException if they make no sense
   */
  Published(Hearth hearth, FunctionHandle latest) {
    this.hearth = hearth;
    this.function = latest.name();
    for (FunctionHandle deployed : hearth.functions()) {
      Map<String, String> properties = deployed.spec().properties();
      if (function.equals(properties.get(FUNCTION))) {
        long number = Span.digits(properties.getOrDefault(VERSION, ""));
        if (number < 1) {
          throw new IllegalArgumentException(
              "function '"
                  + deployed.name()
                  + "': property "
                  + VERSION
                  + " is '"
                  + properties.getOrDefault(VERSION, "")
                  + "'; a version of '"
                  + function
                  + "' has a number such as 1");
        }
        versions.put((int) number, deployed.name());
        highest = Math.max(highest, (int) number);
      }
    }
    for (Alias alias : DeclaredAliases.read(function, latest.spec().properties().get(ALIASES))) {
      requireVersion(alias.version());
      if (alias.additional() != null) {
        requireVersion(alias.additional());
      }
      aliases.put(alias.name(), alias);
    }
  }

  private synchronized void requireVersion(String version) {
    if (!version.equals(Alias.LATEST) && !versions.containsKey((int) Span.digits(version))) {
      throw new IllegalArgumentException(
          "function '"
              + function
              + "': "
              + ALIASES
              + " names version "
              + version
              + ", which no deployed function is; say so by its properties "
              + FUNCTION
              + " and "
              + VERSION);
    }
  }

  static boolean isVersion(FunctionHandle function) {
    return function.isDeployed() && function.spec().properties().containsKey(FUNCTION);
  }

  /** The version of this number, or null. */
  @Nullable FunctionHandle version(String number) {
    String name;
    synchronized (this) {
      name = versions.get((int) Span.digits(number));
    }
    return name == null ? null : hearth.function(name).orElse(null);
  }

  /** The numbers of the versions, in order. */
  synchronized List<String> versions() {
    List<String> numbers = new ArrayList<>();
    for (Integer number : versions.keySet()) {
      numbers.add(String.valueOf(number));
    }
    return numbers;
  }

  /**
   * Makes a version of the function as it is now, unless the last one is just that.
   *
   * @return its number
   * @throws DeployException if it cannot be served
   */
  String publish(FunctionHandle latest) {
    synchronized (this) { // a start under the lock: two at once would be the same version twice
      String last = versions.isEmpty() ? null : versions.lastEntry().getValue();
      FunctionHandle before = last == null ? null : hearth.function(last).orElse(null);
      int number = highest + 1;
      if (before != null && isSame(before, latest)) {
        return String.valueOf(versions.lastKey());
      }
      String name = function + "." + number;
      hearth.deployCopy(name, spec(latest.spec(), number), latest);
      highest = number;
      versions.put(number, name);
      return String.valueOf(number);
    }
  }

  private static boolean isSame(FunctionHandle version, FunctionHandle latest) {
    return version.archiveHash().equals(latest.archiveHash())
        && version.handler().equals(latest.handler())
        && withoutOwn(version.spec().env()).equals(withoutOwn(latest.spec().env()))
        && version.spec().limits().equals(latest.spec().limits())
        && version.spec().instances().equals(latest.spec().instances());
  }

  private static Map<String, String> withoutOwn(Map<String, String> variables) {
    Map<String, String> others = new HashMap<>(variables);
    others.remove(NAME_VARIABLE);
    others.remove(VERSION_VARIABLE);
    return others;
  }

  private FunctionSpec spec(FunctionSpec latest, int number) {
    FunctionSpec.Builder spec =
        FunctionSpec.builder(latest.archive())
            .behind(latest.behind())
            .handler(latest.handler())
            .instances(latest.instances())
            .queueTimeout(duration(latest.limits().queueNanos()))
            .initTimeout(duration(latest.limits().initNanos()))
            .runTimeout(duration(latest.limits().runNanos()))
            .threads(latest.threads())
            .env(latest.env())
            .env(NAME_VARIABLE, function)
            .env(VERSION_VARIABLE, String.valueOf(number))
            .properties(latest.properties())
            .property(FUNCTION, function)
            .property(VERSION, String.valueOf(number))
            .resources(latest.resources().toArray(new String[0]));
    latest.secrets().forEach(spec::secret);
    return spec.build();
  }

  private static @Nullable Duration duration(long nanos) {
    return nanos == Limits.NONE ? null : Duration.ofNanos(nanos);
  }

  /** The alias of this name, or null. */
  synchronized @Nullable Alias alias(String name) {
    return aliases.get(name);
  }

  /** The aliases by name. */
  synchronized List<Alias> aliases() {
    return List.copyOf(aliases.values());
  }

  /** Adds an alias, unless there is one of this name. */
  synchronized boolean add(Alias alias) {
    return aliases.putIfAbsent(alias.name(), alias) == null;
  }

  /** Puts one alias in the place of another, unless that has changed meanwhile. */
  synchronized boolean replace(Alias before, Alias after) {
    return aliases.replace(before.name(), before, after);
  }

  /** Takes an alias away, if it is there. */
  synchronized void remove(String name) {
    aliases.remove(name);
  }
}
