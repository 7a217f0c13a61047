package dev.hearth.function;

import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The host's log, as one version of a function writes to it. Thread-safe.
 *
 * <p>A line carries the function and its version, and what identifies the call that the writing thread runs. Logging
 * libraries end here; so may code that has none:
 *
 * <pre>{@code
 * private static final Log LOG = Log.of(Resize.class);
 * ...
 * LOG.write(Level.INFO, "acme.Resize", "resized", null, Map.of("width", 640));
 * }</pre>
 */
public interface Log {

  /** The log of the function that this class is of. Outside of a host, such as in a unit test, {@link System.Logger} stands for it. */
  static Log of(Class<?> type) {
    for (ClassLoader loader = type.getClassLoader(); loader != null; loader = loader.getParent()) {
      if (loader instanceof Supplier<?> owner && owner.get() instanceof Environment environment) {
        return environment.log();
      }
    }
    return PlatformLog.log();
  }

  /**
   * Whether a line would be written.
   *
   * @param logger who logs, usually the name of a class
   */
  boolean isEnabled(Level level, String logger);

  /**
   * Writes a line, if its level is enabled. Everything is turned into text before this returns.
   *
   * @param logger who logs, usually the name of a class
   * @param message the text as it shall appear; null reads as {@code null}
   * @param error what went wrong, or null
   * @param fields more facts by name: truth values and numbers are kept as such, other values as text
   */
  void write(
      Level level,
      String logger,
      @Nullable String message,
      @Nullable Throwable error,
      Map<String, ? extends @Nullable Object> fields);

  /** The call of this function that the calling thread runs, whose lines it writes; null outside of one. */
  @Nullable Context call();
}
