package dev.hearth.http.contract.nuclio;

import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.contract.TraceParent;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import dev.hearth.log.LogSink;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event as the host sees it. */
final class EventCall implements Call {

  private static final int LONGEST_ID = 1024;

  private final Event event;
  private final MemoryExchange request;
  private final EventResponse response;
  private final LogLines log;
  private final Connection connection;
  private volatile @Nullable Outcome<?> outcome;

  /**
   * @param log takes its records
   * @param connection told when it has ended
   */
  EventCall(Event event, int mostBytes, LogLines log, Connection connection) {
    this.event = event;
    this.request =
        new MemoryExchange(
            event.method(),
            event.path(),
            event.query(),
            event.headers(),
            new ByteArrayInputStream(event.body()),
            event.body().length);
    this.response = new EventResponse(mostBytes);
    this.log = log;
    this.connection = connection;
  }

  Event event() {
    return event;
  }

  EventResponse answer() {
    return response;
  }

  boolean isEnded() {
    return outcome != null;
  }

  /** How it ended, once {@link #isEnded}. */
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

  /** Of the HTTP trigger a client sent it; other triggers' events have the same keys. */
  @Override
  public boolean isHttp() {
    return "http".equals(event.attributes().get("nuclio.trigger-kind"));
  }

  @Override
  public @Nullable String id() {
    String id = event.id();
    return id == null || id.isBlank() || id.length() > LONGEST_ID ? null : id;
  }

  @Override
  public Map<String, String> attributes() {
    return event.attributes();
  }

  @Override
  public @Nullable String traceparent() {
    List<String> lines = event.headers().get("traceparent");
    String header = lines == null ? null : lines.get(0);
    return TraceParent.isValid(header) ? header : null;
  }

  @Override
  public @Nullable LogSink log() {
    return log.isClosed() ? null : log;
  }

  @Override
  public void ended(Invocation invocation, Outcome<?> how) {
    response.end();
    outcome = how;
    connection.wakeUp();
  }
}
