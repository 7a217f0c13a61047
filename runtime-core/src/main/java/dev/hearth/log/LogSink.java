package dev.hearth.log;

import java.lang.System.Logger.Level;

/** Takes the lines that functions log. Thread-safe; must not throw, and should not block. */
public interface LogSink {

  /**
   * Whether a line of this level would be written; asked before its text is made.
   *
   * @param logger who logs, as the function calls it
   */
  boolean isEnabled(Level level, String function, String logger);

  /** Writes a line. Called on the thread that logs, with the function's context class loader. */
  void write(LogEvent event);
}
