package dev.hearth.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A result with a status and headers. Immutable; each method gives a changed copy.
 *
 * <pre>{@code return Reply.status(201).header("Location", "/orders/7").body(order);}</pre>
 *
 * @param <T> what the body is made of; bound as a plain result would be
 */
public final class Reply<T> {

  private final int status;
  private final Map<String, List<String>> headers;
  private final T body;

  private Reply(int status, Map<String, List<String>> headers, T body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** A 200 with this body. */
  public static <T> Reply<T> of(T body) {
    return new Reply<>(200, Map.of(), body);
  }

  /**
   * An answer of this status and no body yet.
   *
   * @throws IllegalArgumentException if it is not within 200 to 999
   */
  @SuppressWarnings("NullAway") // Void has no value but null
  public static Reply<Void> status(int status) {
    if (status < 200 || status > 999) {
      throw new IllegalArgumentException("status is " + status + "; it must be within 200 to 999");
    }
    return new Reply<>(status, Map.of(), null);
  }

  /** The same with a header line added. */
  public Reply<T> header(String name, String value) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    List<String> values = new ArrayList<>(more.getOrDefault(name, List.of()));
    values.add(value);
    more.put(name, Collections.unmodifiableList(values));
    return new Reply<>(status, Collections.unmodifiableMap(more), body);
  }

  /** The same with another body. */
  public <U> Reply<U> body(U body) {
    return new Reply<>(status, headers, body);
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** Header lines by name, found without regard to case; unmodifiable. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /** The body; null when there is none. */
  public T body() {
    return body;
  }

  @Override
  public String toString() {
    return "Reply[" + status + ", " + headers + ", " + body + "]";
  }
}
