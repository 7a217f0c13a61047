package dev.hearth.http.contract.azure;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.signature.spi.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A settings file of an app folder: a JSON object, in which the Azure host also takes comments, and keys in any case. */
final class ConfigJson {

  private static final int MOST_BYTES = 1 << 20;

  private final Map<?, ?> members;

  private ConfigJson(Map<?, ?> members) {
    this.members = members;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it is none; the message names it
   */
  static ConfigJson read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IllegalArgumentException(file + " is over " + MOST_BYTES + " bytes");
      }
      String text = withoutComments(new String(bytes, StandardCharsets.UTF_8));
      if (JsonText.parse(text) instanceof Map<?, ?> members) {
        return new ConfigJson(members);
      }
      throw new IllegalArgumentException(file + " is no JSON object");
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e, e);
    } catch (InputException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** The same text with blanks in the place of comments. */
  static String withoutComments(String text) {
    StringBuilder out = new StringBuilder(text);
    boolean inString = false;
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (inString) {
        i += c == '\\' ? 1 : 0;
        inString = c != '"';
      } else if (c == '"') {
        inString = true;
      } else if (c == '/') {
        i = blank(out, i, commentEnd(out, i)) - 1;
      }
    }
    return out.toString();
  }

  /** Where a comment ends; right behind the slash where it begins none. */
  private static int commentEnd(StringBuilder text, int from) {
    char kind = from + 1 < text.length() ? text.charAt(from + 1) : ' ';
    if (kind != '/' && kind != '*') {
      return from + 1;
    }
    int end = text.indexOf(kind == '/' ? "\n" : "*/", from + 2);
    return end < 0 ? text.length() : end + (kind == '/' ? 0 : 2);
  }

  private static int blank(StringBuilder text, int from, int to) {
    for (int i = from; to > from + 1 && i < to; i++) {
      text.setCharAt(i, ' ');
    }
    return to;
  }

  private @Nullable Object get(String key) {
    Object exactly = members.get(key);
    if (exactly != null) {
      return exactly;
    }
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (member.getKey().toString().equalsIgnoreCase(key)) {
        return member.getValue();
      }
    }
    return null;
  }

  /** An object in it; null if there is none of this name. */
  @Nullable ConfigJson object(String key) {
    return get(key) instanceof Map<?, ?> object ? new ConfigJson(object) : null;
  }

  /** A text, number or truth value, as text; null if there is none of this name. */
  @Nullable String text(String key) {
    Object value = get(key);
    return value == null || value instanceof Map || value instanceof List ? null : value.toString();
  }

  /** The texts of an array; empty if there is none of this name. */
  List<String> texts(String key) {
    if (!(get(key) instanceof List<?> elements)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Object element : elements) {
      texts.add(String.valueOf(element));
    }
    return texts;
  }

  /** The objects of an array; empty if there is none of this name. */
  List<ConfigJson> objects(String key) {
    if (!(get(key) instanceof List<?> elements)) {
      return List.of();
    }
    List<ConfigJson> objects = new ArrayList<>();
    for (Object element : elements) {
      if (element instanceof Map<?, ?> object) {
        objects.add(new ConfigJson(object));
      }
    }
    return objects;
  }
}
