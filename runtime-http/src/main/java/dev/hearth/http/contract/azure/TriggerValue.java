package dev.hearth.http.contract.azure;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.signature.spi.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger other than HTTP's brings, as the body that a function is given.
 *
 * <p>The host wraps ("Azure Functions custom handlers", request payload): a text arrives as a JSON string that holds a JSON string, a
 * number or list as one that holds their JSON, null as {@code "null"}, bytes as base64; objects are themselves. Every form is taken, with
 * and without the wrapping.
 *
 * @param contentType null where there is nothing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TriggerValue(byte[] body, @Nullable String contentType) {

  private static final String JSON = "application/json";

  /**
   * Opens a value of {@code Data}.
   *
   * @param isBinary whether its text is the base64 of bytes
   */
  static TriggerValue of(@Nullable Object value, boolean isBinary) {
    if (!(value instanceof String string)) {
      return value == null ? nothing() : json(JsonText.print(value));
    }
    Object held = parsed(string);
    if (held == NONE) {
      return isBinary ? bytes(string) : text(string);
    }
    if (held == null) {
      return nothing();
    }
    if (held instanceof String text) {
      return isBinary ? bytes(text) : text(text);
    }
    return json(string);
  }

  /** The text that a value of {@code Metadata} is: the one it wraps, else its own, else its JSON. */
  static String text(Object value) {
    if (!(value instanceof String string)) {
      return JsonText.print(value);
    }
    return parsed(string) instanceof String wrapped ? wrapped : string;
  }

  private static TriggerValue nothing() {
    return new TriggerValue(new byte[0], null);
  }

  private static TriggerValue json(String json) {
    return new TriggerValue(json.getBytes(StandardCharsets.UTF_8), JSON);
  }

  /** A text that is an object or an array is taken for JSON, as messages are that were sent as such. */
  private static TriggerValue text(String text) {
    Object held = parsed(text);
    return held instanceof Map || held instanceof List
        ? json(text)
        : new TriggerValue(text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
  }

  private static TriggerValue bytes(String base64) {
    try {
      return new TriggerValue(Base64.getDecoder().decode(base64), "application/octet-stream");
    } catch (IllegalArgumentException e) {
      return text(base64); // a text where bytes were expected
    }
  }

  private static final Object NONE = new Object();

  private static @Nullable Object parsed(String text) {
    try {
      return JsonText.parse(text);
    } catch (InputException e) {
      return NONE;
    }
  }
}
