package dev.hearth.function;

import java.io.OutputStream;

/**
 * What a function answers. Not thread-safe; useless once the call has ended: writes then fail and never
 * reach another response.
 */
public interface Response {

  /**
   * Sets the status; 200 when never set.
   *
   * @throws IllegalArgumentException if it is not within 200 to 999
   * @throws IllegalStateException if the response is on its way already
   */
  Response status(int status);

  /** The status set so far; 0 when none was. */
  int status();

  /**
   * Sets a header, replacing what it held. Headers that frame the message ({@code Content-Length}, {@code
   * Transfer-Encoding}, {@code Connection}, …) belong to the host, which ignores them.
   *
   * @throws IllegalArgumentException if name or value hold characters a header must not
   * @throws IllegalStateException if the response is on its way already
   */
  Response header(String name, String value);

  /** Adds a header line, keeping those of the same name; otherwise as {@link #header}. */
  Response addHeader(String name, String value);

  /** The headers set so far. */
  Headers headers();

  /** The body; the same stream at each call. {@code flush} sends what is there. Closing it is not needed. */
  OutputStream body();

  /** Whether status and headers are on their way. */
  boolean isCommitted();
}
