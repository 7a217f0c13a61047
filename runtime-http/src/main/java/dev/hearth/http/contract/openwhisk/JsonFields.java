package dev.hearth.http.contract.openwhisk;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object as places in the bytes it was sent in: an activation's value reaches its action byte for byte,
 * and an action's code never becomes a text. Of fields with one name the last counts.
 */
final class JsonFields {

  // The request is all there already, and its size bounded; what is nested too deeply is still
  // refused.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private final Map<String, Field> fields = new LinkedHashMap<>();

  private JsonFields() {}

  /** No fields. */
  static JsonFields none() {
    return new JsonFields();
  }

  /** Says that something is not the JSON that is expected. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /**
   * Reads an object.
   *
   * @throws MalformedException if it is none, or there is more behind it
   */
  static JsonFields parse(byte[] json) throws MalformedException {
    return parse(json, 0, json.length);
  }

  private static JsonFields parse(byte[] json, int from, int to) throws MalformedException {
    try (JsonParser parser = JSON.createParser(json, from, to - from)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedException("not a JSON object");
      }
      JsonFields read = new JsonFields();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        int begin = place(parser.currentTokenLocation().getByteOffset(), from);
        parser.skipChildren();
        parser.finishToken();
        int end = place(parser.currentLocation().getByteOffset(), from);
        read.fields.put(name, new Field(name, token, json, begin, end));
      }
      if (parser.nextToken() != null) {
        throw new MalformedException("more behind the JSON object");
      }
      return read;
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private static int place(long offset, int from) throws MalformedException {
    if (offset < 0) {
      throw new MalformedException("JSON in another encoding than UTF-8");
    }
    return from + (int) offset;
  }

  private static MalformedException malformed(IOException e) {
    String problem = String.valueOf(e.getMessage());
    int line = problem.indexOf('\n');
    return new MalformedException(line < 0 ? problem : problem.substring(0, line));
  }

  /** Whether bytes are one JSON object or array. */
  static boolean isObjectOrArray(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      JsonToken first = parser.nextToken();
      boolean either = first == JsonToken.START_OBJECT || first == JsonToken.START_ARRAY;
      parser.skipChildren();
      return either && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** The field of this name; null if there is none, or it is {@code null}. */
  @Nullable Field get(String name) {
    Field field = fields.get(name);
    return field == null || field.token == JsonToken.VALUE_NULL ? null : field;
  }

  /** All of them, by name. */
  Map<String, Field> all() {
    return fields;
  }

  /** One field's value. */
  static final class Field {
    private final String name;
    private final JsonToken token;
    private final byte[] json;
    private final int from;
    private final int to;

    private Field(String name, JsonToken token, byte[] json, int from, int to) {
      this.name = name;
      this.token = token;
      this.json = json;
      this.from = from;
      this.to = to;
    }

    /** Its JSON. */
    byte[] json() {
      return Arrays.copyOfRange(json, from, to);
    }

    /** A text as it is, a number or truth value as it was written; null for anything else. */
    @Nullable String scalar() throws MalformedException {
      if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
        return null;
      }
      try (JsonParser parser = parser()) {
        return parser.getText();
      } catch (IOException e) {
        throw malformed(e);
      }
    }

    /**
     * A text.
     *
     * @throws MalformedException if it is none
     */
    String text() throws MalformedException {
      String text = token == JsonToken.VALUE_STRING ? scalar() : null;
      if (text == null) {
        throw new MalformedException("'" + name + "' is not a string");
      }
      return text;
    }

    boolean isTrue() {
      return token == JsonToken.VALUE_TRUE;
    }

    /** Whether it is a text of no more characters than this; as near as can be told without reading it. */
    boolean isTextWithin(int most) {
      return token == JsonToken.VALUE_STRING && to - from - 2 <= most;
    }

    /**
     * An object's fields.
     *
     * @throws MalformedException if it is none
     */
    JsonFields fields() throws MalformedException {
      if (token != JsonToken.START_OBJECT) {
        throw new MalformedException("'" + name + "' is not an object");
      }
      return parse(json, from, to);
    }

    /**
     * Decodes a text in base64; line breaks in it are skipped.
     *
     * @throws MalformedException if it is none
     */
    void decode(OutputStream to) throws MalformedException, IOException {
      if (token != JsonToken.VALUE_STRING) {
        throw new MalformedException("'" + name + "' is not a string");
      }
      try (JsonParser parser = parser()) {
        parser.readBinaryValue(to);
      } catch (JacksonException e) {
        throw new MalformedException("'" + name + "' is not base64: " + malformed(e).getMessage());
      } catch (IllegalArgumentException e) {
        throw new MalformedException("'" + name + "' is not base64: " + e.getMessage());
      }
    }

    private JsonParser parser() throws IOException {
      JsonParser parser = JSON.createParser(json, from, to - from);
      parser.nextToken();
      return parser;
    }
  }
}
