package dev.hearth.signature.azure;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a {@code Content-Type} says, as far as bodies are read by it. */
record ContentType(String media, Charset charset) {

  private static final String CHARSET = "charset=";

  /**
   * Reads one.
   *
   * @param header null or empty for none
   */
  static ContentType of(@Nullable String header) {
    String all = header == null ? "" : header.toLowerCase(Locale.ROOT);
    int end = all.indexOf(';');
    String media = (end < 0 ? all : all.substring(0, end)).strip();
    return new ContentType(media, charset(end < 0 ? "" : all.substring(end)));
  }

  /** That of a text: UTF-8 where none is named, or one that this JDK lacks. */
  private static Charset charset(String parameters) {
    int at = parameters.indexOf(CHARSET);
    if (at < 0) {
      return StandardCharsets.UTF_8;
    }
    String name = parameters.substring(at + CHARSET.length());
    int end = name.indexOf(';');
    name = (end < 0 ? name : name.substring(0, end)).replace('"', ' ').strip();
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  boolean isJson() {
    return media.equals("application/json") || media.equals("text/json") || media.endsWith("+json");
  }

  /** Whether the Azure host sends bodies of this type in base64. */
  boolean isBytes() {
    return media.equals("application/octet-stream") || media.startsWith("multipart/");
  }
}
