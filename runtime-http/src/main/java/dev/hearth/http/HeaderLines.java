package dev.hearth.http;

import dev.hearth.function.Headers;
import dev.hearth.http.contract.RefusedResponseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
  private static final Set<String> FRAMING =
      Set.of(
          "content-length",
          "transfer-encoding",
          "connection",
          "upgrade",
          "keep-alive",
          "trailer",
          "te",
          "proxy-connection");

  private final List<String> names = new ArrayList<>(4);
  private final List<String> values = new ArrayList<>(4);
  private int chars;

  int size() {
    return names.size();
  }

  String name(int index) {
    return names.get(index);
  }

  String value(int index) {
    return values.get(index);
  }

  int chars() {
    return chars;
  }

  void clear() {
    names.clear();
    values.clear();
    chars = 0;
  }

  void set(String name, String value) {
    requireClean(name, value);
    for (int i = names.size() - 1; i >= 0; i--) {
      if (names.get(i).equalsIgnoreCase(name)) {
        chars -= name.length() + values.get(i).length();
        names.remove(i);
        values.remove(i);
      }
    }
    put(name, value);
  }

  void add(String name, String value) {
    requireClean(name, value);
    put(name, value);
  }

  private void put(String name, String value) {
    if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
      return;
    }
    chars += name.length() + value.length();
    if (names.size() >= MOST_LINES || chars > MOST_CHARS) {
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
    names.add(name);
    values.add(value);
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
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return values.get(i);
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
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        all.add(values.get(i));
      }
    }
    return Collections.unmodifiableList(all);
  }

  @Override
  public Set<String> names() {
    Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Set<String> all = new LinkedHashSet<>();
    for (String name : names) {
      if (seen.add(name)) {
        all.add(name);
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
    return names.toString();
  }
}
