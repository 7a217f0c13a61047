package dev.hearth.http.contract.emulator;

import dev.hearth.function.Request;
import dev.hearth.gateway.EventFormat;
import dev.hearth.gateway.Facts;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.OutcomeMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Stands in for what is between HTTP and functions: API Gateway, a function URL, a load balancer. A function that takes events is
 * given the gateway's; every other is given the request itself.
 */
final class Gateway {

  /** Property of a function: {@code RESPONSE_STREAM} where its URL sends what it writes as it writes it. */
  static final String INVOKE_MODE = "lambda.invoke-mode";

  private static final String STREAM = "RESPONSE_STREAM";

  private final Shared shared;
  private final EventFormat format;
  private final Routes routes;
  private final GatewayAnswers answers;

  /**
   * @throws IllegalArgumentException if a function's routes make no sense, or there are none
   */
  Gateway(Shared shared, EventFormat format) {
    this.shared = shared;
    this.format = format;
    this.routes = Routes.of(shared.catalogue.latest(), format);
    this.answers = new GatewayAnswers(format);
  }

  /** Takes a request. */
  void handle(HttpExchange exchange) {
    Request request = exchange.request();
    Routes.Match match = routes.match(request.method(), request.path());
    if (match == null) {
      exchange.answer(answers.unmatched());
      return;
    }
    Target target;
    try {
      target = shared.catalogue.resolve(new FunctionName(match.route().function(), null));
    } catch (ApiException e) {
      exchange.answer(answers.unavailable(e.status())); // it was removed
      return;
    }
    String id = UUID.randomUUID().toString();
    String trace = Forwarded.trace(request);
    Map<String, String> attributes =
        new InvokeRequest(InvokeRequest.Type.REQUEST_RESPONSE, false, null, null, trace)
            .attributes(target, id);
    if (target.handle().takesEvents()) {
      exchange.collect(
          ApiException.PAYLOAD_BYTES,
          body -> call(exchange, target, id, trace, attributes, match, body));
    } else {
      CallWatch watch = new CallWatch(shared, target, id, false);
      long deadline = deadline();
      OutcomeMapper outcomes = new GatewayOutcomes(answers, deadline);
      exchange.dispatch(
          List.of(target.handle()),
          SyncCall.details(id, attributes, watch).deadlineNanos(deadline).build(),
          outcomes);
    }
  }

  private long deadline() {
    return System.nanoTime() + shared.settings.gatewayLimit().toNanos();
  }

  private void call(
      HttpExchange exchange,
      Target target,
      String id,
      String trace,
      Map<String, String> attributes,
      Routes.Match match,
      byte[] body) {
    Facts facts = facts(exchange.request(), id, match);
    Request forwarded = Forwarded.of(exchange.request(), trace);
    byte[] event = format.event(forwarded, body, facts).getBytes(StandardCharsets.UTF_8);
    if (format == EventFormat.FUNCTION_URL && isStreaming(target)) {
      new UrlStreamCall(shared, exchange, target, id, event, attributes, answers).begin();
      return;
    }
    long deadline = deadline();
    new SyncCall(
            shared,
            exchange,
            target,
            id,
            event,
            attributes,
            false,
            deadline,
            new GatewayAnswering(format, facts, answers, deadline))
        .begin();
  }

  private static boolean isStreaming(Target target) {
    return STREAM.equals(target.handle().spec().properties().get(INVOKE_MODE));
  }

  private Facts facts(Request request, String id, Routes.Match match) {
    boolean url = format == EventFormat.FUNCTION_URL;
    String host = request.headers().first("Host").orElse("localhost");
    int port = host.lastIndexOf(':');
    return new Facts(
        id,
        Forwarded.SOURCE,
        System.currentTimeMillis(),
        url ? "anonymous" : shared.settings.account(),
        "hearth",
        port < 0 || host.endsWith("]") ? host : host.substring(0, port),
        url ? Facts.DEFAULT : shared.settings.stage(),
        url ? Facts.DEFAULT : match.route().named(),
        url ? Map.of() : match.parameters(),
        Map.of(),
        shared.settings.binaryTypes());
  }
}
