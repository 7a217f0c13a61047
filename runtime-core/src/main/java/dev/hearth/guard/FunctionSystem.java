package dev.hearth.guard;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
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

  /** Made when a property is first asked for. */
  private static final class Own {
    static final FunctionProperties PROPERTIES = new FunctionProperties();
  }

  /** {@link System#getProperty(String)}. */
  public static @Nullable String getProperty(String name) {
    return Own.PROPERTIES.getProperty(required(name));
  }

  /** {@link System#getProperty(String, String)}. */
  public static @Nullable String getProperty(String name, @Nullable String otherwise) {
    return Own.PROPERTIES.getProperty(required(name), otherwise);
  }

  /** {@link System#setProperty}. */
  public static @Nullable String setProperty(String name, String value) {
    return Own.PROPERTIES.setProperty(required(name), value) instanceof String before
        ? before
        : null;
  }

  /** {@link System#clearProperty}. */
  public static @Nullable String clearProperty(String name) {
    return Own.PROPERTIES.remove(required(name)) instanceof String before ? before : null;
  }

  /** {@link System#getProperties}. */
  public static Properties getProperties() {
    return Own.PROPERTIES;
  }

  /** {@link System#setProperties}. */
  public static void setProperties(@Nullable Properties properties) {
    Own.PROPERTIES.become(properties);
  }

  /** Sets properties of the process to what they were; gives their names. Called by the host, by name. */
  static List<Object> restore() {
    return Own.PROPERTIES.restore();
  }

  private static String required(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("key can't be empty"); // in the JDK's words
    }
    return name;
  }

  /** {@link Integer#getInteger(String)}. */
  public static @Nullable Integer getInteger(@Nullable String name) {
    return getInteger(name, null);
  }

  /** {@link Integer#getInteger(String, int)}. */
  public static @Nullable Integer getInteger(@Nullable String name, int otherwise) {
    return getInteger(name, Integer.valueOf(otherwise));
  }

  /** {@link Integer#getInteger(String, Integer)}. */
  public static @Nullable Integer getInteger(@Nullable String name, @Nullable Integer otherwise) {
    String value = lenient(name);
    try {
      return value == null ? otherwise : Integer.decode(value);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** {@link Long#getLong(String)}. */
  public static @Nullable Long getLong(@Nullable String name) {
    return getLong(name, null);
  }

  /** {@link Long#getLong(String, long)}. */
  public static @Nullable Long getLong(@Nullable String name, long otherwise) {
    return getLong(name, Long.valueOf(otherwise));
  }

  /** {@link Long#getLong(String, Long)}. */
  public static @Nullable Long getLong(@Nullable String name, @Nullable Long otherwise) {
    String value = lenient(name);
    try {
      return value == null ? otherwise : Long.decode(value);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** {@link Boolean#getBoolean}. */
  public static boolean getBoolean(@Nullable String name) {
    return Boolean.parseBoolean(lenient(name));
  }

  private static @Nullable String lenient(@Nullable String name) {
    return name == null || name.isEmpty() ? null : getProperty(name);
  }

  /** The function's name, for messages. */
  static String function() {
    return function;
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
