package dev.hearth.signature.google;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.signature.cloudevents.CloudEvents;
import dev.hearth.signature.spi.InputException;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a CloudEvent of a legacy event. Used once. */
final class ToCloudEvent {

  private final LegacyEvent event;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private String source;
  private @Nullable String subject;
  private @Nullable Object data;

  private ToCloudEvent(LegacyEvent event, String source) {
    this.event = event;
    this.source = source;
    this.data = event.data();
  }

  /**
   * Converts an event.
   *
   * @throws InputException if its type is not known, or it lacks what its type needs
   */
  static CloudEvent convert(LegacyEvent event) throws InputException {
    String legacyType = event.context().eventType();
    String type = EventTypes.toCloudEvents(legacyType);
    if (type == null || legacyType == null) {
      throw InputException.malformed(
          "there is no CloudEvents type for an event of type '" + legacyType + "'", null);
    }
    String service = service(event, legacyType);
    String name = resourceName(event);
    ToCloudEvent conversion = new ToCloudEvent(event, name);
    conversion.put("specversion", "1.0");
    conversion.put("id", event.context().eventId());
    conversion.put("type", type);
    conversion.put("time", event.context().timestamp());
    conversion.convertFrom(service);
    return conversion.made(service);
  }

  private static String service(LegacyEvent event, String type) throws InputException {
    Object given = event.resource() instanceof Map<?, ?> resource ? resource.get("service") : null;
    String service = given instanceof String text ? text : EventTypes.service(type);
    if (service == null) {
      throw InputException.malformed(
          "an event of type '" + type + "' needs a resource that names its service", null);
    }
    return service;
  }

  private static String resourceName(LegacyEvent event) {
    Object resource = event.resource();
    Object name = resource instanceof Map<?, ?> object ? object.get("name") : resource;
    return name instanceof String text ? text : "";
  }

  private void put(String name, @Nullable String value) {
    if (value != null) {
      attributes.put(name, value);
    }
  }

  private void convertFrom(String service) throws InputException {
    switch (service) {
      case "storage.googleapis.com" -> {
        splitBefore("/objects/");
        subject = withoutGeneration(subject);
      }
      case LegacyEvent.PUBSUB_SERVICE -> wrapMessage();
      case "firestore.googleapis.com" -> splitBefore("/documents/");
      case "firebaseauth.googleapis.com" -> renameUser();
      case "firebasedatabase.googleapis.com" -> {
        splitBefore("/refs/");
        insertLocation();
      }
      case "firebaseanalytics.googleapis.com" -> nameApp();
      default -> {}
    }
  }

  private CloudEvent made(String service) throws InputException {
    put("source", "//" + service + "/" + source);
    put("subject", subject);
    put("datacontenttype", "application/json");
    byte[] bytes = data == null ? null : JsonText.print(data).getBytes(StandardCharsets.UTF_8);
    return CloudEvents.of(attributes, bytes);
  }

  private void splitBefore(String part) {
    int at = source.indexOf(part);
    if (at >= 0) {
      subject = source.substring(at + 1);
      source = source.substring(0, at);
    }
  }

  private static @Nullable String withoutGeneration(@Nullable String subject) {
    int hash = subject == null ? -1 : subject.lastIndexOf('#');
    return subject == null || hash < 0 ? subject : subject.substring(0, hash);
  }

  private void wrapMessage() {
    Map<String, @Nullable Object> message = Members.copy(data);
    message.put("messageId", event.context().eventId());
    if (event.context().timestamp() != null) {
      message.put("publishTime", event.context().timestamp());
    }
    Map<String, @Nullable Object> wrapped = new LinkedHashMap<>();
    wrapped.put("message", message);
    data = wrapped;
  }

  private void renameUser() {
    Map<String, @Nullable Object> user = Members.copy(data);
    if (user.get("uid") instanceof String uid) {
      subject = "users/" + uid;
    }
    if (user.get("metadata") instanceof Map<?, ?> metadata) {
      user.put(
          "metadata",
          Members.renamed(
              metadata, Map.of("createdAt", "createTime", "lastSignedInAt", "lastSignInTime")));
      data = user;
    }
  }

  private void insertLocation() throws InputException {
    String domain = event.domain();
    if (domain == null) {
      throw InputException.malformed(
          "an event of a Firebase database needs a domain, which tells its location", null);
    }
    int dot = domain.indexOf('.');
    String first = dot < 0 ? domain : domain.substring(0, dot);
    String location = domain.equals("firebaseio.com") ? "us-central1" : first;
    source = source.replaceFirst("^(projects/[^/]+)/", "$1/locations/" + location + "/");
  }

  private void nameApp() throws InputException {
    splitBefore("/events/");
    if (subject == null) {
      return;
    }
    Object app = Members.at(data, "userDim", "appInfo", "appId");
    if (!(app instanceof String id)) {
      throw InputException.malformed(
          "an event of Firebase Analytics needs data.userDim.appInfo.appId", null);
    }
    source = source + "/apps/" + id;
  }
}
