package dev.hearth.http.contract.lambda;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the Runtime API replied.
 *
 * @param headers names in lower case and values by turns
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Reply(int status, List<String> headers, byte[] body) {

  /** The first value of a header; null when there is none, or it is empty. */
  @Nullable String header(String lowerCaseName) {
    for (int i = 0; i < headers.size(); i += 2) {
      if (headers.get(i).equals(lowerCaseName)) {
        String value = headers.get(i + 1);
        return value.isEmpty() ? null : value;
      }
    }
    return null;
  }

  boolean isSuccess() {
    return status >= 200 && status <= 299;
  }

  /** Status and the beginning of the body, for people. */
  String describe() {
    String text =
        new String(body, 0, Math.min(body.length, 300), StandardCharsets.UTF_8)
            .replace('\n', ' ')
            .replace('\r', ' ')
            .strip();
    return text.isEmpty() ? String.valueOf(status) : status + " " + text;
  }
}
