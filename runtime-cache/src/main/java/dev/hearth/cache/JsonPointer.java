package dev.hearth.cache;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the text of a value in JSON by a pointer (RFC 6901), without building a tree. What is no JSON, or has no such value, gives null; a
 * value is given as it was written, so that two ways to write the same number are two values.
 */
final class JsonPointer {

  private static final int DEEPEST = 200;

  private final String json;
  private int at;
  private int depth;

  private JsonPointer(String json) {
    this.json = json;
  }

  /** The text of the value that the pointer leads to. */
  static @Nullable String text(byte[] body, String pointer) {
    JsonPointer reader = new JsonPointer(new String(body, StandardCharsets.UTF_8));
    try {
      String[] steps = pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1);
      for (int i = 0; i < steps.length; i++) {
        String step = steps[i].replace("~1", "/").replace("~0", "~");
        if (!reader.enter(step)) {
          return null;
        }
      }
      reader.space();
      int from = reader.at;
      reader.skip();
      return reader.json.substring(from, reader.at);
    } catch (IllegalStateException | IndexOutOfBoundsException | NumberFormatException e) {
      return null;
    }
  }

  /** Goes to a member or an item of the value here; false if it has none of that name. */
  private boolean enter(String step) {
    space();
    char open = json.charAt(at);
    if (open == '{') {
      return member(step);
    }
    if (open != '[') {
      return false;
    }
    at++;
    for (int i = 0; ; i++) {
      space();
      if (json.charAt(at) == ']') {
        return false;
      }
      if (step.equals(Integer.toString(i))) {
        return true;
      }
      skip();
      space();
      if (json.charAt(at) == ',') {
        at++;
      }
    }
  }

  private boolean member(String name) {
    at++;
    while (true) {
      space();
      if (json.charAt(at) == '}') {
        return false;
      }
      String found = string();
      space();
      expect(':');
      if (found.equals(name)) {
        return true;
      }
      skip();
      space();
      if (json.charAt(at) == ',') {
        at++;
      }
    }
  }

  /** Passes over one value. */
  private void skip() {
    space();
    char first = json.charAt(at);
    if (first == '"') {
      string();
    } else if (first == '{' || first == '[') {
      skipNested(first == '{' ? '}' : ']');
    } else {
      int from = at;
      while (at < json.length() && ",]} \t\r\n".indexOf(json.charAt(at)) < 0) {
        at++;
      }
      if (at == from) {
        throw new IllegalStateException();
      }
    }
  }

  private void skipNested(char close) {
    if (++depth > DEEPEST) {
      throw new IllegalStateException();
    }
    at++;
    while (true) {
      space();
      char here = json.charAt(at);
      if (here == close) {
        at++;
        depth--;
        return;
      }
      if (here == ',' || here == ':') {
        at++;
      } else {
        skip();
      }
    }
  }

  /** A string with its escapes resolved. */
  private String string() {
    expect('"');
    StringBuilder text = new StringBuilder();
    while (true) {
      char here = json.charAt(at++);
      if (here == '"') {
        return text.toString();
      }
      if (here != '\\') {
        text.append(here);
        continue;
      }
      char escaped = json.charAt(at++);
      switch (escaped) {
        case 'n' -> text.append('\n');
        case 't' -> text.append('\t');
        case 'r' -> text.append('\r');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'u' -> {
          text.append((char) Integer.parseInt(json.substring(at, at + 4), 16));
          at += 4;
        }
        default -> text.append(escaped);
      }
    }
  }

  private void expect(char wanted) {
    if (json.charAt(at) != wanted) {
      throw new IllegalStateException();
    }
    at++;
  }

  private void space() {
    while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
  }
}
