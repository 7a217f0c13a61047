package dev.hearth.http.contract.azure;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.signature.spi.InputException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parts of an envelope that hosts of different age write in different ways. */
final class Members {

  private Members() {}

  /** An object, also where it is sent as a text; empty where it is neither. */
  static Map<?, ?> of(@Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      return map;
    }
    try {
      return json instanceof String text && JsonText.parse(text) instanceof Map<?, ?> map
          ? map
          : Map.of();
    } catch (InputException e) {
      return Map.of();
    }
  }

  /** One text, or several as one. */
  static String joined(@Nullable Object json) {
    if (!(json instanceof List<?> values)) {
      return text(json);
    }
    StringBuilder joined = new StringBuilder();
    for (Object value : values) {
      joined.append(joined.length() == 0 ? "" : ",").append(text(value));
    }
    return joined.toString();
  }

  /** A text as it is, anything else as its JSON, nothing as an empty text. */
  static String text(@Nullable Object json) {
    if (json == null) {
      return "";
    }
    return json instanceof String text ? text : JsonText.print(json);
  }
}
