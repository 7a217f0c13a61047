package dev.hearth.http.contract.azure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code host.json} says to a handler ("host.json reference for Azure Functions"); settings {@code AzureFunctionsJobHost__…} of the
 * app go before it.
 *
 * @param forwards whether functions with HTTP on both sides, and nothing else, get their clients' own requests
 * @param byName whether those come to {@code /{function}} instead of the client's path: the older section {@code httpWorker}
 * @param routePrefix what stands before routes, without slashes at its ends; may be empty
 * @param timeout when the host kills the process because of one call; null for never
 */
record HostJson(boolean forwards, boolean byName, String routePrefix, @Nullable Duration timeout) {

  /** There is no file. */
  static final HostJson NONE = new HostJson(false, false, "api", null);

  private static final String OVERRIDE = "AzureFunctionsJobHost__";
  private static final String UNLIMITED = "-1";
  private static final Duration CONSUMPTION = Duration.ofMinutes(5);
  private static final Duration OTHERS = Duration.ofMinutes(30);

  /**
   * Reads an app folder's file, if there is one.
   *
   * @throws IllegalArgumentException if it makes no sense; the message names it
   */
  static HostJson read(Path root, Map<String, String> environment) {
    Path file = root.resolve("host.json");
    if (!Files.isRegularFile(file)) {
      return NONE;
    }
    Reader reader = new Reader(ConfigJson.read(file), environment);
    ConfigJson custom = reader.json.object("customHandler");
    boolean byName = custom == null && reader.json.object("httpWorker") != null;
    boolean forwards =
        byName
            || reader.isOn("customHandler", "enableForwardingHttpRequest")
            || reader.isOn("customHandler", "enableProxyingHttpRequest");
    String prefix = reader.text("extensions", "http", "routePrefix");
    String timeout = reader.text("functionTimeout");
    return new HostJson(
        forwards,
        byName,
        prefix == null ? "api" : trimmed(prefix),
        timeout == null ? usual(environment) : timeout(timeout, file));
  }

  private static Duration usual(Map<String, String> environment) {
    return "Dynamic".equals(environment.get("WEBSITE_SKU")) ? CONSUMPTION : OTHERS;
  }

  private static @Nullable Duration timeout(String text, Path file) {
    if (text.startsWith(UNLIMITED)) {
      return null;
    }
    Duration time = TimeSpan.parse(text);
    if (time == null || time.isZero()) {
      throw new IllegalArgumentException(
          file + ": functionTimeout is '" + text + "'; it must be hh:mm:ss, or -1 for none");
    }
    return time;
  }

  private static String trimmed(String prefix) {
    int from = 0;
    int to = prefix.length();
    while (from < to && prefix.charAt(from) == '/') {
      from++;
    }
    while (to > from && prefix.charAt(to - 1) == '/') {
      to--;
    }
    return prefix.substring(from, to);
  }

  /** Looks up settings by their path. */
  private record Reader(ConfigJson json, Map<String, String> environment) {

    @Nullable String text(String... path) {
      String said = environment.get(OVERRIDE + String.join("__", path));
      if (said != null) {
        return said;
      }
      ConfigJson at = json;
      for (int i = 0; i < path.length - 1; i++) {
        at = at.object(path[i]);
        if (at == null) {
          return null;
        }
      }
      return at.text(path[path.length - 1]);
    }

    boolean isOn(String... path) {
      return "true".equalsIgnoreCase(text(path));
    }
  }
}
