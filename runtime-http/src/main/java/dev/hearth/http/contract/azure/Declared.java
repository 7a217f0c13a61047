package dev.hearth.http.contract.azure;

import dev.hearth.FunctionHandle;
import dev.hearth.signature.azure.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one function: what its {@code function.json} says, else what it says about itself, else what the Azure documentation's
 * examples have, {@code req} in and {@code res} out.
 *
 * @param isAzures whether it is bound to Azure's own Java API, and so reads and writes envelopes itself
 * @param trigger the trigger's name; null if not known
 * @param kind what calls it
 * @param isBinary whether what the trigger brings is the base64 of bytes
 * @param forwards whether it gets its clients' own requests
 * @param route of a function that is called by HTTP, else null
 * @param rank the route's, see {@link Route#rank}
 * @param methods in capital letters; empty for all
 * @param httpOutput name of the HTTP output; null if there is none
 * @param output name of the output that anything else goes into
 */
record Declared(
    boolean isAzures,
    @Nullable String trigger,
    Kind kind,
    boolean isBinary,
    boolean forwards,
    @Nullable Route route,
    String rank,
    List<String> methods,
    @Nullable String httpOutput,
    String output) {

  /** The output that is the return value. */
  static final String RETURN = "$return";

  private static final String USUAL_OUTPUT = "res";

  /** What calls a function. */
  enum Kind {
    HTTP,
    OTHER,
    /** Nobody says; the envelope tells. */
    UNKNOWN
  }

  /** What a file says. */
  static Declared of(FunctionJson json, HostJson host, FunctionHandle function) {
    boolean isHttp = json.trigger().isHttpTrigger();
    String template = json.trigger().route();
    Route route = isHttp ? Route.of(template == null ? json.name() : template) : null;
    String http = null;
    String other = null;
    for (FunctionJson.Bound output : json.outputs()) {
      if (output.isHttpOutput()) {
        http = http == null ? output.name() : http;
      } else {
        other = other == null ? output.name() : RETURN;
      }
    }
    return new Declared(
        isAzures(function),
        json.trigger().name(),
        isHttp ? Kind.HTTP : Kind.OTHER,
        json.trigger().isBinary(),
        host.forwards() && json.isHttpOnly(),
        route,
        route == null ? "" : route.rank(),
        capitals(json.trigger().methods()),
        http,
        other == null ? RETURN : other);
  }

  /** What a function says about itself. */
  static Declared of(HostJson host, FunctionHandle function) {
    Map<String, String> facts = function.facts();
    String trigger = facts.get("azure.trigger");
    Kind kind =
        trigger == null
            ? Kind.UNKNOWN
            : trigger.equalsIgnoreCase("httpTrigger") ? Kind.HTTP : Kind.OTHER;
    Route route =
        kind == Kind.OTHER ? null : Route.of(facts.getOrDefault("azure.route", function.name()));
    return new Declared(
        isAzures(function),
        facts.get("azure.trigger-name"),
        kind,
        false,
        host.forwards() && kind != Kind.OTHER,
        route,
        route == null ? "" : route.rank(),
        split(facts.getOrDefault("azure.methods", "")),
        USUAL_OUTPUT,
        RETURN);
  }

  private static boolean isAzures(FunctionHandle function) {
    return function.facts().containsKey("azure.function");
  }

  private static List<String> split(String methods) {
    List<String> split = new ArrayList<>();
    int from = 0;
    while (from < methods.length()) {
      int comma = methods.indexOf(',', from);
      int to = comma < 0 ? methods.length() : comma;
      split.add(methods.substring(from, to).strip());
      from = to + 1;
    }
    return capitals(split);
  }

  private static List<String> capitals(List<String> methods) {
    List<String> capitals = new ArrayList<>(methods.size());
    for (String method : methods) {
      capitals.add(method.toUpperCase(Locale.ROOT));
    }
    return List.copyOf(capitals);
  }

  boolean takes(String method) {
    return methods.isEmpty() || methods.contains(method);
  }
}
