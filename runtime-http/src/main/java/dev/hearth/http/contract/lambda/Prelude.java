package dev.hearth.http.contract.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearth.function.Headers;
import dev.hearth.function.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;

/**
 * What a streamed answer begins with where an HTTP front end is to make a response of it: {@code
 * {"statusCode":200,"headers":{"name":"value"},"cookies":["a=b"]}} and eight NUL bytes.
 */
final class Prelude {

  /** The content type that says that there is one. */
  static final String TYPE = "application/vnd.awslambda.http-integration-response";

  private static final byte[] END = new byte[8];

  /** Headers of the connection, which is the front end's. */
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private Prelude() {}

  /** Whether the response says something that only a prelude can carry. */
  static boolean isNeeded(Response response) {
    for (String name : response.headers().names()) {
      if (!name.equalsIgnoreCase("content-type") && !isFraming(name)) {
        return true;
      }
    }
    return response.status() != 0 && response.status() != 200;
  }

  /**
   * The prelude of a response.
   *
   * @param contentType where the response has none
   */
  static byte[] of(Response response, String contentType) {
    Headers headers = response.headers();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", response.status() == 0 ? 200 : response.status());
      json.writeObjectFieldStart("headers");
      if (headers.first("content-type").isEmpty()) {
        json.writeStringField("Content-Type", contentType);
      }
      for (String name : headers.names()) {
        if (!name.equalsIgnoreCase("set-cookie") && !isFraming(name)) {
          json.writeStringField(name, String.join(", ", headers.all(name)));
        }
      }
      json.writeEndObject();
      json.writeArrayFieldStart("cookies");
      for (String cookie : headers.all("set-cookie")) {
        json.writeString(cookie);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array does not fail", e);
    }
    bytes.write(END, 0, END.length);
    return bytes.toByteArray();
  }

  private static boolean isFraming(String name) {
    return FRAMING.contains(name.toLowerCase(Locale.ROOT));
  }
}
