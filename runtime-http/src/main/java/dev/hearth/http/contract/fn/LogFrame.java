package dev.hearth.http.contract.fn;

import dev.hearth.function.Request;
import dev.hearth.http.contract.Streams;
import java.util.Map;

/**
 * The line by which whoever reads the container's log tells one call's part from the next.
 *
 * @param name stands before the value; empty for no line
 * @param header has the value; empty for no line
 */
record LogFrame(String name, String header) {

  /** As the container's variables ask for it. */
  static LogFrame of(Map<String, String> environment) {
    return new LogFrame(
        environment.getOrDefault("FN_LOGFRAME_NAME", ""),
        environment.getOrDefault("FN_LOGFRAME_HDR", ""));
  }

  /** Writes it to both streams, in the kit's shape; on a thread that may block. */
  void write(Request call, Streams streams) {
    if (name.isEmpty() || header.isEmpty()) {
      return;
    }
    String value = call.headers().first(header).orElse("");
    if (!value.isEmpty()) {
      streams.mark("\n" + name + "=" + value + "\n");
    }
  }
}
