package dev.hearth.http.contract.emulator;

import dev.hearth.function.Request;
import dev.hearth.invoke.MemoryExchange;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request as gateways hand it on: with the lines that say where it came from. */
final class Forwarded {

  /** Who calls an emulator. */
  static final String SOURCE = "127.0.0.1";

  private static final String TRACE = "X-Amzn-Trace-Id";
  private static final String FOR = "X-Forwarded-For";

  private Forwarded() {}

  /** The caller's trace, or a new one. */
  static String trace(Request request) {
    return request.headers().first(TRACE).orElseGet(InvokeRequest::newTrace);
  }

  /** The request, its body left out. */
  static Request of(Request request, String trace) {
    Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    lines.putAll(request.headers().asMap());
    String before = String.join(", ", request.headers().all(FOR));
    put(lines, FOR, before.isEmpty() ? SOURCE : before + ", " + SOURCE);
    put(lines, "X-Forwarded-Proto", "http");
    put(lines, "X-Forwarded-Port", port(request.headers().first("Host").orElse("")));
    put(lines, TRACE, trace);
    return new MemoryExchange(
            request.method(),
            request.path(),
            request.query(),
            lines,
            InputStream.nullInputStream(),
            0)
        .request();
  }

  private static void put(Map<String, List<String>> lines, String name, String value) {
    lines.remove(name); // so that the name is spelled as gateways do
    lines.put(name, List.of(value));
  }

  private static String port(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? "80" : host.substring(colon + 1);
  }
}
