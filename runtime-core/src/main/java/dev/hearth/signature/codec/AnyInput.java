package dev.hearth.signature.codec;

import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import org.jspecify.annotations.Nullable;

/**
 * For functions that do not say what they take: what the media type suggests. JSON, and a body without a media
 * type, becomes maps, lists, text and numbers; a form a map; text text; anything else bytes. An empty body is null.
 */
final class AnyInput extends BodyInput {

  private final Json json;

  AnyInput(Json json) {
    super(Object.class);
    this.json = json;
  }

  @Override
  @Nullable Object convert(byte[] body, MediaType mediaType) throws InputException {
    if (body.length == 0) {
      return null;
    }
    if (mediaType.isJson() || mediaType.isAbsent()) {
      return JsonInput.read(json, JsonInput.text(body, mediaType), Object.class);
    }
    if (mediaType.isForm()) {
      String text = JsonInput.text(body, mediaType);
      return JsonInput.read(
          json, Form.looksLikeJson(text) ? text : Form.toJson(text, Object.class), Object.class);
    }
    return mediaType.isText() ? new String(body, mediaType.charset()) : body;
  }
}
