package dev.hearth.cloudevents;

import dev.hearth.function.Headers;
import dev.hearth.signature.spi.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** How a message holds events (HTTP protocol binding 1.0, section 3): the sender's choice, told by its headers. */
public enum EventMode {
  /** It is no event. */
  NONE,
  /** Attributes are headers, the body is the data. */
  BINARY,
  /** The body is one event. */
  STRUCTURED,
  /** The body is a list of events. */
  BATCHED;

  /** The media type of an event in the JSON format. */
  public static final String JSON = "application/cloudevents+json";

  /** The media type of a list of events in the JSON format. */
  public static final String JSON_BATCH = "application/cloudevents-batch+json";

  private static final String EVENT = "application/cloudevents";
  private static final String BATCH = "application/cloudevents-batch";

  /** What headers tell. In binary mode either of two headers is enough to mean an event, whatever else is missing. */
  public static EventMode of(Headers headers) {
    String type = mediaType(headers);
    if (type.startsWith(BATCH)) {
      return BATCHED;
    }
    if (type.startsWith(EVENT)) {
      return STRUCTURED;
    }
    boolean binary =
        headers.first("ce-specversion").isPresent() || headers.first("ce-id").isPresent();
    return binary ? BINARY : NONE;
  }

  /**
   * Reads the events of a message.
   *
   * @param strict whether to refuse what is wrong and has only one meaning
   * @throws InputException if it holds none, or a broken one; with an unsupported type if they are in another format
   *     than JSON
   */
  public static List<Event> read(Headers headers, byte[] body, boolean strict)
      throws InputException {
    EventMode mode = of(headers);
    return switch (mode) {
      case NONE, BINARY -> List.of(BinaryMode.read(headers, body, strict));
      case STRUCTURED -> {
        requireFormat(headers, JSON);
        yield List.of(StructuredMode.read(text(body)));
      }
      case BATCHED -> {
        requireFormat(headers, JSON_BATCH);
        yield StructuredMode.readBatch(text(body));
      }
    };
  }

  private static void requireFormat(Headers headers, String expected) throws InputException {
    String type = mediaType(headers);
    if (!type.equals(expected)) {
      throw InputException.unsupportedType(
          "the media type is '"
              + type
              + "'; of the formats of events only JSON is known: "
              + expected);
    }
  }

  private static String text(byte[] body) throws InputException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw InputException.malformed("not JSON: a byte that is not UTF-8", e);
    }
  }

  private static String mediaType(Headers headers) {
    String type = headers.first("content-type").orElse("");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }
}
