package dev.hearth.cache;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What of a request tells one result from another: {@code path}, {@code query}, {@code query.NAME}, {@code header.NAME},
 * {@code body} or {@code json:/POINTER} (RFC 6901) into a JSON body.
 *
 * @param kind which part
 * @param name the parameter's name as sent, the header's in lower case, or the pointer; empty for the other kinds
 */
public record KeyPart(Kind kind, String name) {

  /** The parts there are. */
  public enum Kind {
    PATH,
    QUERY,
    PARAMETER,
    HEADER,
    BODY,
    JSON
  }

  public KeyPart {
    requireNonNull(kind, "kind");
    requireNonNull(name, "name");
  }

  /**
   * Reads it as {@code hearth.yaml} writes it.
   *
   * @throws IllegalArgumentException if there is no such part
   */
  public static KeyPart of(String text) {
    for (Kind whole : new Kind[] {Kind.PATH, Kind.QUERY, Kind.BODY}) {
      if (text.equals(whole.name().toLowerCase(Locale.ROOT))) {
        return new KeyPart(whole, "");
      }
    }
    if (text.startsWith("query.") && text.length() > 6) {
      return new KeyPart(Kind.PARAMETER, text.substring(6));
    }
    if (text.startsWith("header.") && text.length() > 7) {
      return header(text.substring(7));
    }
    if (text.equals("json:") || text.startsWith("json:/")) {
      return new KeyPart(Kind.JSON, text.substring(5));
    }
    throw new IllegalArgumentException(
        "cache key part '"
            + text
            + "' is not known; use path, query, query.NAME, header.NAME, body or json:/POINTER");
  }

  static KeyPart header(String name) {
    return new KeyPart(Kind.HEADER, name.toLowerCase(Locale.ROOT));
  }
}
