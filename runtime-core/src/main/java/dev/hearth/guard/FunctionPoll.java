package dev.hearth.guard;

import java.lang.invoke.MethodHandle;

/**
 * What the polls in the code of one function call. Defined once more in each function's loader, so that the handle is a constant of
 * that function's code; it may use nothing but the JDK and {@link FunctionSystem}.
 */
public final class FunctionPoll {

  private static final MethodHandle POLL = FunctionSystem.poll();

  private FunctionPoll() {}

  /** Does nothing, or throws what ends the code it is called from. */
  public static void poll() throws Throwable {
    POLL.invokeExact();
  }
}
