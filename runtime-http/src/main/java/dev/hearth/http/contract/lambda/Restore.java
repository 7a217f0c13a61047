package dev.hearth.http.contract.lambda;

import dev.hearth.FunctionHandle;
import dev.hearth.InvocationException;
import dev.hearth.http.lambda.ErrorReport;
import dev.hearth.http.lambda.Failures;
import dev.hearth.signature.spi.FailureFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** SnapStart: the process is stored once it has started, and brought back as often as it is needed. */
final class Restore {

  /** What the vendor's client exits with when a hook fails. */
  private static final int EXIT_HOOK = 64;

  private final LambdaContract contract;
  private final RuntimeApi api;
  private final @Nullable FunctionHandle function;

  Restore(LambdaContract contract, RuntimeApi api) {
    this.contract = contract;
    this.api = api;
    this.function = contract.function();
  }

  /**
   * Runs the hooks of before, waits until the process is back, runs those of after.
   *
   * @return whether the function can go on; if not, the API knows, and the process ends
   */
  boolean run() throws IOException {
    try {
      if (function != null) {
        function.freeze();
      }
      contract.surroundings().beforeStored();
      api.restoreNext();
    } catch (InvocationException | ApiException e) {
      fail(ErrorReport.BEFORE_CHECKPOINT, e);
      return false;
    }
    try {
      if (function != null) {
        function.thaw();
      }
    } catch (InvocationException e) {
      fail(ErrorReport.AFTER_RESTORE, e);
      return false;
    }
    contract.startOthers();
    return true;
  }

  private void fail(String type, Exception failure) {
    LambdaContract.log().error("{}", type, failure);
    Throwable cause = failure.getCause();
    Throwable told = failure instanceof InvocationException && cause != null ? cause : failure;
    FailureFormat format = function == null ? null : function.failureFormat();
    ErrorReport report = new ErrorReport(type, Failures.thrown(format, told).document(), null);
    try {
      Reply reply =
          type.equals(ErrorReport.BEFORE_CHECKPOINT)
              ? api.failInit(report)
              : api.failRestore(report);
      if (!reply.isSuccess()) {
        LambdaContract.log().warn("{} was answered with {}", type, reply.describe());
      }
    } catch (IOException e) {
      LambdaContract.log().warn("{} could not be told: {}", type, e.getMessage());
    }
    contract.giveUp(EXIT_HOOK, type);
  }
}
