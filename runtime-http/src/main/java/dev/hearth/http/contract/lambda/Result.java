package dev.hearth.http.contract.lambda;

import dev.hearth.FunctionHandle;
import dev.hearth.http.lambda.ErrorReport;
import dev.hearth.http.lambda.Failures;
import dev.hearth.http.lambda.GatewayCall;
import dev.hearth.http.lambda.LambdaResponse;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.FailureFormat;
import dev.hearth.signature.spi.Shape;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of a call, on its way to the Runtime API. Used once, by the poller that fetched its event. */
final class Result {

  private static final byte[] NOTHING = {};
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final String JSON = "application/json";

  /** What the platform takes: 6 MiB and 100 bytes. */
  private static final int PLATFORM_BYTES = 6 * 1024 * 1024 + 100;

  private final LambdaSettings settings;
  private final RuntimeApi api;
  private final FunctionHandle function;
  private final LambdaCall call;
  private final Invocation invocation;

  Result(
      LambdaSettings settings,
      RuntimeApi api,
      FunctionHandle function,
      LambdaCall call,
      Invocation invocation) {
    this.settings = settings;
    this.api = api;
    this.function = function;
    this.call = call;
    this.invocation = invocation;
  }

  /**
   * Waits for the answer and posts it, as it is made where it streams.
   *
   * @return how the call ended
   */
  Outcome<?> post() throws IOException, InterruptedException {
    GatewayCall gateway = call.gateway();
    if (call.answer().awaitCommit()) {
      stream();
    } else if (call.end() instanceof Outcome.Returned<?> returned) {
      whole(returned.value());
    } else if (gateway != null && call.end() instanceof Outcome.Refused<?> refused) {
      respond(gateway.refused(function.name(), refused.cause()));
    } else {
      ErrorReport report = report(call.end());
      check("error", call.event(), api.fail(id(), report));
    }
    Outcome<?> outcome = call.end();
    log(outcome);
    return outcome;
  }

  private String id() {
    return call.event().id();
  }

  private void whole(@Nullable Object value) throws IOException {
    LambdaResponse answer = call.answer();
    if (answer.written() > LambdaResponse.KEPT_BYTES) {
      check("error", call.event(), api.fail(id(), tooLarge(answer.written())));
      return;
    }
    byte[] body = answer.kept();
    int length = answer.length();
    GatewayCall gateway = call.gateway();
    boolean streams = settings.mode() == ResponseMode.HTTP_STREAMING;
    if (gateway != null && !streams) {
      respond(gateway.result(answer, Arrays.copyOf(body, length)));
      return;
    }
    if (streams && (gateway != null || Prelude.isNeeded(answer))) {
      check("response", call.event(), api.stream(id(), Prelude.TYPE, prelude(), new Rest()));
      return;
    }
    if (length == 0 && function.shape() != Shape.EXCHANGE && isNothing(value)) {
      body = NULL;
      length = NULL.length;
    }
    check("response", call.event(), api.respond(id(), contentType(JSON), body, length));
  }

  private void respond(byte[] result) throws IOException {
    check("response", call.event(), api.respond(id(), JSON, result, result.length));
  }

  private static boolean isNothing(@Nullable Object value) {
    return value == null || (value instanceof Optional<?> some && some.isEmpty());
  }

  private static ErrorReport tooLarge(long bytes) {
    return Failures.told(
        ErrorReport.TOO_LARGE,
        ErrorReport.TOO_LARGE,
        "Response payload size ("
            + bytes
            + " bytes) exceeded maximum allowed payload size ("
            + PLATFORM_BYTES
            + " bytes).");
  }

  private byte[] prelude() {
    return Prelude.of(call.answer(), settings.contentType());
  }

  private String contentType(String otherwise) {
    String said = call.answer().headers().first("Content-Type").orElse(otherwise);
    return LambdaSettings.isHeaderValue(said) ? said : otherwise;
  }

  private void stream() throws IOException {
    boolean http = settings.mode() == ResponseMode.HTTP_STREAMING || call.gateway() != null;
    String type = http ? Prelude.TYPE : contentType(settings.contentType());
    String broken = "the platform takes no more of the response";
    try {
      check(
          "response", call.event(), api.stream(id(), type, http ? prelude() : NOTHING, new Rest()));
    } catch (IOException e) {
      broken += ": " + e.getMessage();
      throw e;
    } finally {
      if (!invocation.isEnded()) {
        call.answer().breakOff(broken);
        invocation.cancel(broken);
      }
    }
  }

  /** What the function writes, as it writes it. */
  private final class Rest implements RuntimeApi.Stream {
    @Override
    public byte @Nullable [] next() throws IOException {
      try {
        return call.answer().take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for the function");
      }
    }

    @Override
    public @Nullable ErrorReport failure() {
      Outcome<?> outcome = call.end();
      return outcome instanceof Outcome.Returned
          ? null
          : report(outcome).as(ErrorReport.STREAM_ERROR);
    }
  }

  private ErrorReport report(Outcome<?> outcome) {
    Throwable thrown = thrown(outcome);
    if (thrown != null) {
      return Failures.thrown(format(), thrown);
    }
    if (outcome instanceof Outcome.TimedOut<?> late) {
      return Failures.told(
          ErrorReport.TIMED_OUT,
          "Sandbox.Timedout",
          "RequestId: " + id() + " Error: Task timed out after " + seconds(late) + " seconds");
    }
    String reason =
        outcome instanceof Outcome.Rejected<?> rejected
            ? rejected.reason()
            : ((Outcome.Cancelled<?>) outcome).reason();
    return Failures.told(ErrorReport.UNAVAILABLE, ErrorReport.UNAVAILABLE, reason);
  }

  private static @Nullable Throwable thrown(Outcome<?> outcome) {
    if (outcome instanceof Outcome.Threw<?> threw) {
      return threw.cause();
    }
    return outcome instanceof Outcome.Refused<?> refused ? refused.cause() : null;
  }

  private @Nullable FailureFormat format() {
    try {
      return function.failureFormat();
    } catch (IllegalStateException e) {
      return null; // it is not deployed any more
    }
  }

  /** What the function had, with two decimals as the platform says it. */
  private String seconds(Outcome.TimedOut<?> late) {
    Event event = call.event();
    boolean platforms = System.nanoTime() - event.deadlineNanos() >= 0;
    long nanos = platforms ? event.limitNanos() : late.limit().toNanos();
    long hundredths = Duration.ofNanos(nanos).plusMillis(5).toMillis() / 10;
    long rest = hundredths % 100;
    return hundredths / 100 + (rest < 10 ? ".0" : ".") + rest;
  }

  private void log(Outcome<?> outcome) {
    Throwable thrown = thrown(outcome);
    if (outcome instanceof Outcome.Returned || (thrown != null && isLogged(thrown))) {
      return;
    }
    LambdaContract.log()
        .error("function '{}' failed in invocation {}: {}", function.name(), id(), outcome, thrown);
  }

  /** Whether the function's own log has it. */
  private boolean isLogged(Throwable thrown) {
    FailureFormat format = format();
    try {
      return format != null && format.log(thrown, invocation);
    } catch (RuntimeException | StackOverflowError e) {
      return false; // the exception is the function's own, and its methods may throw
    }
  }

  /**
   * Looks at what a result was answered with. That it was too large or too late, or is not wanted, is the end of its event
   * and of nothing else.
   *
   * @throws ApiException if the API is not well
   */
  static void check(String what, Event event, Reply reply) throws ApiException {
    if (reply.isSuccess()) {
      return;
    }
    String told = what + " of event " + event.id() + " was answered with " + reply.describe();
    if (reply.status() < 400 || reply.status() > 499) {
      throw new ApiException(told);
    }
    LambdaContract.log().warn(told);
  }
}
