package dev.hearth.signature.azure;

import com.microsoft.azure.functions.HttpRequestMessage;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.InputException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An HTTP request, wherever it came from. Immutable, but for the body, which belongs to the function. */
final class HttpMessage {

  private static final String WHAT = "the body";

  private final String url;
  private final String method;
  private final Map<String, String> headers;
  private final Map<String, String> query;
  private final Map<String, String> parameters;
  private final byte[] body;

  /**
   * @param headers values joined by commas, names in lower case and found in any
   * @param query decoded, values of one name joined by commas
   * @param parameters of the route
   * @param body empty for none
   */
  HttpMessage(
      String url,
      String method,
      Map<String, String> headers,
      Map<String, String> query,
      Map<String, String> parameters,
      byte[] body) {
    this.url = url;
    this.method = method;
    this.headers = headers;
    this.query = query;
    this.parameters = parameters;
    this.body = body;
  }

  String url() {
    return url;
  }

  String method() {
    return method;
  }

  Map<String, String> headers() {
    return headers;
  }

  Map<String, String> query() {
    return query;
  }

  Map<String, String> parameters() {
    return parameters;
  }

  byte[] body() {
    return body;
  }

  /**
   * What a parameter of this type is given: the request with its body as the type argument says, or the body alone.
   *
   * @throws InputException if the body does not fit
   */
  @Nullable Object as(Type type) throws InputException {
    return Generics.raw(type) == HttpRequestMessage.class
        ? new HttpRequest(this, body(Generics.argument(type, 0)))
        : body(type);
  }

  private @Nullable Object body(Type type) throws InputException {
    Class<?> raw = Generics.raw(type);
    if (raw == Optional.class) {
      return body.length == 0
          ? Optional.empty()
          : Optional.ofNullable(body(Generics.argument(type, 0)));
    }
    if (body.length == 0) {
      return Values.absent(type, WHAT);
    }
    ContentType content = contentType();
    if (raw == byte[].class) {
      return body;
    }
    if (raw == String.class || raw == CharSequence.class) {
      return text();
    }
    if (raw == Object.class && !content.isJson()) {
      return content.isBytes() ? body : text();
    }
    String text = text();
    return Values.read(text.startsWith("\uFEFF") ? text.substring(1) : text, type, WHAT);
  }

  ContentType contentType() {
    return ContentType.of(headers.get("content-type"));
  }

  /** The body as text. */
  String text() {
    return new String(body, contentType().charset());
  }
}
