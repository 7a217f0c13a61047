package dev.hearth.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a function gave it, in strings and bytes. Immutable by contract: nobody changes the body.
 *
 * @param status its status
 * @param headers its header lines, name and value in turn
 * @param body its body; empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // it is never compared
public record CachedAnswer(int status, List<String> headers, byte[] body) {

  /** Copies the lines, not the body. */
  public CachedAnswer {
    headers = List.copyOf(headers);
    if (headers.size() % 2 != 0) {
      throw new IllegalArgumentException(
          "headers are " + headers.size() + " strings; they must be pairs of name and value");
    }
  }

  /** The first value of a header, or null. */
  public @Nullable String first(String name) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        return headers.get(i + 1);
      }
    }
    return null;
  }

  /** All values of a header, a line each. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equalsIgnoreCase(name)) {
        values.add(headers.get(i + 1));
      }
    }
    return values;
  }

  /** The same with one line more. */
  public CachedAnswer with(String name, String value) {
    List<String> more = new ArrayList<>(headers);
    more.add(name);
    more.add(value);
    return new CachedAnswer(status, more, body);
  }

  /** What it takes in memory, about; in bytes. */
  int weight() {
    long bytes = 128L + body.length;
    for (String text : headers) {
      bytes += 56 + text.length();
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }
}
