package dev.hearth.signature.cloudevents;

import dev.hearth.cloudevents.Event;
import dev.hearth.signature.spi.InputException;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A valid event, as the vendor's type. Immutable as far as its data is left alone. */
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

  static ReceivedEvent of(Event event) throws InputException {
    SpecVersion version = event.is03() ? SpecVersion.V03 : SpecVersion.V1;
    ReceivedEvent received = new ReceivedEvent(version, event.data());
    for (Map.Entry<String, Object> attribute : event.attributes().entrySet()) {
      String name = attribute.getKey();
      if (event.isExtension(name)) {
        received.extensions.put(name, attribute.getValue());
      } else if (!name.equals(SPEC_VERSION)) {
        received.attributes.put(name, typed(name, attribute.getValue().toString()));
      }
    }
    return received;
  }

  private static Object typed(String name, String text) throws InputException {
    try {
      return switch (name) {
        case "time" -> OffsetDateTime.parse(text);
        case "source", "dataschema", "schemaurl" -> URI.create(text);
        default -> text;
      };
    } catch (DateTimeParseException e) {
      throw InputException.malformed(
          "attribute time is '" + text + "', which the JDK has no value for", e);
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
