package dev.hearth.guard;

import java.util.logging.LogManager;

/**
 * Stands for what {@code java.util.logging} never lets go of, in the code of one function. Defined once more in each function's loader.
 */
public final class FunctionLogging {

  private FunctionLogging() {}

  /**
   * {@link LogManager#addConfigurationListener}, where the log manager is not one that has a configuration for each function.
   *
   * @throws SecurityException if it is the JDK's own, which keeps the listener for good
   */
  public static LogManager addConfigurationListener(LogManager manager, Runnable listener) {
    if (manager.getClass() == LogManager.class) {
      FunctionResources.refuse("java.util.logging.LogManager.addConfigurationListener");
    }
    return manager.addConfigurationListener(listener);
  }
}
