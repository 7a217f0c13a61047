package dev.hearth.signature.openwhisk;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.InputException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** What an action is given: the body, or an empty object where there is none. */
final class Argument {

  private Argument() {}

  /**
   * Reads it, with those parts of Gson that every version has.
   *
   * @throws InputException if the body cannot be read, or is not JSON
   */
  static JsonElement of(Request request) throws InputException {
    String text;
    try {
      text = new String(request.bytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
    }
    return text.isBlank() ? new JsonObject() : parse(text);
  }

  private static JsonElement parse(String text) throws InputException {
    JsonReader reader = new JsonReader(new StringReader(text));
    try {
      JsonElement value = new Gson().getAdapter(JsonElement.class).read(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw InputException.malformed("the body is not JSON: it goes on after its end", null);
      }
      return value;
    } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
      throw InputException.malformed("the body is not JSON" + place(e), e);
    } catch (StackOverflowError e) {
      throw InputException.malformed("the body is JSON that is nested too deeply", null);
    }
  }

  /** Where Gson gave up; the rest of its messages is advice for whoever calls Gson. */
  private static String place(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    int at = message.indexOf(" at line ");
    int end = message.indexOf('\n', Math.max(at, 0));
    return at < 0 ? "" : message.substring(at, end < 0 ? message.length() : end);
  }
}
