package dev.hearth;

import dev.hearth.function.Headers;
import dev.hearth.loader.DeployException;
import dev.hearth.route.Route;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Finds the function for a call by the routes there are. Thread-safe. */
final class Routing {

  private final Map<String, FunctionHandle> functions; // the host's own, which changes
  private volatile @Nullable Map<String, Route> routes; // null, not empty: most hosts have none

  Routing(Map<String, FunctionHandle> functions) {
    this.functions = functions;
  }

  @Nullable FunctionHandle callee(String name, Headers headers) {
    Map<String, Route> now = routes;
    Route route = now == null ? null : now.get(name);
    return functions.get(route == null ? name : choose(route, headers));
  }

  @Nullable FunctionHandle onlyCallee(Headers headers) {
    Map<String, Route> now = routes;
    if (now == null || now.size() != 1) {
      Iterator<FunctionHandle> all = functions.values().iterator();
      FunctionHandle first = all.hasNext() ? all.next() : null;
      return all.hasNext() ? null : first;
    }
    Route route = now.values().iterator().next();
    for (String name : functions.keySet()) {
      if (!route.leadsTo(name)) {
        return null;
      }
    }
    return functions.get(choose(route, headers));
  }

  private static String choose(Route route, Headers headers) {
    String header = route.sticky();
    String key = header == null ? null : headers.first(header).orElse(null);
    return key == null ? route.choose(ThreadLocalRandom.current().nextInt()) : route.chooseFor(key);
  }

  /** As {@link Hearth#routes(Map)}; the names have been checked. */
  void replace(Map<String, Route> next) {
    next.forEach(this::check);
    routes = next.isEmpty() ? null : Map.copyOf(next);
  }

  private void check(String name, Route route) {
    if (functions.containsKey(name) && !route.leadsTo(name)) {
      throw new DeployException(
          "route '"
              + name
              + "' hides the function of that name; name it among the targets, or the route otherwise");
    }
    for (Route.Target target : route.targets()) {
      if (!functions.containsKey(target.function())) {
        throw new DeployException(
            "route '"
                + name
                + "' leads to function '"
                + target.function()
                + "', which is not deployed; deployed are "
                + new TreeSet<>(functions.keySet()));
      }
    }
  }

  Map<String, Route> routes() {
    Map<String, Route> now = routes;
    return now == null ? Map.of() : now;
  }
}
