package dev.hearth.signature.azure;

import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import dev.hearth.signature.spi.OutputException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response as a function gave it: a response message, or anything else as the body of a 200. Nothing is 204, as on Azure.
 *
 * @param headers found in any case
 * @param body null for none
 */
record HttpAnswer(int status, Map<String, String> headers, @Nullable Object body) {

  private static final String CONTENT_TYPE = "Content-Type";

  /**
   * Takes a response apart.
   *
   * @param given what the function returned or set; null for nothing
   * @throws OutputException if it cannot be sent
   */
  static HttpAnswer of(@Nullable Object given, Function function) throws OutputException {
    Object value = given instanceof Optional<?> optional ? optional.orElse(null) : given;
    if (value == null) {
      return new HttpAnswer(204, Map.of(), null);
    }
    if (!(value instanceof HttpResponseMessage message)) {
      return new HttpAnswer(200, Map.of(), value);
    }
    HttpStatusType status = message.getStatus();
    if (status == null || status.value() < 200 || status.value() > 999) {
      throw new OutputException(
          "function "
              + function.name()
              + " answered with status "
              + (status == null ? null : status.value())
              + "; it must be within 200 to 999",
          null);
    }
    Map<String, String> headers = headers(message);
    requireClean(headers, function);
    return new HttpAnswer(status.value(), headers, message.getBody());
  }

  /** A message of the function's own making tells its headers only by name. */
  private static Map<String, String> headers(HttpResponseMessage message) {
    if (message instanceof HttpResponse built) {
      return built.headers();
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String type = message.getHeader(CONTENT_TYPE);
    if (type != null) {
      headers.put(CONTENT_TYPE, type);
    }
    return headers;
  }

  private static void requireClean(Map<String, String> headers, Function function)
      throws OutputException {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().isEmpty() || isBroken(header.getKey()) || isBroken(header.getValue())) {
        throw new OutputException(
            "function "
                + function.name()
                + " answered with a header whose name or value holds a line break or NUL, or that has no name",
            null);
      }
    }
  }

  private static boolean isBroken(String text) {
    return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0;
  }

  boolean hasType() {
    return headers.containsKey(CONTENT_TYPE);
  }
}
