package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Where a version's logger writes. Thread-safe. */
interface LogOutput {

  /** Lambda's log is the process's output, unless the platform says otherwise. */
  LogOutput STANDARD = new Standard();

  /** Writes a message, exactly these bytes. */
  void write(byte[] message, LogLevel level);

  /**
   * Where the platform wants it.
   *
   * @param descriptor value of {@code _LAMBDA_TELEMETRY_LOG_FD}; null for {@link #STANDARD}
   * @param json whether messages are JSON
   */
  @SuppressWarnings(
      "SystemOut") // there is nowhere else to say that the platform's own place is not there
  static LogOutput of(@Nullable String descriptor, boolean json) {
    if (descriptor == null || descriptor.isEmpty()) {
      return STANDARD;
    }
    try {
      FileOutputStream out = Descriptor.open(Integer.parseInt(descriptor));
      return new TelemetryOutput(out, json);
    } catch (NumberFormatException | IOException e) {
      System.err.println(
          "_LAMBDA_TELEMETRY_LOG_FD is '"
              + descriptor
              + "', which cannot be written to ("
              + e.getMessage()
              + "); the log goes to standard output");
      return STANDARD;
    }
  }

  /** The process's standard output. */
  final class Standard implements LogOutput {
    private Standard() {}

    @Override
    @SuppressWarnings("SystemOut") // see STANDARD
    public void write(byte[] message, LogLevel level) {
      PrintStream out = System.out;
      out.write(message, 0, message.length);
      out.flush();
    }
  }
}
