package dev.hearth.http.contract.nuclio;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of one event while it is read. */
final class EventFields {

  private static final String JSON = "application/json";

  private final byte[] line;
  private final String worker;
  private final Pairs headers;
  private final Pairs fields;
  private final Map<String, String> attributes = new HashMap<>();
  private @Nullable String id;
  private @Nullable String method;
  private @Nullable String path;
  private @Nullable String contentType;
  private byte @Nullable [] body;
  private boolean structured;

  EventFields(byte[] line, String worker) {
    this.line = line;
    this.worker = worker;
    this.headers = new Pairs(line);
    this.fields = new Pairs(line);
  }

  /** Reads the value of a key, at which the parser is. */
  void read(String key, JsonParser json) throws IOException, EventException {
    switch (key) {
      case "id" -> id = text(json);
      case "body" -> readBody(json);
      case "content_type", "content-type" -> readContentType(json);
      case "headers" -> headers.read(json);
      case "fields" -> fields.read(json);
      case "method" -> method = text(json);
      case "path" -> path = text(json);
      case "trigger" -> readTrigger(json);
      case "timestamp" -> number("timestamp", json);
      case "shard_id" -> number("shard-id", json);
      case "num_shards" -> number("num-shards", json);
      case "offset" -> number("offset", json);
      case "url" -> attribute("url", json);
      case "topic" -> attribute("topic", json);
      case "type" -> attribute("type", json);
      case "type_version" -> attribute("type-version", json);
      case "version" -> attribute("version", json);
      default -> json.skipChildren();
    }
  }

  /** Base64 of the bytes; where it is structured, its JSON text. */
  private void readBody(JsonParser json) throws IOException, EventException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      try {
        body = json.getBinaryValue();
      } catch (JsonParseException e) {
        throw new EventException("the event's body is no base64: " + e.getOriginalMessage());
      }
    } else if (json.currentToken() != JsonToken.VALUE_NULL) {
      structured = true;
      body = Json.raw(line, json);
    }
  }

  private void readContentType(JsonParser json) throws IOException {
    String said = text(json);
    if (said != null && !said.isEmpty()) {
      contentType = said;
    }
  }

  private void readTrigger(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      if (key.equals("kind") || key.equals("name") || key.equals("class")) {
        attribute("trigger-" + key, json);
      } else {
        json.skipChildren();
      }
    }
  }

  private void attribute(String name, JsonParser json) throws IOException {
    String value = text(json);
    if (value != null && !value.isEmpty()) {
      attributes.put("nuclio." + name, value);
    }
  }

  /** A whole number; what is none counts as absent. */
  private void number(String name, JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING) {
      attribute(name, json);
    } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      attributes.put("nuclio." + name, String.valueOf((long) json.getDoubleValue()));
    } else {
      json.skipChildren();
    }
  }

  private @Nullable String text(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == null || !token.isScalarValue()) {
      json.skipChildren();
      return null;
    }
    return token == JsonToken.VALUE_NULL ? null : json.getText();
  }

  /** The event, when all was read. */
  Event event() {
    Map<String, List<String>> lines = headers.asHeaders();
    String type = contentType;
    if (type == null && structured && !lines.containsKey("Content-Type")) {
      type = JSON;
    }
    if (type != null) {
      lines.put("Content-Type", List.of(Pairs.oneLine(type)));
    }
    attributes.put("nuclio.worker-id", worker);
    return new Event(
        id,
        method == null || method.isEmpty() ? "POST" : method,
        path == null || !path.startsWith("/") ? "/" + (path == null ? "" : path) : path,
        fields.asQuery(),
        lines,
        body == null ? new byte[0] : body,
        Map.copyOf(attributes));
  }
}
