package dev.hearth.http.contract.knative;

import static java.util.Objects.requireNonNull;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.cloudevents.EventMode;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.RequestId;
import dev.hearth.signature.spi.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knative's contract with a container: HTTP requests and events to the functions, health to the platform.
 *
 * <p>A request that holds events reaches a function once for each of them, as its data; what the function answers is the
 * reply event. Every other request is the function's as it is, whatever its method and path but {@code /health/liveness}
 * and {@code /health/readiness}.
 */
public final class KnativeContract implements Contract {

  /** The most bytes of a request that holds events, and of an answer to one. */
  static final int EVENT_BYTES = 16 << 20;

  private static final int LONGEST_ID = 192;
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private final EventSettings settings;
  private final Routing routing;
  private final HealthPages health;
  private final Outcomes outcomes = new Outcomes();
  private final Map<String, String> attributes;

  /**
   * @param environment the process's variables, or what stands in for them
   */
  public KnativeContract(Hearth hearth, Map<String, String> environment) {
    requireNonNull(hearth, "hearth");
    this.settings = EventSettings.of(environment);
    this.routing = new Routing(hearth);
    this.health = new HealthPages(hearth);
    this.attributes = attributes(environment);
  }

  private static Map<String, String> attributes(Map<String, String> environment) {
    Map<String, String> attributes = new HashMap<>();
    put(attributes, "knative.service", environment.get("K_SERVICE"));
    put(attributes, "knative.configuration", environment.get("K_CONFIGURATION"));
    put(attributes, "knative.revision", environment.get("K_REVISION"));
    return Map.copyOf(attributes);
  }

  private static void put(Map<String, String> to, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      to.put(name, value);
    }
  }

  @Override
  public String name() {
    return "knative";
  }

  @Override
  public Listen defaults() {
    return new Listen("0.0.0.0", KnativePlatform.DEFAULT_PORT);
  }

  /** A container's port named {@code h2c} gets everything in HTTP/2, probes included. */
  @Override
  public boolean speaksHttp2() {
    return true;
  }

  @Override
  public @Nullable String notReady() {
    return routing.isEmpty() ? "no function is deployed" : null;
  }

  @Override
  public void handle(HttpExchange exchange) {
    Request request = exchange.request();
    try {
      if (HealthPages.isFor(request)) {
        health.answer(exchange, request.path());
      } else if (request.method().equals("OPTIONS")) {
        options(exchange, request);
      } else if (EventMode.of(request.headers()) == EventMode.NONE) {
        call(exchange, request);
      } else {
        new Delivery(exchange, request, routing, settings, attributes).begin();
      }
    } catch (IllegalStateException gone) {
      exchange.answer(
          Routing.Refused.notDeployed().answer()); // between being found and being asked
    }
  }

  private void call(HttpExchange exchange, Request request) {
    try {
      FunctionHandle function = routing.forPath(request.path());
      exchange.dispatch(List.of(function), details(request), outcomes);
    } catch (Routing.Refused refused) {
      exchange.answer(refused.answer());
    }
  }

  private CallDetails details(Request request) {
    return CallDetails.builder()
        .id(RequestId.of(request, "X-Request-Id", LONGEST_ID))
        .traceparent(request.headers().first("traceparent").orElse(null))
        .attributes(attributes)
        .build();
  }

  /**
   * What may be sent (Eventing's data plane, "Probing the recipient"), and the consent that webhooks ask for (HTTP 1.1 web
   * hooks for event delivery, section 4). A function that handles requests itself answers what is not about webhooks.
   */
  private void options(HttpExchange exchange, Request request) {
    String origin = request.headers().first("webhook-request-origin").orElse(null);
    if (origin != null) {
      Answer answer =
          Answer.empty(200).header("Allow", METHODS).header("WebHook-Allowed-Origin", origin);
      boolean rate = request.headers().first("webhook-request-rate").isPresent();
      exchange.answer(rate ? answer.header("WebHook-Allowed-Rate", "*") : answer);
    } else if (!routing.isEmpty() && routing.answersItself(request.path(), Shape.EXCHANGE)) {
      call(exchange, request);
    } else {
      exchange.answer(Answer.empty(204).header("Allow", METHODS));
    }
  }
}
