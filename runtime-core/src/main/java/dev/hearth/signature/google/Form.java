package dev.hearth.signature.google;

import com.google.cloud.functions.HttpRequest.HttpPart;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.web.Multipart;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A {@code multipart/form-data} body: its parts by name, the last one where a name comes twice. */
final class Form {

  static final String MEDIA_TYPE = Multipart.MEDIA_TYPE;

  private Form() {}

  /**
   * Takes a body apart.
   *
   * @param contentType the request's; tells the boundary
   * @throws InputException if the body is no form
   */
  static Map<String, HttpPart> parse(String contentType, byte[] body) throws InputException {
    Map<String, HttpPart> parts = new LinkedHashMap<>();
    for (Multipart.Part part : Multipart.parse(contentType, body)) {
      parts.put(
          part.name(),
          new FormPart(part.fileName(), part.headers(), part.body(), part.from(), part.to()));
    }
    return Collections.unmodifiableMap(parts);
  }
}
