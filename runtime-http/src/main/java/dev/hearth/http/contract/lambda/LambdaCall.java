package dev.hearth.http.contract.lambda;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.gateway.EventFormat;
import dev.hearth.gateway.EventRequest;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event as the host sees it: a POST of the event to {@code /}; for a function that handles requests, the request that a gateway's
 * event tells of.
 */
final class LambdaCall implements Call {

  private final Event event;
  private final Request request;
  private final @Nullable EventFormat gateway;
  private final LambdaResponse response;
  private final @Nullable String traceparent;
  private volatile @Nullable Outcome<?> outcome;

  private LambdaCall(Event event, Request request, @Nullable EventFormat gateway, boolean streams) {
    this.event = event;
    this.request = request;
    this.gateway = gateway;
    this.response = new LambdaResponse(streams);
    this.traceparent = XrayTrace.traceparent(event.trace());
  }

  /** The call for an event. */
  static LambdaCall of(Event event, FunctionHandle function, boolean streams) {
    boolean handlesRequests = function.shape() == Shape.EXCHANGE && !function.takesEvents();
    EventRequest told = handlesRequests ? told(event.body()) : null;
    return told == null
        ? new LambdaCall(event, posted(event), null, streams)
        : new LambdaCall(event, told, told.format(), streams);
  }

  private static @Nullable EventRequest told(byte[] event) {
    try {
      return EventRequest.of(new String(event, StandardCharsets.UTF_8));
    } catch (InputException e) {
      return null; // no gateway sends that; the function gets what came
    }
  }

  private static Request posted(Event event) {
    return MemoryExchange.post(event.body(), event.contentType()).request();
  }

  Event event() {
    return event;
  }

  /** The gateway whose event it is and who waits for a response; null where the result is whatever the function gives. */
  @Nullable EventFormat gateway() {
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
