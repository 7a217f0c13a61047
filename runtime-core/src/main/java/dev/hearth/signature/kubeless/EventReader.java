package dev.hearth.signature.kubeless;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import io.kubeless.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the event of a request: its body as text, and what the {@code event-} headers say. Where those are absent, a
 * CloudEvent's attributes stand in, {@code source} as the namespace; a structured one gives its {@code data} as the body.
 */
final class EventReader {

  private static final String STRUCTURED = "application/cloudevents+json";

  private final Json json;
  private final @Nullable Publisher publisher;

  /**
   * @param publisher to which functions may send events; null for none
   */
  EventReader(Json json, @Nullable Publisher publisher) {
    this.json = json;
    this.publisher = publisher;
  }

  /**
   * Reads one event.
   *
   * @throws InputException if the body cannot be read, or says to be a structured CloudEvent and is none
   */
  Event read(Request request) throws InputException {
    String body;
    try {
      body = new String(request.bytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
    }
    Headers headers = request.headers();
    if (isStructured(request.contentType().orElse(""))) {
      Map<?, ?> event = structured(body);
      return event(headers, data(event), event::get);
    }
    boolean binary = headers.first("ce-type").isPresent() && headers.first("ce-source").isPresent();
    return event(headers, body, name -> binary ? headers.first("ce-" + name).orElse(null) : null);
  }

  /** Attributes of a CloudEvent, by name. */
  private interface Attributes {
    @Nullable Object get(String name);
  }

  private Event event(Headers headers, String data, Attributes cloudEvent) {
    String id = value(headers, "event-id", cloudEvent.get("id"));
    String type = value(headers, "event-type", cloudEvent.get("type"));
    String time = value(headers, "event-time", cloudEvent.get("time"));
    String namespace = value(headers, "event-namespace", cloudEvent.get("source"));
    String trace = headers.first("traceparent").orElse(null);
    return publisher == null
        ? new Event(data, id, type, time, namespace)
        : new EmittingEvent(data, id, type, time, namespace, publisher, trace);
  }

  private static String value(Headers headers, String header, @Nullable Object otherwise) {
    return headers.first(header).orElse(otherwise == null ? "" : otherwise.toString());
  }

  private static boolean isStructured(String contentType) {
    int semicolon = contentType.indexOf(';');
    String name = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return name.strip().toLowerCase(Locale.ROOT).equals(STRUCTURED);
  }

  private Map<?, ?> structured(String body) throws InputException {
    Object event = json.read(body, Map.class);
    if (event instanceof Map<?, ?> map && map.get("type") != null && map.get("source") != null) {
      return map;
    }
    throw InputException.malformed(
        "the body is said to be " + STRUCTURED + " but has no type and source", null);
  }

  private String data(Map<?, ?> event) throws InputException {
    Object data = event.get("data");
    if (data instanceof String text) {
      return text;
    }
    try {
      if (data != null) {
        return json.write(data);
      }
      Object encoded = event.get("data_base64");
      return encoded == null
          ? ""
          : new String(Base64.getDecoder().decode(encoded.toString()), StandardCharsets.UTF_8);
    } catch (OutputException | IllegalArgumentException e) {
      throw InputException.malformed("the CloudEvent's data cannot be read: " + e.getMessage(), e);
    }
  }
}
