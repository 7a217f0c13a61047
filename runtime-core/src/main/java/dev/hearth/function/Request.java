package dev.hearth.function;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What was sent to a function, in terms that every platform can fill: HTTP's.
 *
 * <p>Where an event did not travel by HTTP, method is {@code POST}, path is {@code /} and the headers are
 * those the platform's documentation maps the event to. One thread at a time may read the body.
 */
public interface Request {

  /** The method in capital letters. */
  String method();

  /** The path as sent, without query, beginning with a slash; not decoded, not normalised. */
  String path();

  /** The query as sent, without question mark; empty when there was none. */
  String query();

  /** The headers as sent. */
  Headers headers();

  /** The value of {@code Content-Type}, when there was one. */
  default Optional<String> contentType() {
    return headers().first("content-type");
  }

  /** The length of the body in bytes; 0 when there is none, -1 when it is not known beforehand. */
  long contentLength();

  /** The body; the same stream at each call, at its end when there is no body. Closing it is not needed. */
  InputStream body();

  /**
   * The rest of the body.
   *
   * @throws IOException if the client left, or sent more than the limit, before its end
   */
  default byte[] bytes() throws IOException {
    return body().readAllBytes();
  }
}
