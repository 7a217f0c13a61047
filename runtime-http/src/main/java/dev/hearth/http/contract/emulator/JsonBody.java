package dev.hearth.http.contract.emulator;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.signature.spi.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's body that is an object; an empty one has nothing in it. */
final class JsonBody {

  private final Map<?, ?> object;

  /** Reads it; an {@link ApiException} says that it is none. */
  JsonBody(byte[] body) throws ApiException {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      if (text.isBlank()) {
        object = Map.of();
      } else if (JsonText.parse(text) instanceof Map<?, ?> map) {
        object = map;
      } else {
        throw ApiException.content("Could not parse request body into json: it is no object");
      }
    } catch (InputException e) {
      throw ApiException.content("Could not parse request body into json: " + e.getMessage());
    }
  }

  private JsonBody(Map<?, ?> object) {
    this.object = object;
  }

  /** A member that is text, or null where there is none. */
  @Nullable String text(String name) throws ApiException {
    Object value = object.get(name);
    if (value != null && !(value instanceof String)) {
      throw ApiException.parameter(name + " is " + JsonText.print(value) + "; it must be a text");
    }
    return (String) value;
  }

  /** A member that must be there and be text. */
  String required(String name) throws ApiException {
    String value = text(name);
    if (value == null) {
      throw ApiException.parameter(name + " is missing");
    }
    return value;
  }

  /** A member that is an object, or null where there is none. */
  @Nullable JsonBody object(String name) throws ApiException {
    Object value = object.get(name);
    if (value != null && !(value instanceof Map)) {
      throw ApiException.parameter(
          name + " is " + JsonText.print(value) + "; it must be an object");
    }
    return value == null ? null : new JsonBody((Map<?, ?>) value);
  }

  /** The members. */
  Map<?, ?> members() {
    return object;
  }
}
