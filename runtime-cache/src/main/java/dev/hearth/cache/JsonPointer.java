package dev.hearth.cache;

import dev.hearth.signature.spi.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the text of a value in JSON by a pointer (RFC 6901), without building a tree. A value is given as it was written, so that two
 * ways to write the same number are two values.
 *
 * <p>Only what every parser reads alike has a value: of a name written twice one parser takes the first, another the last.
 */
final class JsonPointer {

  private static final int DEEPEST = 200;

  private final String json;
  private final String[] steps;
  private int at;
  private int depth;

  private JsonPointer(String json, String[] steps) {
    this.json = json;
    this.steps = steps;
  }

  /**
   * The text of the value that the pointer leads to; null if there is none.
   *
   * @throws InputException if the body is no JSON, is nested deeper than 200, or has a name on the pointer's way twice
   */
  static @Nullable String text(byte[] body, String pointer) throws InputException {
    String[] steps = pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1);
    for (int i = 0; i < steps.length; i++) {
      steps[i] = steps[i].replace("~1", "/").replace("~0", "~");
    }
    JsonPointer reader = new JsonPointer(decoded(body), steps);
    String text = reader.find(0);
    reader.space();
    if (reader.at < reader.json.length()) {
      throw reader.unclear();
    }
    return text;
  }

  private static String decoded(byte[] body) throws InputException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw InputException.malformed("not JSON: a byte that is not UTF-8", e);
    }
  }

  /** Passes over one value, and finds in it what the steps from here on lead to. */
  private @Nullable String find(int step) throws InputException {
    space();
    int from = at;
    if (step == steps.length) {
      skip();
      return json.substring(from, at);
    }
    if (here() == '{') {
      return inObject(step);
    }
    if (here() == '[') {
      return inArray(step);
    }
    skip();
    return null;
  }

  private @Nullable String inObject(int step) throws InputException {
    String found = null;
    boolean seen = false;
    open();
    for (boolean more = !closes('}'); more; more = goesOn('}')) {
      space();
      String name = string();
      space();
      expect(':');
      if (name.equals(steps[step])) {
        if (seen) {
          throw unclear();
        }
        seen = true;
        found = find(step + 1);
      } else {
        skip();
      }
    }
    return found;
  }

  private @Nullable String inArray(int step) throws InputException {
    String found = null;
    open();
    int index = 0;
    for (boolean more = !closes(']'); more; more = goesOn(']')) {
      if (steps[step].equals(Integer.toString(index++))) {
        found = find(step + 1);
      } else {
        skip();
      }
    }
    return found;
  }

  /** Passes over one value. */
  private void skip() throws InputException {
    space();
    switch (here()) {
      case '"' -> string();
      case '{' -> {
        open();
        for (boolean more = !closes('}'); more; more = goesOn('}')) {
          space();
          string();
          space();
          expect(':');
          skip();
        }
      }
      case '[' -> {
        open();
        for (boolean more = !closes(']'); more; more = goesOn(']')) {
          skip();
        }
      }
      default -> word();
    }
  }

  /** A number or a word, whatever it is. */
  private void word() throws InputException {
    int from = at;
    while (at < json.length() && ",:[]{}\" \t\r\n".indexOf(json.charAt(at)) < 0) {
      at++;
    }
    if (at == from) {
      throw unclear();
    }
  }

  private void open() throws InputException {
    at++;
    if (++depth > DEEPEST) {
      throw unclear();
    }
  }

  private boolean closes(char close) throws InputException {
    space();
    if (here() != close) {
      return false;
    }
    at++;
    depth--;
    return true;
  }

  private boolean goesOn(char close) throws InputException {
    if (closes(close)) {
      return false;
    }
    expect(',');
    return true;
  }

  /** A string with its escapes resolved. */
  private String string() throws InputException {
    expect('"');
    StringBuilder text = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return text.toString();
      }
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char escaped = next();
      switch (escaped) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'u' -> text.append(unicode());
        default -> text.append(escaped);
      }
    }
  }

  private char unicode() throws InputException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw unclear();
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private char next() throws InputException {
    char c = here();
    at++;
    return c;
  }

  private void expect(char wanted) throws InputException {
    if (next() != wanted) {
      throw unclear();
    }
  }

  private char here() throws InputException {
    if (at >= json.length()) {
      throw unclear();
    }
    return json.charAt(at);
  }

  private void space() {
    while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
  }

  private InputException unclear() {
    return InputException.malformed(
        "not JSON, nested too deep, or with a name twice, at character " + (at + 1), null);
  }
}
