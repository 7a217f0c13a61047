package dev.hearth.cloudevents;

import dev.hearth.signature.spi.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) as plain values: {@link Map} in the order written, {@link List}, {@link String}, {@link
 * JsonNumber}, {@link Boolean} and null. Of a name written twice the last counts.
 */
public final class JsonText {

  private static final int MAX_DEPTH = 512;

  private final String text;
  private final int deepest;
  private int at;
  private int depth;

  private JsonText(String text, int deepest) {
    this.text = text;
    this.deepest = deepest;
  }

  /**
   * Reads one value.
   *
   * @throws InputException if the text is anything else; the message says where
   */
  public static @Nullable Object parse(String text) throws InputException {
    return parse(text, MAX_DEPTH);
  }

  /** Reads one value that is to stand within others when it is written: so many levels are left to those. */
  static @Nullable Object parseWithin(String text, int levels) throws InputException {
    return parse(text, MAX_DEPTH - levels);
  }

  private static @Nullable Object parse(String text, int deepest) throws InputException {
    JsonText parser = new JsonText(text, deepest);
    if (text.startsWith("\uFEFF")) {
      parser.at = 1; // a mark of byte order, not part of the text
    }
    Object value = parser.value();
    parser.skipSpace();
    if (parser.at < text.length()) {
      throw parser.failure("there is more after its end");
    }
    return value;
  }

  /** Writes a value without any space. */
  public static String print(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    print(value, out);
    return out.toString();
  }

  private @Nullable Object value() throws InputException {
    skipSpace();
    if (at == text.length()) {
      throw failure("it ends too early");
    }
    char c = text.charAt(at);
    return switch (c) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() throws InputException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    open();
    if (!closes('}')) {
      do {
        skipSpace();
        if (at == text.length() || text.charAt(at) != '"') {
          throw failure("a name in quotes is expected");
        }
        String name = string();
        skipSpace();
        if (at == text.length() || text.charAt(at++) != ':') {
          throw failure("a colon is expected after the name \"" + name + "\"");
        }
        members.put(name, value());
      } while (goesOn('}'));
    }
    depth--;
    return members;
  }

  private List<@Nullable Object> array() throws InputException {
    List<@Nullable Object> elements = new ArrayList<>();
    open();
    if (!closes(']')) {
      do {
        elements.add(value());
      } while (goesOn(']'));
    }
    depth--;
    return elements;
  }

  private void open() throws InputException {
    at++;
    if (++depth > deepest) {
      throw failure("it is nested deeper than " + deepest);
    }
  }

  private boolean closes(char end) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == end) {
      at++;
      return true;
    }
    return false;
  }

  private boolean goesOn(char end) throws InputException {
    if (closes(end)) {
      return false;
    }
    if (at < text.length() && text.charAt(at) == ',') {
      at++;
      return true;
    }
    throw failure("a comma or " + end + " is expected");
  }

  private String string() throws InputException {
    int from = ++at;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        return text.substring(from, at++);
      }
      if (c == '\\') {
        return escaped(new StringBuilder().append(text, from, at));
      }
      requireNoControl(c);
    }
    throw failure("a string is not closed");
  }

  private String escaped(StringBuilder out) throws InputException {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return out.toString();
      }
      if (c == '\\') {
        out.append(escape());
      } else {
        requireNoControl(c);
        out.append(c);
      }
    }
    throw failure("a string is not closed");
  }

  private char escape() throws InputException {
    if (at == text.length()) {
      throw failure("a string is not closed");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw failure("there is no escape \\" + c);
    };
  }

  private char unicode() throws InputException {
    int code = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0 || text.charAt(at) > 'f') {
        throw failure("\\u is followed by four hexadecimal digits");
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }

  private void requireNoControl(char c) throws InputException {
    if (c < ' ') {
      throw failure("control characters in strings are escaped");
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) throws InputException {
    if (!text.startsWith(word, at)) {
      throw failure("a value is expected");
    }
    at += word.length();
    return value;
  }

  private JsonNumber number() throws InputException {
    int from = at;
    take('-');
    if (!take('0')) {
      digits();
    }
    if (take('.')) {
      digits();
    }
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      digits();
    }
    return new JsonNumber(text.substring(from, at));
  }

  private void digits() throws InputException {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == from) {
      throw failure("a value is expected");
    }
  }

  private boolean take(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private InputException failure(String what) {
    return InputException.malformed("not JSON: " + what + ", at character " + (at + 1), null);
  }

  private static void print(@Nullable Object value, StringBuilder out) {
    if (value instanceof String string) {
      printString(string, out);
    } else if (value instanceof Map<?, ?> members) {
      char before = '{';
      for (Map.Entry<?, ?> member : members.entrySet()) {
        out.append(before);
        printString((String) member.getKey(), out);
        print(member.getValue(), out.append(':'));
        before = ',';
      }
      out.append(before == '{' ? "{}" : "}");
    } else if (value instanceof List<?> elements) {
      char before = '[';
      for (Object element : elements) {
        print(element, out.append(before));
        before = ',';
      }
      out.append(before == '[' ? "[]" : "]");
    } else {
      out.append(value);
    }
  }

  private static void printString(String string, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> printPlain(string, i, out);
      }
    }
    out.append('"');
  }

  /** Half of a surrogate pair is escaped, for UTF-8 has no bytes for it. */
  private static void printPlain(String string, int at, StringBuilder out) {
    char c = string.charAt(at);
    if (c >= ' ' && !(Character.isSurrogate(c) && isHalf(string, at))) {
      out.append(c);
      return;
    }
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit(c >> shift & 15, 16));
    }
  }

  private static boolean isHalf(String string, int at) {
    if (Character.isHighSurrogate(string.charAt(at))) {
      return at + 1 == string.length() || !Character.isLowSurrogate(string.charAt(at + 1));
    }
    return at == 0 || !Character.isHighSurrogate(string.charAt(at - 1));
  }
}
