package dev.hearth.http.contract.emulator;

import dev.hearth.FunctionHandle;
import dev.hearth.gateway.EventFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A gateway's routes, as the functions' properties declare them. Immutable. */
final class Routes {

  /** Property of a function: {@code GET /pets/{id}; ANY /{proxy+}}. */
  static final String PROPERTY = "lambda.routes";

  private final List<Route> routes;

  /** A route and what its parameters matched. */
  record Match(Route route, Map<String, String> parameters) {}

  private Routes(List<Route> routes) {
    this.routes = routes;
  }

  /**
   * Those that functions declare; for a single function that declares none, all there is.
   *
   * @throws IllegalArgumentException if a declaration makes no sense, or there is none
   */
  static Routes of(List<FunctionHandle> functions, EventFormat format) {
    List<Route> routes = new ArrayList<>();
    for (FunctionHandle function : functions) {
      String text = function.spec().properties().get(PROPERTY);
      if (text != null) {
        for (String part : text.split(";", -1)) {
          routes.add(route(part.strip(), function.name(), format));
        }
      }
    }
    if (routes.isEmpty() && functions.size() == 1) {
      addAll(routes, functions.get(0).name(), format);
    }
    if (routes.isEmpty()) {
      throw new IllegalArgumentException(
          EmulatorSettings.GATEWAY
              + " is set, but none of "
              + functions.size()
              + " functions has a route; give one the property "
              + PROPERTY);
    }
    return new Routes(List.copyOf(routes));
  }

  private static Route route(String text, String function, EventFormat format) {
    Route route = Route.parse(text, function);
    boolean fits = route != null && !(route.isDefault() && format == EventFormat.REST);
    if (route == null || !fits) {
      throw new IllegalArgumentException(
          "function '"
              + function
              + "': "
              + PROPERTY
              + " has '"
              + text
              + "'; expected a method or ANY and a path such as GET /pets/{id}, ANY /{proxy+}"
              + (format == EventFormat.REST ? "" : ", or $default"));
    }
    return route;
  }

  private static void addAll(List<Route> routes, String function, EventFormat format) {
    if (format == EventFormat.REST) {
      routes.add(new Route(Route.ANY, "/", function));
      routes.add(new Route(Route.ANY, "/{proxy+}", function));
    } else {
      routes.add(new Route(Route.ANY, Route.DEFAULT, function));
    }
  }

  /** The best for a request, or null. */
  @Nullable Match match(String method, String path) {
    Route best = null;
    Map<String, String> parameters = Map.of();
    for (Route route : routes) {
      Map<String, String> matched = route.match(method, path);
      if (matched != null && route.isBetterThan(best)) {
        best = route;
        parameters = matched;
      }
    }
    return best == null ? null : new Match(best, parameters);
  }
}
