package dev.hearth.signature.google;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.signature.spi.InputException;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a legacy event of a CloudEvent. Used once. */
final class ToLegacyEvent {

  private final CloudEvent event;
  private final String service;
  private final String name;
  private final @Nullable Object data;

  private ToLegacyEvent(CloudEvent event, String service, String name, @Nullable Object data) {
    this.event = event;
    this.service = service;
    this.name = name;
    this.data = data;
  }

  /**
   * Converts an event.
   *
   * @throws InputException if its type is not known, or its source or data are not what its type has
   */
  static LegacyEvent convert(CloudEvent event) throws InputException {
    String type = EventTypes.toLegacy(event.getType());
    if (type == null) {
      throw InputException.malformed(
          "there is no legacy type for a CloudEvent of type '" + event.getType() + "'", null);
    }
    String source = event.getSource().toString();
    int slash = source.indexOf('/', 2);
    if (!source.startsWith("//") || slash <= 2 || slash == source.length() - 1) {
      throw InputException.malformed(
          "attribute source is '" + source + "'; //SERVICE/NAME is expected", null);
    }
    CloudEventData data = event.getData();
    Object parsed =
        data == null ? null : JsonText.parse(new String(data.toBytes(), StandardCharsets.UTF_8));
    return new ToLegacyEvent(event, source.substring(2, slash), source.substring(slash + 1), parsed)
        .converted(type);
  }

  private LegacyEvent converted(String type) throws InputException {
    return switch (service) {
      case LegacyEvent.PUBSUB_SERVICE ->
          made(type, resource(name, LegacyEvent.PUBSUB_MESSAGE), message());
      case "storage.googleapis.com" ->
          made(type, resource(nameAndSubject(), Members.at(data, "kind")), data);
      case "firebaseauth.googleapis.com" -> made(type, name, user());
      case "firebasedatabase.googleapis.com" ->
          made(type, nameAndSubject().replaceFirst("/locations/[^/]+", ""), data);
      default -> made(type, nameAndSubject(), data);
    };
  }

  private LegacyEvent made(String type, Object resource, @Nullable Object payload) {
    OffsetDateTime time = event.getTime();
    Instant instant = time == null ? Instant.now() : time.toInstant();
    return LegacyEvent.of(event.getId(), instant.toString(), type, resource, payload);
  }

  private String nameAndSubject() {
    return event.getSubject() == null ? name : name + "/" + event.getSubject();
  }

  private Map<String, @Nullable Object> resource(String resourceName, @Nullable Object type) {
    Map<String, @Nullable Object> resource = new LinkedHashMap<>();
    resource.put("service", service);
    resource.put("name", resourceName);
    if (type != null) {
      resource.put("type", type);
    }
    return resource;
  }

  private Object message() throws InputException {
    if (!(Members.at(data, "message") instanceof Map<?, ?> message)) {
      throw InputException.malformed("data of a Pub/Sub event needs an object 'message'", null);
    }
    Map<String, @Nullable Object> payload = Members.copy(message);
    payload.remove("messageId");
    payload.remove("publishTime");
    return payload;
  }

  private @Nullable Object user() {
    if (!(Members.at(data, "metadata") instanceof Map<?, ?> metadata)) {
      return data;
    }
    Map<String, @Nullable Object> user = Members.copy(data);
    user.put(
        "metadata",
        Members.renamed(
            metadata, Map.of("createTime", "createdAt", "lastSignInTime", "lastSignedInAt")));
    return user;
  }
}
