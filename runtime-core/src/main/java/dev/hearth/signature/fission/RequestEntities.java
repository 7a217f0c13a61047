package dev.hearth.signature.fission;

import dev.hearth.function.Request;
import dev.hearth.signature.spi.Input;
import dev.hearth.signature.spi.InputException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.RequestEntity;

/**
 * Makes Spring's request entities. Uses only what Spring 5, 6 and 7 have in common.
 *
 * @param body how the body is made
 */
record RequestEntities(Input body) {

  RequestEntity<?> of(Request request) throws InputException {
    URI uri = RequestUri.of(request);
    RequestEntity.BodyBuilder entity =
        RequestEntity.method(HttpMethod.valueOf(request.method()), uri);
    for (String name : request.headers().names()) {
      entity.header(name, request.headers().all(name).toArray(new String[0]));
    }
    Object value = request.contentLength() == 0 ? null : body.read(request);
    return value == null || isNothing(value) ? entity.build() : entity.body(value);
  }

  /** As with Spring, an empty body is none. */
  private static boolean isNothing(@Nullable Object value) {
    return "".equals(value) || (value instanceof byte[] bytes && bytes.length == 0);
  }
}
