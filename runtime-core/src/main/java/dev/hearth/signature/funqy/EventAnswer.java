package dev.hearth.signature.funqy;

import dev.hearth.function.Response;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import io.quarkus.funqy.knative.events.CloudEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The event that answers an event, in the mode of that one. */
final class EventAnswer {

  private static final String JSON = "application/json";

  private final FunqyFunction function;
  private final EventMessage asked;
  private final @Nullable CloudEvent<?> given;
  private final @Nullable Object data;
  private final Json json;

  EventAnswer(FunqyFunction function, EventMessage asked, @Nullable Object value, Json json) {
    this.function = function;
    this.asked = asked;
    this.given = function.givesEvent() ? (CloudEvent<?>) value : null;
    this.data = given == null ? (function.givesEvent() ? null : value) : given.data();
    this.json = json;
  }

  void write(Response response) throws OutputException, IOException {
    if (!function.gives() || (function.givesEvent() && given == null)) {
      response.status(204);
      return;
    }
    Map<String, String> attributes = attributes();
    if (asked.structured()) {
      response.header("Content-Type", "application/cloudevents+json");
      response.body().write(structured(attributes).getBytes(StandardCharsets.UTF_8));
    } else {
      binary(attributes, response);
    }
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    Mapping mapping = function.mapping();
    attributes.put("id", first(given == null ? null : given.id(), UUID.randomUUID().toString()));
    String version = first(asked.attribute("specversion"), "1.0");
    attributes.put("specversion", first(given == null ? null : given.specVersion(), version));
    attributes.put(
        "source", first(given == null ? null : given.source(), mapping.responseSource()));
    attributes.put("type", first(given == null ? null : given.type(), mapping.responseType()));
    if (given != null) {
      put(attributes, "subject", given.subject());
      put(attributes, "time", given.time());
      put(attributes, isOld(attributes) ? "schemaurl" : "dataschema", given.dataSchema());
      if (given.extensions() != null) {
        attributes.putAll(given.extensions());
      }
    }
    return attributes;
  }

  private static String first(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  private static void put(Map<String, String> attributes, String name, @Nullable Object value) {
    if (value != null) {
      attributes.put(name, value.toString());
    }
  }

  private static boolean isOld(Map<String, String> attributes) {
    return first(attributes.get("specversion"), "").startsWith("0");
  }

  private @Nullable String dataType() {
    if (given != null && given.dataContentType() != null) {
      return given.dataContentType();
    }
    if (function.output() == void.class) {
      return null;
    }
    return data instanceof byte[] ? "application/octet-stream" : JSON;
  }

  private void binary(Map<String, String> attributes, Response response)
      throws OutputException, IOException {
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      response.header("ce-" + attribute.getKey(), attribute.getValue());
    }
    String type = dataType();
    if (type == null) {
      response.status(204);
      return;
    }
    response.header("Content-Type", type);
    response.body().write(data instanceof byte[] bytes ? bytes : utf8(type));
  }

  private byte[] utf8(String type) throws OutputException {
    if (!type.startsWith(JSON)) {
      throw new OutputException(
          "the answer's data is to be '" + type + "'; it must be JSON, or byte[]", null);
    }
    return json.write(data).getBytes(StandardCharsets.UTF_8);
  }

  private String structured(Map<String, String> attributes) throws OutputException {
    StringBuilder event = new StringBuilder("{");
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      member(event, attribute.getKey(), json.write(attribute.getValue()));
    }
    String type = dataType();
    if (type != null) {
      member(event, "datacontenttype", json.write(type));
      if (data instanceof byte[] bytes) {
        bytes(event, bytes, isOld(attributes));
      } else {
        member(event, "data", new String(utf8(type), StandardCharsets.UTF_8));
      }
    }
    return event.append('}').toString();
  }

  private void bytes(StringBuilder event, byte[] bytes, boolean old) throws OutputException {
    if (old) {
      member(event, "datacontentencoding", "\"base64\"");
    }
    String text = Base64.getEncoder().encodeToString(bytes);
    member(event, old ? "data" : "data_base64", '"' + text + '"');
  }

  private void member(StringBuilder event, String name, String value) throws OutputException {
    event.append(event.length() == 1 ? "" : ",").append(json.write(name)).append(':').append(value);
  }
}
