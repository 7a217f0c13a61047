package dev.hearth.http.contract.emulator;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The functions by the names that the API knows them by. Thread-safe.
 *
 * <p>A function that is deployed is {@code $LATEST} of its name, unless its properties {@value Published#FUNCTION} and {@value
 * Published#VERSION} say that it is a version of another.
 */
final class Catalogue {

  /** What the runtime interface emulator calls its only function. */
  private static final String ONLY = "function";

  private final Hearth hearth;
  private final EmulatorSettings settings;
  private final DoubleSupplier random;
  private final ConcurrentMap<String, Published> published = new ConcurrentHashMap<>();

  Catalogue(Hearth hearth, EmulatorSettings settings, DoubleSupplier random) {
    this.hearth = hearth;
    this.settings = settings;
    this.random = random;
  }

  /** One that chooses among an alias's versions at random. */
  static Catalogue of(Hearth hearth, EmulatorSettings settings) {
    return new Catalogue(hearth, settings, new Chance());
  }

  private static final class Chance implements DoubleSupplier {
    @Override
    public double getAsDouble() {
      return ThreadLocalRandom.current().nextDouble();
    }
  }

  /**
   * Reads what the functions' properties declare.
   *
   * @throws IllegalArgumentException if a declaration makes no sense; the message names function and value
   */
  void readDeclarations() {
    for (FunctionHandle function : latest()) {
      published(function);
    }
  }

  /** The functions that are no versions of others, by name. */
  List<FunctionHandle> latest() {
    List<FunctionHandle> latest = new ArrayList<>();
    for (FunctionHandle function : hearth.functions()) {
      if (!Published.isVersion(function)) {
        latest.add(function);
      }
    }
    return latest;
  }

  /** What an invocation goes to, chosen for it alone where an alias shares its calls out. */
  Target resolve(FunctionName asked) throws ApiException {
    FunctionHandle latest = function(asked);
    String qualifier = asked.qualifier();
    String arn = settings.arn(latest.name(), qualifier);
    if (qualifier == null || qualifier.equals(Alias.LATEST)) {
      return new Target(latest, latest.name(), Alias.LATEST, arn);
    }
    Published known = published(latest);
    String version = qualifier;
    if (Span.digits(qualifier) < 0) {
      Alias alias = known.alias(qualifier);
      if (alias == null) {
        throw missing(asked.name(), qualifier);
      }
      version = alias.choose(random);
    }
    FunctionHandle handle = version.equals(Alias.LATEST) ? latest : known.version(version);
    if (handle == null) {
      throw missing(asked.name(), qualifier);
    }
    return new Target(handle, latest.name(), version, arn);
  }

  /** The only function there is, or an error that says so. */
  Target only() throws ApiException {
    return resolve(new FunctionName(ONLY, null));
  }

  /** The function of a name, whatever the qualifier. */
  FunctionHandle function(FunctionName asked) throws ApiException {
    FunctionHandle function = hearth.function(asked.name()).orElse(null);
    if (function == null && asked.name().equals(ONLY)) {
      List<FunctionHandle> all = latest();
      function = all.size() == 1 ? all.get(0) : null;
    }
    if (function == null || Published.isVersion(function)) {
      throw missing(asked.name(), asked.qualifier());
    }
    return function;
  }

  /** Versions and aliases of a function. */
  Published published(FunctionHandle latest) {
    Published known = published.get(latest.name());
    if (known == null) {
      Published made = new Published(hearth, latest);
      known = published.putIfAbsent(latest.name(), made);
      known = known == null ? made : known;
    }
    return known;
  }

  EmulatorSettings settings() {
    return settings;
  }

  private ApiException missing(String name, @Nullable String qualifier) {
    return ApiException.notFound("Function not found: " + settings.arn(name, qualifier));
  }
}
