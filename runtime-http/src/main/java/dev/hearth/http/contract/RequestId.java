package dev.hearth.http.contract;

import dev.hearth.function.Request;
import org.jspecify.annotations.Nullable;

/** The caller's id for a request, taken over when it is one that can stand in logs and headers. */
public final class RequestId {

  private RequestId() {}

  /**
   * The value of a header when it is 1 to {@code most} printable ASCII characters without a space, else null.
   *
   * @param header the header that carries it
   */
  public static @Nullable String of(Request request, String header, int most) {
    String value = request.headers().first(header).orElse(null);
    if (value == null || value.isEmpty() || value.length() > most) {
      return null;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        return null;
      }
    }
    return value;
  }
}
