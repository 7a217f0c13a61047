package dev.hearth.testing;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Reply;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import dev.hearth.log.LogSink;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call as a contract would make it, without a socket.
 *
 * <pre>{@code
 * Reply<byte[]> reply = WireCall.of("GET", "/a?b=c").header("X-D", "e").reply(function);
 * }</pre>
 */
public final class WireCall {

  private final String method;
  private final String path;
  private final String query;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private byte[] body = {};
  private @Nullable String id; // null to have one made
  private @Nullable String traceparent;
  private @Nullable LogSink log;

  private WireCall(String method, String path, String query) {
    this.method = method;
    this.path = path;
    this.query = query;
  }

  /** A call without headers and body; the target is a path, perhaps with a query. */
  public static WireCall of(String method, String target) {
    int cut = target.indexOf('?');
    return cut < 0
        ? new WireCall(method, target, "")
        : new WireCall(method, target.substring(0, cut), target.substring(cut + 1));
  }

  /** A POST to {@code /}. */
  public static WireCall post(String body) {
    return of("POST", "/").body(body);
  }

  /** Adds a header line. */
  public WireCall header(String name, String value) {
    headers.computeIfAbsent(name, absent -> new ArrayList<>()).add(value);
    return this;
  }

  /** Sets the body. */
  public WireCall body(byte[] bytes) {
    this.body = bytes.clone();
    return this;
  }

  /** Sets the body to a text in UTF-8. */
  public WireCall body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sets something the platform says about the call. */
  public WireCall attribute(String name, String value) {
    attributes.put(name, value);
    return this;
  }

  /** Sets the call's id. */
  public WireCall id(String id) {
    this.id = id;
    return this;
  }

  /** Sets the caller's W3C trace context. */
  public WireCall traceparent(String traceparent) {
    this.traceparent = traceparent;
    return this;
  }

  /** Takes what the function logs. */
  public WireCall log(LogSink sink) {
    this.log = sink;
    return this;
  }

  /** Runs it and waits for its end. */
  public Outcome<?> outcome(FunctionHandle function) {
    return run(function).outcome();
  }

  /** Runs it, expects that the function returned, and gives what it wrote. */
  public Reply<byte[]> reply(FunctionHandle function) {
    Running running = run(function);
    return reply(running)
        .orElseThrow(() -> new AssertionError("the function did not return: " + running.outcome()));
  }

  /** Runs it and gives what the function wrote; empty if it did not return. */
  public Optional<Reply<byte[]>> replyIfAny(FunctionHandle function) {
    return reply(run(function));
  }

  private static Optional<Reply<byte[]>> reply(Running running) {
    return running.outcome() instanceof Outcome.Returned
        ? Optional.of(running.exchange.reply())
        : Optional.empty();
  }

  /** What the function wrote, as text in UTF-8. */
  public String text(FunctionHandle function) {
    return new String(reply(function).body(), StandardCharsets.UTF_8);
  }

  private Running run(FunctionHandle function) {
    MemoryExchange exchange =
        new MemoryExchange(
            method, path, query, headers, new ByteArrayInputStream(body), body.length);
    Running running = new Running(exchange, id, traceparent, log, Map.copyOf(attributes));
    function.dispatch(running);
    return running;
  }

  private static final class Running implements Call {
    private final MemoryExchange exchange;
    private final @Nullable String id;
    private final @Nullable String traceparent;
    private final @Nullable LogSink log;
    private final Map<String, String> attributes;
    private final CompletableFuture<Outcome<?>> end = new CompletableFuture<>();

    Running(
        MemoryExchange exchange,
        @Nullable String id,
        @Nullable String traceparent,
        @Nullable LogSink log,
        Map<String, String> attributes) {
      this.exchange = exchange;
      this.id = id;
      this.traceparent = traceparent;
      this.log = log;
      this.attributes = attributes;
    }

    Outcome<?> outcome() {
      try {
        return end.get(60, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new AssertionError("the call did not end", e);
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
    public @Nullable String id() {
      return id;
    }

    @Override
    public @Nullable String traceparent() {
      return traceparent;
    }

    @Override
    public @Nullable LogSink log() {
      return log;
    }

    @Override
    public Map<String, String> attributes() {
      return attributes;
    }

    @Override
    public void ended(Invocation invocation, Outcome<?> how) {
      end.complete(how);
    }
  }
}
