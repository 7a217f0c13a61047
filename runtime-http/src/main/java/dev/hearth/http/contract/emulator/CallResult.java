package dev.hearth.http.contract.emulator;

import dev.hearth.FunctionHandle;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.http.lambda.ErrorReport;
import dev.hearth.http.lambda.Failures;
import dev.hearth.http.lambda.GatewayCall;
import dev.hearth.http.lambda.LambdaResponse;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Outcome.Phase;
import dev.hearth.signature.spi.FailureFormat;
import dev.hearth.signature.spi.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an invocation gave: a result, or an error document of the function's.
 *
 * @param errorType what kind of error it is; null for a result
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record CallResult(byte[] body, @Nullable String errorType) {

  static final String TIMED_OUT = "Sandbox.Timedout";
  static final String EXITED = "Runtime.ExitError";

  /** What the service takes: 6 MiB and 100 bytes. */
  static final int MOST_BYTES = (6 << 20) + 100;

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  boolean isError() {
    return errorType != null;
  }

  /**
   * Reads how a call ended.
   *
   * @param response what the function wrote
   * @param gateway the gateway's event that the call was, or null
   * @throws ApiException if it is no answer of the function's
   */
  static CallResult of(
      String id, Ended call, LambdaResponse response, @Nullable GatewayCall gateway)
      throws ApiException {
    if (!(call.outcome() instanceof Outcome.Returned<?> returned)) {
      if (gateway != null && call.outcome() instanceof Outcome.Refused<?> refused) {
        return new CallResult(gateway.refused(call.function().name(), refused.cause()), null);
      }
      return failure(id, call.function(), call.outcome());
    }
    if (response.written() > MOST_BYTES) {
      return tooLarge(response.written());
    }
    byte[] body = Arrays.copyOf(response.kept(), response.length());
    boolean nothing =
        body.length == 0 && call.shape() != Shape.EXCHANGE && isNothing(returned.value());
    if (gateway != null) {
      return new CallResult(gateway.result(response, body), null);
    }
    return new CallResult(nothing ? NULL : body, null);
  }

  private static boolean isNothing(@Nullable Object value) {
    return value == null || (value instanceof Optional<?> some && some.isEmpty());
  }

  private static CallResult tooLarge(long bytes) {
    return error(
        ErrorReport.TOO_LARGE,
        "Response payload size ("
            + bytes
            + " bytes) exceeded maximum allowed payload size ("
            + MOST_BYTES
            + " bytes).");
  }

  private static CallResult error(String type, String message) {
    return new CallResult(Failures.told(type, type, message).document(), type);
  }

  /**
   * Words a call that gave no result.
   *
   * @throws ApiException if the function is not to blame
   */
  static CallResult failure(String id, FunctionHandle function, Outcome<?> outcome)
      throws ApiException {
    if (outcome instanceof Outcome.Threw<?> threw) {
      return threw(id, function, threw.cause());
    }
    if (outcome instanceof Outcome.Refused<?> refused) {
      return thrown(function, refused.cause());
    }
    if (outcome instanceof Outcome.TimedOut<?> late && late.phase() != Phase.QUEUE) {
      return error(TIMED_OUT, "RequestId: " + id + " Error: " + timedOut(late));
    }
    if (outcome instanceof Outcome.Cancelled<?> cancelled) {
      throw ApiException.service(cancelled.reason());
    }
    if (!function.isDeployed()) {
      throw ApiException.notFound("Function not found: " + function.name());
    }
    throw ApiException.throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
  }

  private static CallResult threw(String id, FunctionHandle function, Throwable cause) {
    int status = ExitStatus.of(cause);
    if (status == ExitStatus.NONE) {
      return thrown(function, cause);
    }
    String how = status == 0 ? " without providing a reason" : " with error: exit status " + status;
    return error(EXITED, "RequestId: " + id + " Error: Runtime exited" + how);
  }

  private static CallResult thrown(FunctionHandle function, Throwable cause) {
    FailureFormat format = function.isDeployed() ? function.failureFormat() : null;
    ErrorReport report = Failures.thrown(format, cause);
    return new CallResult(report.document(), report.type());
  }

  /** {@code Task timed out after 3.00 seconds}. */
  static String timedOut(Outcome.TimedOut<?> late) {
    return "Task timed out after "
        + PlatformLines.seconds(late.limit().toMillis() / 10)
        + " seconds";
  }
}
