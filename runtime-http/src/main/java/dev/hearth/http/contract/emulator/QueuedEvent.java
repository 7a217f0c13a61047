package dev.hearth.http.contract.emulator;

import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.http.lambda.GatewayCall;
import dev.hearth.http.lambda.LambdaResponse;
import dev.hearth.http.lambda.XrayTrace;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import dev.hearth.log.LogSink;
import dev.hearth.signature.spi.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One accepted event: the version it was accepted for, and how often it was tried. */
final class QueuedEvent implements Runnable {

  private final EventQueue queue;
  private final Shared shared;
  private final Target target;
  private final String id;
  private final byte[] payload;
  private final Map<String, String> attributes;
  private final long endNanos;

  // One attempt follows the other; each sees what the one before left.
  private volatile int failures;
  private volatile int refusals;

  QueuedEvent(
      EventQueue queue,
      Shared shared,
      Target target,
      String id,
      byte[] payload,
      Map<String, String> attributes) {
    this.queue = queue;
    this.shared = shared;
    this.target = target;
    this.id = id;
    this.payload = payload;
    this.attributes = attributes;
    this.endNanos = System.nanoTime() + shared.settings.age().toNanos();
  }

  String id() {
    return id;
  }

  int size() {
    return payload.length;
  }

  @Override
  public void run() {
    shared.restarts.whenReady(target.handle(), new Attempt());
  }

  private void failed(CallResult error) {
    int before = failures;
    failures = before + 1;
    if (before < shared.settings.retries()) {
      queue.run(this, shared.settings.pauses().get(before).toMillis());
      return;
    }
    EventQueue.log()
        .warn(
            "event {} of function '{}' is given up after {} attempts: {}",
            id,
            target.function(),
            before + 1,
            new String(error.body(), StandardCharsets.UTF_8));
    queue.done(this);
  }

  /** It found no room, or the host was at fault. */
  private void refused(String reason) {
    int times = refusals + 1;
    refusals = times;
    long pause = EventQueue.pauseMillis(times);
    if (target.handle().isDeployed() && System.nanoTime() + pause * 1_000_000 - endNanos < 0) {
      queue.run(this, pause);
      return;
    }
    EventQueue.log()
        .warn("event {} of function '{}' is given up: {}", id, target.function(), reason);
    queue.done(this);
  }

  /** One call of the function. */
  private final class Attempt implements Runnable, Call {
    private final CallWatch watch = new CallWatch(shared, target, id, false);
    private final LambdaResponse response = new LambdaResponse(false);
    private @Nullable GatewayCall gateway; // set before the call is dispatched
    private @Nullable PayloadExchange made; // likewise

    @Override
    public void run() {
      gateway = GatewayCall.of(target.handle(), payload);
      made = new PayloadExchange(payload, gateway, response);
      try {
        target.handle().dispatch(this);
      } catch (IllegalStateException | RejectedExecutionException e) {
        refused(String.valueOf(e.getMessage()));
      }
    }

    private PayloadExchange made() {
      PayloadExchange known = made;
      if (known == null) {
        throw new IllegalStateException("the attempt has not begun");
      }
      return known;
    }

    @Override
    public Request request() {
      return made().request();
    }

    @Override
    public Response response() {
      return response;
    }

    @Override
    public boolean isHttp() {
      return made().isHttp();
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public Map<String, String> attributes() {
      return attributes;
    }

    @Override
    public @Nullable String traceparent() {
      return XrayTrace.traceparent(attributes.get("lambda.trace-id"));
    }

    @Override
    public LogSink log() {
      return watch.log();
    }

    @Override
    public void entering(Invocation invocation) {
      watch.entering(invocation);
    }

    @Override
    public void left(Invocation invocation, Outcome<?> outcome) {
      watch.left(invocation, outcome);
    }

    @Override
    public void ended(Invocation invocation, Outcome<?> outcome) {
      watch.ended(invocation, outcome);
      response.end();
      Shape shape = target.handle().isDeployed() ? target.handle().shape() : Shape.FUNCTION;
      Ended call =
          new Ended(target.handle(), shape, invocation, outcome, made().request(), response);
      try {
        CallResult result = CallResult.of(id, call, response, gateway);
        if (result.isError()) {
          failed(result);
        } else {
          queue.done(QueuedEvent.this);
        }
      } catch (ApiException e) {
        refused(String.valueOf(e.getMessage()));
      }
    }
  }
}
