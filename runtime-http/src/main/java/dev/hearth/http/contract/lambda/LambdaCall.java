package dev.hearth.http.contract.lambda;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.lambda.GatewayCall;
import dev.hearth.http.lambda.LambdaResponse;
import dev.hearth.http.lambda.XrayTrace;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event as the host sees it: a POST of the event to {@code /}; for a function that handles requests, the request that a gateway's
 * event tells of.
 */
final class LambdaCall implements Call {

  private final Event event;
  private final Request request;
  private final @Nullable GatewayCall gateway;
  private final LambdaResponse response;
  private final @Nullable String traceparent;
  private volatile @Nullable Outcome<?> outcome;

  private LambdaCall(Event event, @Nullable GatewayCall gateway, boolean streams) {
    this.event = event;
    this.request = gateway == null ? posted(event) : gateway.request();
    this.gateway = gateway;
    this.response = new LambdaResponse(streams);
    this.traceparent = XrayTrace.traceparent(event.trace());
  }

  /** The call for an event. */
  static LambdaCall of(Event event, FunctionHandle function, boolean streams) {
    return new LambdaCall(event, GatewayCall.of(function, event.body()), streams);
  }

  private static Request posted(Event event) {
    return MemoryExchange.post(event.body(), event.contentType()).request();
  }

  Event event() {
    return event;
  }

  /** The gateway's event that it is, where a response is waited for; null where the result is whatever the function gives. */
  @Nullable GatewayCall gateway() {
    return gateway;
  }

  LambdaResponse answer() {
    return response;
  }

  /** How it ended, once {@link LambdaResponse#awaitCommit} or {@link LambdaResponse#take} have said that it has. */
  Outcome<?> end() {
    Outcome<?> known = outcome;
    if (known == null) {
      throw new IllegalStateException("the call has not ended");
    }
    return known;
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public Response response() {
    return response;
  }

  @Override
  public String id() {
    return event.id();
  }

  @Override
  public long deadlineNanos() {
    return event.deadlineNanos();
  }

  @Override
  public Map<String, String> attributes() {
    return event.attributes();
  }

  @Override
  public @Nullable String traceparent() {
    return traceparent;
  }

  @Override
  public void ended(Invocation invocation, Outcome<?> outcome) {
    this.outcome = outcome;
    response.end();
  }
}
