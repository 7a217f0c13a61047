package dev.hearth.http;

import dev.hearth.function.Headers;
import dev.hearth.http.contract.RefusedResponseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The header lines of a response: bounded, clean, and without those that frame the message, which are the
 * server's own and silently left out. Not thread-safe.
 */
final class HeaderLines implements Headers {

  private static final int MOST_LINES = 1000;
  private static final int MOST_CHARS = 64 << 10;
  private static final String[] FRAMING = {
    "content-length",
    "transfer-encoding",
    "connection",
    "upgrade",
    "keep-alive",
    "trailer",
    "te",
    "proxy-connection"
  };

  // Names and values in turn: most answers have one line, and every request makes two of these.
  private final List<String> lines = new ArrayList<>(0);
  private int chars;

  int size() {
    return lines.size() / 2;
  }

  String name(int index) {
    return lines.get(2 * index);
  }

  String value(int index) {
    return lines.get(2 * index + 1);
  }

  int chars() {
    return chars;
  }

  void clear() {
    lines.clear();
    chars = 0;
  }

  void set(String name, String value) {
    requireClean(name, value);
    for (int i = size() - 1; i >= 0; i--) {
      if (name(i).equalsIgnoreCase(name)) {
        chars -= name.length() + value(i).length();
        lines.remove(2 * i + 1);
        lines.remove(2 * i);
      }
    }
    put(name, value);
  }

  void add(String name, String value) {
    requireClean(name, value);
    put(name, value);
  }

  private void put(String name, String value) {
    if (isFraming(name)) {
      return;
    }
    chars += name.length() + value.length();
    if (size() >= MOST_LINES || chars > MOST_CHARS) {
      chars -= name.length() + value.length();
      throw new RefusedResponseException(
          "response header "
              + Ascii.printable(name)
              + " makes more than "
              + MOST_LINES
              + " lines or "
              + MOST_CHARS
              + " characters of headers; send it in the body");
    }
    lines.add(name);
    lines.add(value);
  }

  private static boolean isFraming(String name) {
    for (String framing : FRAMING) {
      if (framing.equalsIgnoreCase(name)) { // which looks at the lengths first
        return true;
      }
    }
    return false;
  }

  private static void requireClean(String name, String value) {
    if (!Ascii.isToken(name)) {
      throw new RefusedResponseException(
          "response header name '"
              + Ascii.printable(name)
              + "' is not a token of letters, digits and !#$%&'*+-.^_`|~");
    }
    if (!Ascii.isFieldValue(value)) {
      throw new RefusedResponseException(
          "response header "
              + name
              + " has a line break, a control character or one beyond Latin-1 in its value '"
              + Ascii.printable(value)
              + "'; encode it");
    }
  }

  boolean contains(String name) {
    return find(name) != null;
  }

  private @Nullable String find(String name) {
    for (int i = 0; i < size(); i++) {
      if (name(i).equalsIgnoreCase(name)) {
        return value(i);
      }
    }
    return null;
  }

  @Override
  public Optional<String> first(String name) {
    return Optional.ofNullable(find(name));
  }

  @Override
  public List<String> all(String name) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      if (name(i).equalsIgnoreCase(name)) {
        all.add(value(i));
      }
    }
    return Collections.unmodifiableList(all);
  }

  @Override
  public Set<String> names() {
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Set<String> all = new LinkedHashSet<>();
    for (int i = 0; i < size(); i++) {
      if (seen.add(name(i))) {
        all.add(name(i));
      }
    }
    return Collections.unmodifiableSet(all);
  }

  @Override
  public Map<String, List<String>> asMap() {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : names()) {
      copy.put(name, all(name));
    }
    return Collections.unmodifiableMap(copy);
  }

  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      names.add(name(i));
    }
    return names.toString();
  }
}
