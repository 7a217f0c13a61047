package dev.hearth.signature.spring;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A payload with its headers, as a message has them.
 *
 * @param payload a {@link Body} for what came over the wire, else a value
 * @param headers by name
 */
record Envelope(@Nullable Object payload, Map<String, Object> headers) {

  private static final String CONTENT_TYPE = "content-type";

  /** The same headers around another payload. */
  Envelope with(@Nullable Object other) {
    return new Envelope(other, headers);
  }

  /** A header found without regard to case, as text; null where it is not there. */
  @Nullable String header(String name) {
    for (Map.Entry<String, Object> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return String.valueOf(header.getValue());
      }
    }
    return null;
  }

  @Nullable String contentType() {
    return header(CONTENT_TYPE);
  }
}
