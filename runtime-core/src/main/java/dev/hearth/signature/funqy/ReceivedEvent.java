package dev.hearth.signature.funqy;

import dev.hearth.signature.spi.InputException;
import io.quarkus.funqy.knative.events.CloudEvent;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event as a function sees it. */
final class ReceivedEvent implements CloudEvent<Object> {

  private static final Set<String> KNOWN =
      Set.of(
          "id",
          "specversion",
          "source",
          "type",
          "subject",
          "time",
          "dataschema",
          "schemaurl",
          "datacontenttype");

  private final EventMessage message;
  private final @Nullable Object data;
  private final @Nullable OffsetDateTime time;

  /**
   * @throws InputException if its time is none
   */
  ReceivedEvent(EventMessage message, @Nullable Object data) throws InputException {
    this.message = message;
    this.data = data;
    String text = message.attribute("time");
    try {
      time = text == null ? null : OffsetDateTime.parse(text);
    } catch (DateTimeParseException e) {
      throw InputException.malformed(
          "the event's time is '" + text + "', which is no time of RFC 3339", e);
    }
  }

  @Override
  public @Nullable String id() {
    return message.attribute("id");
  }

  @Override
  public @Nullable String specVersion() {
    return message.attribute("specversion");
  }

  @Override
  public @Nullable String source() {
    return message.attribute("source");
  }

  @Override
  public @Nullable String type() {
    return message.type();
  }

  @Override
  public @Nullable String subject() {
    return message.attribute("subject");
  }

  @Override
  public @Nullable OffsetDateTime time() {
    return time;
  }

  @Override
  public Map<String, String> extensions() {
    Map<String, String> extensions = new LinkedHashMap<>();
    for (Map.Entry<String, String> attribute : message.attributes().entrySet()) {
      if (!KNOWN.contains(attribute.getKey())) {
        extensions.put(attribute.getKey(), attribute.getValue());
      }
    }
    return Collections.unmodifiableMap(extensions);
  }

  @Override
  public @Nullable String dataSchema() {
    String schema = message.attribute("dataschema");
    return schema == null ? message.attribute("schemaurl") : schema;
  }

  @Override
  public @Nullable String dataContentType() {
    return message.attribute("datacontenttype");
  }

  @Override
  public @Nullable Object data() {
    return data;
  }

  @Override
  public String toString() {
    return "CloudEvent" + message.attributes() + " data=" + data;
  }
}
