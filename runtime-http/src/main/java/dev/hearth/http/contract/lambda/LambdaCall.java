package dev.hearth.http.contract.lambda;

import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.lambda.LambdaResponse;
import dev.hearth.http.lambda.XrayTrace;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event as the host sees it: a POST of the event to {@code /}. */
final class LambdaCall implements Call {

  private final Event event;
  private final MemoryExchange request;
  private final LambdaResponse response;
  private final @Nullable String traceparent;
  private volatile @Nullable Outcome<?> outcome;

  LambdaCall(Event event, boolean streams) {
    this.event = event;
    this.request =
        new MemoryExchange(
            "POST",
            "/",
            "",
            Map.of("Content-Type", List.of(event.contentType())),
            new ByteArrayInputStream(event.body()),
            event.body().length);
    this.response = new LambdaResponse(streams);
    this.traceparent = XrayTrace.traceparent(event.trace());
  }

  Event event() {
    return event;
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
    return request.request();
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
