package dev.hearth.signature.google;

import dev.hearth.cloudevents.JsonNumber;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.signature.spi.InputException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as Google sent it before CloudEvents.
 *
 * @param context what background functions are told
 * @param resource the context's resource, parsed: a text, a {@link Map}, or null
 * @param domain where a Firebase database lives, or null
 * @param data the payload, parsed
 */
record LegacyEvent(
    EventContext context,
    @Nullable Object resource,
    @Nullable String domain,
    @Nullable Object data) {

  static final String PUBSUB_PUBLISH = "google.pubsub.topic.publish";
  static final String PUBSUB_SERVICE = "pubsub.googleapis.com";
  static final String PUBSUB_MESSAGE = "type.googleapis.com/google.pubsub.v1.PubsubMessage";

  /**
   * Reads an event: with a {@code context} of its own, as Pub/Sub pushes it, or with the context at its root.
   *
   * @throws InputException if it is none of these
   */
  static LegacyEvent parse(String body) throws InputException {
    if (body.isBlank()) {
      throw InputException.malformed(
          "the request is neither a CloudEvent nor has it a body that could be an event", null);
    }
    if (!(JsonText.parse(body) instanceof Map<?, ?> root)) {
      throw InputException.malformed("an event is a JSON object", null);
    }
    Object data = root.get("data");
    if (root.get("context") instanceof Map<?, ?> context) {
      return of(context, data);
    }
    if (root.containsKey("subscription")
        && root.get("message") instanceof Map<?, ?> message
        && message.containsKey("data")
        && message.containsKey("messageId")) {
      return pushed(message);
    }
    if (!root.containsKey("data") && !root.containsKey("eventType")) {
      throw InputException.malformed(
          "an event has a context, or at least eventType or data; the body has neither", null);
    }
    return of(root, data);
  }

  /** An event with these parts. */
  static LegacyEvent of(
      @Nullable String id,
      @Nullable String timestamp,
      @Nullable String type,
      @Nullable Object resource,
      @Nullable Object data) {
    String shown = resource instanceof Map<?, ?> ? JsonText.print(resource) : (String) resource;
    return new LegacyEvent(new EventContext(id, timestamp, type, shown), resource, null, data);
  }

  private static LegacyEvent of(Map<?, ?> context, @Nullable Object data) throws InputException {
    Object resource =
        context.get("resource") instanceof Map<?, ?> object ? object : text(context, "resource");
    LegacyEvent event =
        of(
            text(context, "eventId"),
            text(context, "timestamp"),
            text(context, "eventType"),
            resource,
            data);
    return new LegacyEvent(event.context, resource, text(context, "domain"), data);
  }

  private static LegacyEvent pushed(Map<?, ?> message) throws InputException {
    String published = text(message, "publishTime");
    Map<String, @Nullable Object> resource = new LinkedHashMap<>();
    resource.put("name", null);
    resource.put("service", PUBSUB_SERVICE);
    resource.put("type", PUBSUB_MESSAGE);
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("@type", PUBSUB_MESSAGE);
    data.put("data", message.get("data"));
    if (message.get("attributes") != null) {
      data.put("attributes", message.get("attributes"));
    }
    return of(
        text(message, "messageId"),
        published == null ? Instant.now().toString() : published,
        PUBSUB_PUBLISH,
        resource,
        data);
  }

  private static @Nullable String text(Map<?, ?> object, String name) throws InputException {
    Object value = object.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    if (value instanceof JsonNumber number) {
      return number.text();
    }
    throw InputException.malformed("the event's " + name + " is no text", null);
  }
}
