package dev.hearth.http.contract;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.Shape;
import org.jspecify.annotations.Nullable;

/** Says in a platform's terms how a call ended. */
@FunctionalInterface
public interface OutcomeMapper {

  /**
   * Makes the answer of a call that has not begun to answer. Runs on any thread, which it must not block.
   *
   * @return the answer; null to send what the function wrote
   */
  @Nullable Answer answer(Ended call);

  /**
   * A call that has ended.
   *
   * @param function what was called last
   * @param shape what it takes and gives
   * @param invocation null when it could not even be admitted
   * @param response what the function wrote; it can no longer be changed
   */
  record Ended(
      FunctionHandle function,
      Shape shape,
      @Nullable Invocation invocation,
      Outcome<?> outcome,
      Request request,
      Response response) {}
}
