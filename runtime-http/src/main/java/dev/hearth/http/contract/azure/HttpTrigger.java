package dev.hearth.http.contract.azure;

import dev.hearth.function.Request;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.InputException;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request of an HTTP trigger in an envelope, made into a request again. */
final class HttpTrigger {

  private HttpTrigger() {}

  /**
   * The request.
   *
   * @param json {@code Url}, {@code Method}, {@code Query}, {@code Headers} and {@code Body}, any of which may be missing
   * @throws InputException if the body is not the base64 that its type promises
   */
  static Request request(Map<?, ?> json, String function) throws InputException {
    String url = Members.text(json.get("Url"));
    int scheme = url.indexOf("://");
    int path = url.indexOf('/', scheme < 0 ? 0 : scheme + 3);
    int query = url.indexOf('?');
    String method = Members.text(json.get("Method"));
    Map<String, List<String>> headers = headers(json.get("Headers"));
    byte[] body = body(json.get("Body"), contentType(headers));
    return new MemoryExchange(
            method.isEmpty() ? "POST" : method.toUpperCase(Locale.ROOT),
            path < 0 || (query >= 0 && query < path)
                ? "/" + function
                : url.substring(path, query < 0 ? url.length() : query),
            query < 0 ? query(json.get("Query")) : url.substring(query + 1),
            headers,
            new ByteArrayInputStream(body),
            body.length)
        .request();
  }

  private static Map<String, List<String>> headers(@Nullable Object json) {
    Map<String, List<String>> headers = new HashMap<>();
    for (Map.Entry<?, ?> header : Members.of(json).entrySet()) {
      List<String> lines = new ArrayList<>();
      if (header.getValue() instanceof List<?> values) {
        for (Object value : values) {
          lines.add(Members.text(value));
        }
      } else {
        lines.add(Members.text(header.getValue()));
      }
      headers.put(header.getKey().toString(), lines);
    }
    return headers;
  }

  private static String contentType(Map<String, List<String>> headers) {
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase("Content-Type") && !header.getValue().isEmpty()) {
        return header.getValue().get(0);
      }
    }
    return "";
  }

  private static String query(@Nullable Object json) {
    StringBuilder query = new StringBuilder();
    for (Map.Entry<?, ?> each : Members.of(json).entrySet()) {
      query
          .append(query.length() == 0 ? "" : "&")
          .append(encoded(each.getKey().toString()))
          .append('=')
          .append(encoded(Members.joined(each.getValue())));
    }
    return query.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static byte[] body(@Nullable Object json, String type) throws InputException {
    String text = Members.text(json);
    String media = type.strip().toLowerCase(Locale.ROOT);
    if (!media.startsWith("application/octet-stream") && !media.startsWith("multipart/")) {
      return text.getBytes(charset(media));
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw InputException.malformed(
          "the body is to be base64, as its type is " + type + ": " + e.getMessage(), e);
    }
  }

  /** The character set that the type names, so that the function reads with it what was written with it. */
  private static Charset charset(String media) {
    int at = media.indexOf("charset=");
    if (at < 0) {
      return StandardCharsets.UTF_8;
    }
    int end = media.indexOf(';', at);
    String name = media.substring(at + 8, end < 0 ? media.length() : end);
    try {
      return Charset.forName(name.replace("\"", "").strip());
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }
}
