package dev.hearth.http;

import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.CallObserver;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import dev.hearth.log.LogSink;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One function's call on behalf of an exchange. */
final class HttpCall implements Call {

  private final CallDetails details;
  private final Request request;
  private final Response response;
  private final Ending ending;

  /** Is told how the call ended; on any thread. */
  @FunctionalInterface
  interface Ending {
    void ended(Invocation invocation, Outcome<?> outcome);
  }

  HttpCall(CallDetails details, Request request, Response response, Ending ending) {
    this.details = details;
    this.request = request;
    this.response = response;
    this.ending = ending;
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
  public long deadlineNanos() {
    return details.deadlineNanos();
  }

  @Override
  public Map<String, String> attributes() {
    return details.attributes();
  }

  @Override
  public @Nullable String traceparent() {
    return details.traceparent();
  }

  @Override
  public @Nullable LogSink log() {
    return details.log();
  }

  @Override
  public void entering(Invocation invocation) {
    CallObserver observer = details.observer();
    if (observer != null) {
      observer.entering(invocation);
    }
  }

  @Override
  public void left(Invocation invocation, Outcome<?> outcome) {
    CallObserver observer = details.observer();
    if (observer != null) {
      observer.left(invocation, outcome);
    }
  }

  @Override
  public void ended(Invocation invocation, Outcome<?> outcome) {
    CallObserver observer = details.observer();
    if (observer != null) {
      observer.ended(invocation, outcome);
    }
    ending.ended(invocation, outcome);
  }
}
