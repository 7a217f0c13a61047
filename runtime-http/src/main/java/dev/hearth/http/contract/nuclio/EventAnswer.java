package dev.hearth.http.contract.nuclio;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearth.function.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one event is answered with, as {@code pkg/processor/runtime/rpc/result/result.go} reads it.
 *
 * @param contentType null leaves the processor's default
 * @param headers all as text: numbers arrive there as fractions and are dropped
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record EventAnswer(
    int status, @Nullable String contentType, Map<String, String> headers, byte[] body) {

  private static final String CONTENT_TYPE = "Content-Type";
  private static final int OK = 200;

  /** What frames a message is the processor's to say. */
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** A status with plain text. */
  static EventAnswer text(int status, String text) {
    return new EventAnswer(
        status,
        "text/plain; charset=utf-8",
        Map.of(),
        Json.clean(text).getBytes(StandardCharsets.UTF_8));
  }

  /** What a function has written. */
  static EventAnswer of(EventResponse response) {
    byte[] body = response.written();
    Headers said = response.headers();
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : said.names()) {
      if (!name.equalsIgnoreCase(CONTENT_TYPE)
          && !FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
        add(headers, name, said.all(name));
      }
    }
    int status = response.status() == 0 ? OK : response.status();
    return new EventAnswer(status, said.first(CONTENT_TYPE).orElse(null), headers, body);
  }

  /**
   * An answer has one line for a name. Several are joined, as HTTP allows; cookies cannot be, and are told apart by the case of their
   * name, which the processor puts right again.
   */
  private static void add(Map<String, String> headers, String name, List<String> values) {
    if (!name.equalsIgnoreCase("Set-Cookie")) {
      headers.put(name, String.join(", ", values));
      return;
    }
    for (int i = 0; i < values.size() && i < 1 << 9; i++) {
      headers.put(inCase("set-cookie", i), values.get(i));
    }
  }

  /** The name with those letters in capitals whose bits are set. */
  private static String inCase(String name, int bits) {
    StringBuilder cased = new StringBuilder(name);
    int left = bits;
    for (int i = 0; i < cased.length() && left > 0; i++) {
      if (cased.charAt(i) != '-') {
        if ((left & 1) != 0) {
          cased.setCharAt(i, Character.toUpperCase(cased.charAt(i)));
        }
        left >>= 1;
      }
    }
    return cased.toString();
  }

  /**
   * Writes it as an object.
   *
   * @param id the event's, or null
   */
  void write(JsonGenerator json, @Nullable String id) throws IOException {
    json.writeStartObject();
    json.writeNumberField("status_code", status);
    json.writeStringField("content_type", contentType == null ? "" : Json.clean(contentType));
    json.writeObjectFieldStart("headers");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      json.writeStringField(Json.clean(header.getKey()), Json.clean(header.getValue()));
    }
    json.writeEndObject();
    boolean text = Utf8.isValid(body);
    json.writeStringField("body_encoding", text ? "text" : "base64");
    json.writeFieldName("body");
    if (text) {
      json.writeUTF8String(body, 0, body.length);
    } else {
      json.writeBinary(body);
    }
    if (id != null) {
      json.writeStringField("event_id", Json.clean(id));
    }
    json.writeEndObject();
  }
}
