package dev.hearth.signature.cloudevents;

import dev.hearth.signature.spi.InputException;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A valid event. Immutable as far as its data is left alone. */
final class ReceivedEvent implements CloudEvent {

  private static final String SPEC_VERSION = "specversion";

  private final SpecVersion specVersion;
  private final Map<String, Object> attributes = new LinkedHashMap<>(); // typed, by name
  private final Map<String, Object> extensions = new LinkedHashMap<>();
  private final @Nullable CloudEventData data;

  private ReceivedEvent(SpecVersion specVersion, byte @Nullable [] data) {
    this.specVersion = specVersion;
    this.data = data == null ? null : new EventBytes(data);
    attributes.put(SPEC_VERSION, specVersion);
  }

  static ReceivedEvent of(Map<String, ?> values, byte @Nullable [] data) throws InputException {
    ReceivedEvent event = new ReceivedEvent(specVersion(values.get(SPEC_VERSION)), data);
    for (Map.Entry<String, ?> value : values.entrySet()) {
      if (!value.getKey().equals(SPEC_VERSION)) {
        event.put(value.getKey(), value.getValue());
      }
    }
    event.require("id");
    event.require("source");
    event.require("type");
    return event;
  }

  private static SpecVersion specVersion(@Nullable Object version) throws InputException {
    if ("1.0".equals(version)) {
      return SpecVersion.V1;
    }
    if ("0.3".equals(version)) {
      return SpecVersion.V03;
    }
    throw InputException.malformed(
        version == null
            ? "attribute specversion is missing"
            : "attribute specversion is '" + version + "'; versions 1.0 and 0.3 are known",
        null);
  }

  private void put(String name, Object value) throws InputException {
    if (!specVersion.getAllAttributes().contains(name)) {
      requireName(name);
      extensions.put(name, value);
    } else if (value instanceof String text && !text.isEmpty()) {
      attributes.put(name, typed(name, text));
    } else {
      throw InputException.malformed("attribute " + name + " is no text, or empty", null);
    }
  }

  private static Object typed(String name, String text) throws InputException {
    try {
      return switch (name) {
        case "time" -> OffsetDateTime.parse(text);
        case "source", "dataschema", "schemaurl" -> new URI(text);
        default -> text;
      };
    } catch (DateTimeParseException e) {
      throw InputException.malformed(
          "attribute time is '" + text + "', which is no time of RFC 3339", e);
    } catch (URISyntaxException e) {
      throw InputException.malformed(
          "attribute " + name + " is '" + text + "', which is no URI reference", e);
    }
  }

  private static void requireName(String name) throws InputException {
    boolean allowed = !name.isEmpty() && !name.equals("data");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      allowed &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    if (!allowed) {
      throw InputException.malformed(
          "attribute '" + name + "' has no name of an attribute: lower-case letters and digits",
          null);
    }
  }

  private void require(String name) throws InputException {
    if (!attributes.containsKey(name)) {
      throw InputException.malformed("attribute " + name + " is missing", null);
    }
  }

  private String required(String name) {
    String value = text(name);
    if (value == null) {
      throw new IllegalStateException("a valid event has an attribute " + name);
    }
    return value;
  }

  private @Nullable String text(String name) {
    return (String) attributes.get(name);
  }

  @Override
  public SpecVersion getSpecVersion() {
    return specVersion;
  }

  @Override
  public String getId() {
    return required("id");
  }

  @Override
  public String getType() {
    return required("type");
  }

  @Override
  public @Nullable URI getSource() {
    return (URI) attributes.get("source");
  }

  @Override
  public @Nullable String getDataContentType() {
    return text("datacontenttype");
  }

  @Override
  public @Nullable URI getDataSchema() {
    return (URI) attributes.get(specVersion == SpecVersion.V1 ? "dataschema" : "schemaurl");
  }

  @Override
  public @Nullable String getSubject() {
    return text("subject");
  }

  @Override
  public @Nullable OffsetDateTime getTime() {
    return (OffsetDateTime) attributes.get("time");
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    if (!specVersion.getAllAttributes().contains(name)) {
      throw new IllegalArgumentException(
          "CloudEvents " + specVersion + " has no attribute '" + name + "'");
    }
    return attributes.get(name);
  }

  @Override
  public @Nullable Object getExtension(String name) {
    return extensions.get(name);
  }

  @Override
  public Set<String> getExtensionNames() {
    return Collections.unmodifiableSet(extensions.keySet());
  }

  @Override
  public @Nullable CloudEventData getData() {
    return data;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ReceivedEvent that
        && attributes.equals(that.attributes)
        && extensions.equals(that.extensions)
        && Objects.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return attributes.hashCode() * 31 + extensions.hashCode();
  }

  @Override
  public String toString() {
    return "CloudEvent" + attributes + extensions + (data == null ? "" : " data=" + data);
  }
}
