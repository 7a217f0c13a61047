package dev.hearth.cli.config;

import dev.hearth.Priming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the file says under {@code warm}.
 *
 * @param event a file with the body of each call, resolved against the settings file's directory; null for no body
 * @param times how many calls
 */
public record Warming(@Nullable Path event, int times) {

  private static final long MOST_BYTES = 6L << 20;

  /**
   * The calls.
   *
   * @throws IllegalArgumentException if the event's file cannot be used; the message names it
   */
  Priming priming() {
    if (event == null) {
      return new Priming(new byte[0], "text/plain", times);
    }
    try {
      long size = Files.size(event);
      if (size > MOST_BYTES) {
        throw new IllegalArgumentException(
            event + " has " + size + " bytes; an event has at most " + MOST_BYTES);
      }
      return new Priming(Files.readAllBytes(event), contentType(event), times);
    } catch (IOException e) {
      throw new IllegalArgumentException(event + " cannot be read: " + e, e);
    }
  }

  private static String contentType(Path event) {
    String name = String.valueOf(event.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".json")) {
      return "application/json";
    }
    return name.endsWith(".txt") ? "text/plain" : "application/octet-stream";
  }
}
