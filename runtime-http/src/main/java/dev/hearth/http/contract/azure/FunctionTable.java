package dev.hearth.http.contract.azure;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Finds the function that a path means. Thread-safe; functions may come, go and be replaced at any time. */
final class FunctionTable {

  private final Hearth hearth;
  private final AppFolder app;

  /** By function, for the version that is named there; texts only, so that nothing of a function's is held. */
  private final ConcurrentMap<String, Known> known = new ConcurrentHashMap<>();

  private record Known(String version, Declared declared) {}

  FunctionTable(Hearth hearth, AppFolder app) {
    this.hearth = hearth;
    this.app = app;
  }

  /**
   * What is known of a function.
   *
   * @throws IllegalStateException if it is not deployed any more
   */
  Declared declared(FunctionHandle function) {
    String version = function.version();
    Known before = known.get(function.name());
    if (before != null && before.version.equals(version)) {
      return before.declared;
    }
    FunctionJson json = app.functions().get(function.name());
    Declared declared =
        json == null ? Declared.of(app.host(), function) : Declared.of(json, app.host(), function);
    known.put(function.name(), new Known(version, declared));
    return declared;
  }

  /** The function whose name is all of the path; where there is none, one whose name is that but for case; else null. */
  @Nullable FunctionHandle named(String path) {
    if (path.length() < 2 || path.indexOf('/', 1) >= 0) {
      return null;
    }
    String name = path.substring(1);
    FunctionHandle exactly = hearth.function(name).orElse(null);
    if (exactly != null) {
      return exactly;
    }
    for (FunctionHandle function : hearth.functions()) {
      if (function.name().equalsIgnoreCase(name)) {
        return function;
      }
    }
    return null;
  }

  /**
   * The function whose route a client's path fits best, among those that take the method; else null. A route that is asked for without
   * the prefix is found, too, where none is with it.
   */
  @Nullable FunctionHandle routed(String method, String path) {
    String prefix = app.host().routePrefix();
    FunctionHandle behind = routed(method, path, prefix);
    return behind != null || prefix.isEmpty() ? behind : routed(method, path, "");
  }

  private @Nullable FunctionHandle routed(String method, String path, String prefix) {
    FunctionHandle best = null;
    String rank = "";
    for (FunctionHandle function : hearth.functions()) {
      Declared declared = declared(function);
      boolean fits =
          declared.route() != null
              && declared.takes(method)
              && (best == null || declared.rank().compareTo(rank) < 0)
              && declared.route().fits(path, prefix);
      if (fits) {
        best = function;
        rank = declared.rank();
      }
    }
    return best;
  }

  /** The function if there is just one and it is called by HTTP; else null. */
  @Nullable FunctionHandle only() {
    var functions = hearth.functions();
    if (functions.size() != 1) {
      return null;
    }
    FunctionHandle only = functions.iterator().next();
    return declared(only).kind() == Declared.Kind.OTHER ? null : only;
  }
}
