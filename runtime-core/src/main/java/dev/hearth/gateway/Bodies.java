package dev.hearth.gateway;

import dev.hearth.function.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How gateways put bodies into events. */
final class Bodies {

  private Bodies() {}

  /** Puts a body as payload format 2.0 does: as text only where its type is one of a short list. */
  static void putVersionTwo(Map<String, @Nullable Object> event, Request request, byte[] body) {
    boolean text = isText(mediaType(request));
    if (body.length > 0) {
      event.put("body", text ? utf8(body) : base64(body));
    }
    event.put("isBase64Encoded", body.length > 0 && !text);
  }

  /** Puts a body as payload format 1.0 does: as bytes only where the API says its type is one of bytes. */
  static void putVersionOne(
      Map<String, @Nullable Object> event, Request request, byte[] body, List<String> binaryTypes) {
    boolean binary = isBinary(mediaType(request), binaryTypes);
    event.put("body", body.length == 0 ? null : binary ? base64(body) : utf8(body));
    event.put("isBase64Encoded", body.length > 0 && binary);
  }

  static boolean isBinary(String mediaType, List<String> binaryTypes) {
    return binaryTypes.contains("*/*") || binaryTypes.contains(mediaType);
  }

  static String mediaType(Request request) {
    return mediaType(request.contentType().orElse(""));
  }

  /** The type without its parameters, in lower case. */
  static String mediaType(String contentType) {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private static boolean isText(String mediaType) {
    return mediaType.startsWith("text/")
        || mediaType.equals("application/json")
        || mediaType.equals("application/xml")
        || mediaType.equals("application/javascript");
  }

  static String utf8(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  static String base64(byte[] body) {
    return Base64.getEncoder().encodeToString(body);
  }
}
