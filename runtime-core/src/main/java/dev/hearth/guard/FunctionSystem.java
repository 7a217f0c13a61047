package dev.hearth.guard;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands for {@link System} in the code of one function. Defined once more in each function's loader, so that its statics are
 * the function's; it may use nothing but the JDK.
 */
public final class FunctionSystem {

  // Set once by the loader that defines this, before any code of the function can call it.
  private static volatile Map<String, String> variables = Map.of();
  private static volatile String function = "";
  private static volatile @Nullable MethodHandle poll;

  private FunctionSystem() {}

  /** Called by the host, by name. */
  static void begin(String name, Map<String, String> environment, @Nullable MethodHandle polls) {
    function = name;
    variables = environment;
    poll = polls;
  }

  /** What polls of this function call. */
  static MethodHandle poll() {
    return Objects.requireNonNull(poll, "this function has no polls");
  }

  /** All rights over the classes of the loader that this class is in. Called by the host, by name. */
  static MethodHandles.Lookup lookup() {
    return MethodHandles.lookup();
  }

  /** {@link System#getenv(String)}. */
  public static @Nullable String getenv(String name) {
    return variables.get(Objects.requireNonNull(name));
  }

  /** {@link System#getenv()}. */
  public static Map<String, String> getenv() {
    return variables;
  }

  /**
   * {@link System#exit}, refused.
   *
   * @throws SecurityException always, which is what callers were taught to expect
   */
  @SuppressWarnings("DoNotCallSuggester") // its callers were compiled against System
  public static void exit(int status) {
    throw new SecurityException(
        "function '"
            + function
            + "' called System.exit("
            + status
            + "); it cannot end the process that runs it: return, or throw an exception");
  }
}
