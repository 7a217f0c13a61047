package dev.hearth.signature.codec;

import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** What JSON can be bound to. An empty body is null; a form is bound as an object of its fields. */
final class JsonInput extends BodyInput {

  private final Type type;
  private final Class<?> raw;
  private final Json json;

  JsonInput(Type type, Json json) {
    super(Generics.raw(type));
    this.type = type;
    this.raw = Generics.raw(type);
    this.json = json;
  }

  @Override
  void requireSupported(MediaType mediaType) throws InputException {
    if (!mediaType.mayHoldJson()) {
      throw InputException.unsupportedType(
          "the function takes JSON, not '" + OneLine.of(mediaType.name()) + "'");
    }
  }

  @Override
  @Nullable Object convert(byte[] body, MediaType mediaType) throws InputException {
    Object value = body.length == 0 ? null : parse(text(body, mediaType), mediaType);
    if (value == null && raw.isPrimitive()) {
      throw InputException.malformed(
          "the function takes a " + raw.getName() + ", and the body holds none", null);
    }
    return value;
  }

  private @Nullable Object parse(String text, MediaType mediaType) throws InputException {
    if (mediaType.isForm() && !Form.looksLikeJson(text)) {
      return read(json, Form.toJson(text, type), type);
    }
    if (raw.isEnum() && !mediaType.isJson() && text.indexOf('"') < 0) {
      return read(json, '"' + text.strip() + '"', type);
    }
    return read(json, text, type);
  }

  /** Text of a JSON body, which may begin with a mark that is not part of it. */
  static String text(byte[] body, MediaType mediaType) throws InputException {
    String text = new String(body, mediaType.charset());
    return !text.isEmpty() && text.charAt(0) == '\uFEFF' ? text.substring(1) : text;
  }

  static @Nullable Object read(Json json, String text, Type type) throws InputException {
    try {
      return json.read(text, type);
    } catch (StackOverflowError e) {
      throw InputException.malformed("the body is nested too deeply", null);
    }
  }
}
