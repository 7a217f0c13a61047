package dev.hearth.signature.spring;

import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * What Spring Boot changes of the whole process when it starts and stops an application: handlers of the JDK's root logger, which it
 * replaces by a bridge into the application, and system properties by which it speaks to the application's logging.
 *
 * <p>Two applications that start at the same moment may see each other's properties for that moment.
 */
final class ProcessState {

  private static final String ROOT = "";
  private static final Set<String> PREFIXES =
      Set.of(
          "PID",
          "LOG_",
          "LOGGED_",
          "LOGBACK_",
          "CONSOLE_LOG_",
          "FILE_LOG_",
          "APPLICATION_",
          "EXCEPTION_CONVERSION_WORD",
          "java.awt.headless");

  private final Handler[] handlers;
  private final Set<String> properties;

  private ProcessState(Handler[] handlers, Set<String> properties) {
    this.handlers = handlers;
    this.properties = properties;
  }

  static ProcessState take() {
    return new ProcessState(root().getHandlers(), names());
  }

  private static Logger root() {
    return LogManager.getLogManager().getLogger(ROOT);
  }

  private static Set<String> names() {
    Set<String> names = new HashSet<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      for (String prefix : PREFIXES) {
        if (name.startsWith(prefix)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /**
   * Puts back what was there.
   *
   * @param function the loader whose classes must not be left in the process
   */
  void restore(ClassLoader function) {
    Logger root = root();
    Set<Handler> now = new HashSet<>(Set.of(root.getHandlers()));
    for (Handler handler : now) {
      if (handler.getClass().getClassLoader() == function) {
        root.removeHandler(handler);
      }
    }
    for (Handler handler : handlers) {
      // Another function's bridge was there for a moment only.
      boolean processes =
          handler.getClass().getClassLoader() == ClassLoader.getSystemClassLoader()
              || handler.getClass().getClassLoader() == null;
      if (processes && !now.contains(handler)) {
        root.addHandler(handler);
      }
    }
    Properties system = System.getProperties();
    for (String name : names()) {
      if (!properties.contains(name)) {
        system.remove(name);
      }
    }
  }
}
