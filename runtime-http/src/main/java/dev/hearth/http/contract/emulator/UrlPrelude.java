package dev.hearth.http.contract.emulator;

import dev.hearth.cloudevents.JsonNumber;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Response;
import dev.hearth.signature.spi.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes status, headers and cookies off the begin of a stream: {@code {"statusCode":200,…}} and eight NUL bytes, which may come in
 * any number of writes. Guarded by the lock of the {@link StreamedResponse} it serves.
 *
 * <p>Source: AWS Lambda, developer guide, <i>Response streaming for Lambda functions</i>; aws/aws-lambda-rust-runtime,
 * {@code lambda-http/src/streaming.rs}.
 */
final class UrlPrelude implements StreamedResponse.Parts {

  /** The content type that says that there is one. */
  static final String TYPE = "application/vnd.awslambda.http-integration-response";

  private static final int ZEROS = 8;
  private static final int MOST_BYTES = 64 << 10;

  private final Response client;
  private final String type;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private int zeros;
  private boolean headSet;
  private volatile boolean over; // read when the call has ended

  /**
   * @param type what the function's stream is
   */
  UrlPrelude(Response client, String type) {
    this.client = client;
    this.type = type;
    this.over = !type.equals(TYPE);
  }

  /** Whether what comes is the body. */
  boolean isOver() {
    return over;
  }

  @Override
  public byte[] part(byte[] data, int length) throws IOException {
    if (over) {
      if (!headSet) {
        headSet = true;
        setTypeUnlessSet();
      }
      return Arrays.copyOf(data, length);
    }
    for (int i = 0; i < length; i++) {
      begun.write(data[i]);
      zeros = data[i] == 0 ? zeros + 1 : 0;
      if (zeros == ZEROS) {
        read(new String(begun.toByteArray(), 0, begun.size() - ZEROS, StandardCharsets.UTF_8));
        headSet = true;
        over = true;
        return Arrays.copyOfRange(data, i + 1, length);
      }
    }
    if (begun.size() > MOST_BYTES) {
      throw new IOException("the prelude is over " + MOST_BYTES + " bytes, or has no end");
    }
    return new byte[0];
  }

  private void setTypeUnlessSet() {
    if (client.headers().first("Content-Type").isEmpty()) {
      client.header("Content-Type", over && type.equals(TYPE) ? "application/octet-stream" : type);
    }
  }

  private void read(String json) throws IOException {
    Object value;
    try {
      value = json.isBlank() ? Map.of() : JsonText.parse(json);
    } catch (InputException e) {
      throw new IOException("the prelude is " + e.getMessage(), e);
    }
    if (!(value instanceof Map<?, ?> prelude)) {
      throw new IOException("the prelude is no JSON object");
    }
    if (prelude.get("statusCode") != null) {
      client.status(status(prelude.get("statusCode")));
    }
    if (prelude.get("headers") instanceof Map<?, ?> headers) {
      headers.forEach((name, text) -> client.header(String.valueOf(name), String.valueOf(text)));
    }
    if (prelude.get("cookies") instanceof List<?> cookies) {
      for (Object cookie : cookies) {
        client.addHeader("Set-Cookie", String.valueOf(cookie));
      }
    }
    setTypeUnlessSet();
  }

  private static int status(@Nullable Object value) throws IOException {
    long status =
        value instanceof JsonNumber || value instanceof String ? Span.digits(value.toString()) : -1;
    if (status < 200 || status > 999) {
      throw new IOException(
          "statusCode is " + JsonText.print(value) + "; it must be a number within 200 to 999");
    }
    return (int) status;
  }
}
