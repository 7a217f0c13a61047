package dev.hearth.signature.google;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The body of a message, read either as bytes or as characters; the same object at each call. */
final class MessageBody {

  private final InputStream stream;
  private final @Nullable String charset;
  private boolean asBytes;
  private @Nullable BufferedReader reader;

  MessageBody(InputStream stream, @Nullable String charset) {
    this.stream = stream;
    this.charset = charset;
  }

  InputStream stream() {
    if (reader != null) {
      throw new IllegalStateException("getReader() was called before; the body is read one way");
    }
    asBytes = true;
    return stream;
  }

  BufferedReader reader() throws UnsupportedEncodingException {
    if (asBytes) {
      throw new IllegalStateException(
          "getInputStream() was called before; the body is read one way");
    }
    BufferedReader known = reader;
    if (known == null) {
      known =
          new BufferedReader(
              charset == null
                  ? new InputStreamReader(stream, StandardCharsets.UTF_8)
                  : new InputStreamReader(stream, charset));
      reader = known;
    }
    return known;
  }
}
