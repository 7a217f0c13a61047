package dev.hearth.cli;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.signature.spi.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a running host by its admin port. Belongs to one command. */
final class AdminClient {

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER =
      Duration.ofMinutes(10); // a function may take long to start
  private static final int SPEC_BYTES = 12 << 10; // of what a server takes in headers

  private final URI admin;
  private final @Nullable String token;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  /** A function as the host has it; what it was not told is empty. */
  record Running(String name, String version, String archive, String revision) {}

  private AdminClient(URI admin, @Nullable String token) {
    this.admin = admin;
    this.token = token;
  }

  /**
   * A client of one host.
   *
   * @throws UsageException if the address is none
   */
  static AdminClient of(String url, @Nullable String token) {
    try {
      URI admin = new URI(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      boolean web = "http".equals(admin.getScheme()) || "https".equals(admin.getScheme());
      if (web && admin.getHost() != null && admin.getRawQuery() == null) {
        return new AdminClient(admin, token);
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new UsageException(
        "admin address '" + url + "' is none; expected such as http://127.0.0.1:9090");
  }

  /** Whether the host is on this machine, and so sees its files. */
  boolean isHere() {
    try {
      return InetAddress.getByName(admin.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // asking it tells that
    }
  }

  /** What is deployed. */
  List<Running> functions() {
    List<Running> running = new ArrayList<>();
    if (object(send("GET", "/functions", BodyPublishers.noBody(), Map.of())).get("functions")
        instanceof List<?> all) {
      for (Object each : all) {
        if (each instanceof Map<?, ?> function) {
          running.add(
              new Running(
                  text(function, "name"),
                  text(function, "version"),
                  text(function, "archive"),
                  text(function, "revision")));
        }
      }
    }
    return running;
  }

  /**
   * Deploys or swaps by a path on the host's machine.
   *
   * @return what became of it
   */
  String put(String name, String spec, Path base, String sha256) {
    String query = "?base=" + encoded(base.toString()) + "&sha256=" + sha256;
    return text(
        object(
            send(
                "PUT",
                "/functions/" + name + query,
                BodyPublishers.ofString(spec),
                Map.of("Content-Type", "application/json"))),
        "change");
  }

  /** The same by the archive itself. */
  String upload(String name, String spec, Path base, String sha256, Path archive)
      throws IOException {
    String header = ascii(spec);
    if (header.length() > SPEC_BYTES) {
      throw new UsageException(
          "function '"
              + name
              + "': its settings have "
              + header.length()
              + " bytes, too many beside an uploaded archive; at most "
              + SPEC_BYTES);
    }
    String query = "?base=" + encoded(base.toString()) + "&sha256=" + sha256;
    return text(
        object(
            send(
                "PUT",
                "/functions/" + name + query,
                BodyPublishers.ofFile(archive),
                Map.of("Content-Type", "application/java-archive", "Hearth-Spec", header))),
        "change");
  }

  /** Removes a function. */
  void remove(String name) {
    send("DELETE", "/functions/" + name, BodyPublishers.noBody(), Map.of());
  }

  /** Goes back; gives the version that is served now. */
  String rollback(String name) {
    return text(
        object(send("POST", "/functions/" + name + "/rollback", BodyPublishers.noBody(), Map.of())),
        "version");
  }

  /** The routes, in JSON. */
  String routes() {
    return send("GET", "/routes", BodyPublishers.noBody(), Map.of());
  }

  /** Replaces the routes. */
  void routes(String json) {
    send("PUT", "/routes", BodyPublishers.ofString(json), Map.of());
  }

  private String send(String method, String path, BodyPublisher body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(admin + path)).timeout(ANSWER).method(method, body);
    headers.forEach(request::header);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new RefusedByHostException(refusal(answer));
      }
      return answer.body();
    } catch (IOException e) {
      throw new RefusedByHostException(
          "the host cannot be asked at "
              + admin
              + ": "
              + (e.getMessage() == null ? e : e.getMessage())
              + "; its ready line tells the address");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedByHostException("interrupted while asking " + admin);
    }
  }

  private static String refusal(HttpResponse<String> answer) {
    String said = answer.body().strip();
    try {
      if (JsonText.parse(said) instanceof Map<?, ?> map
          && map.get("error") instanceof String text) {
        said = text;
      }
    } catch (InputException e) {
      // not by our host; shown as it is
    }
    return said + " (status " + answer.statusCode() + ")";
  }

  private static Map<?, ?> object(String json) {
    try {
      if (JsonText.parse(json) instanceof Map<?, ?> map) {
        return map;
      }
    } catch (InputException e) {
      // told below
    }
    throw new RefusedByHostException(
        "the answer is no JSON of a Hearth host; is the address that of its admin port?");
  }

  private static String text(Map<?, ?> object, String name) {
    return object.get(name) instanceof String text ? text : "";
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** JSON that a header may hold. */
  private static String ascii(String json) {
    StringBuilder out = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c < 0x7f) {
        out.append(c);
      } else {
        out.append(String.format("\\u%04x", (int) c));
      }
    }
    return out.toString();
  }
}
