package dev.hearth.http.contract.hearth;

import dev.hearth.FunctionHandle;
import dev.hearth.cache.CachedAnswer;
import dev.hearth.cache.Flight;
import dev.hearth.function.Reply;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.Shape;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A call that belongs to no client: its request is a copy, its answer goes to whoever waits for it. */
final class CacheRun implements Call {

  private final FunctionHandle function;
  private final CallDetails details;
  private final Request original;
  private final byte[] body;
  private final OutcomeMapper outcomes;
  private final MemoryExchange exchange;
  private @Nullable Flight flight;
  private Flight.@Nullable Passenger only;

  CacheRun(
      FunctionHandle function,
      CallDetails details,
      Request original,
      byte[] body,
      OutcomeMapper outcomes) {
    this.function = function;
    this.details = details;
    this.original = original;
    this.body = body;
    this.outcomes = outcomes;
    byte[] text = details.body();
    byte[] seen = body.length == 0 && text != null ? text : body;
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(original.headers().asMap());
    if (seen != body) {
      headers.put("Content-Type", List.of("text/plain; charset=utf-8"));
    }
    String method = original.method();
    this.exchange =
        new MemoryExchange(
            method.equals("HEAD") ? "GET" : method,
            original.path(),
            original.query(),
            headers,
            new ByteArrayInputStream(seen),
            seen.length);
  }

  /** The same call once more. */
  CacheRun again() {
    return new CacheRun(function, details, original, body, outcomes);
  }

  /** Calls the function for all who wait for this run. */
  void start(Flight of) {
    flight = of;
    start();
  }

  /** Calls the function for one alone. */
  void start(Flight.Passenger alone) {
    only = alone;
    start();
  }

  private void start() {
    try {
      function.dispatch(this);
    } catch (IllegalStateException | RejectedExecutionException e) {
      fail(
          new CachedAnswer(
              503,
              List.of("Content-Type", "application/json", "Retry-After", "1"),
              "{\"error\":\"the function is not deployed any more\"}"
                  .getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Override
  public Request request() {
    return exchange.request();
  }

  @Override
  public Response response() {
    return exchange.response();
  }

  @Override
  public boolean isHttp() {
    return details.isHttp();
  }

  @Override
  public String basePath() {
    return details.basePath();
  }

  @Override
  public @Nullable String id() {
    return details.id();
  }

  @Override
  public @Nullable String traceparent() {
    return details.traceparent();
  }

  @Override
  public void ended(Invocation invocation, Outcome<?> outcome) {
    Answer explained = outcomes.answer(inTheContractsTerms(invocation, outcome));
    CachedAnswer answer = explained == null ? written() : kept(explained);
    if (!(outcome instanceof Outcome.Returned)) {
      fail(answer);
    } else if (flight != null) {
      flight.answered(original.headers(), answer);
    } else if (only != null) {
      only.answered(answer, false);
    }
  }

  private OutcomeMapper.Ended inTheContractsTerms(Invocation invocation, Outcome<?> outcome) {
    Shape shape;
    try {
      shape = function.shape();
    } catch (IllegalStateException undeployed) {
      shape = Shape.FUNCTION;
    }
    return new OutcomeMapper.Ended(function, shape, invocation, outcome, request(), response());
  }

  private void fail(CachedAnswer error) {
    if (flight != null) {
      flight.failed(error);
    } else if (only != null) {
      only.answered(error, false);
    }
  }

  private CachedAnswer written() {
    Reply<byte[]> reply = exchange.reply();
    List<String> lines = new ArrayList<>();
    reply
        .headers()
        .forEach(
            (name, values) -> {
              for (String value : values) {
                lines.add(name);
                lines.add(value);
              }
            });
    byte[] written = reply.body();
    return new CachedAnswer(reply.status(), lines, written == null ? new byte[0] : written);
  }

  private static CachedAnswer kept(Answer answer) {
    List<String> lines = new ArrayList<>();
    for (Answer.Line line : answer.headers()) {
      lines.add(line.name());
      lines.add(line.value());
    }
    return new CachedAnswer(answer.status(), lines, answer.body());
  }
}
