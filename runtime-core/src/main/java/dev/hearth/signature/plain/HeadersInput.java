package dev.hearth.signature.plain;

import dev.hearth.function.Request;
import dev.hearth.signature.spi.Input;
import dev.hearth.signature.spi.InputException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a function takes together with the request's headers; a value given in process has none. */
final class HeadersInput implements Input {

  private final HeadersType type;
  private final Input body;

  private HeadersInput(HeadersType type, Input body) {
    this.type = type;
    this.body = body;
  }

  /** The input itself where no headers are wanted. */
  static Input with(@Nullable HeadersType type, Input body) {
    return type == null ? body : new HeadersInput(type, body);
  }

  @Override
  public boolean accepts(@Nullable Object value) {
    return body.accepts(value);
  }

  @Override
  public Object read(Request request) throws InputException {
    return new WithHeaders(body.read(request), type.map(request.headers()));
  }

  static @Nullable Object body(@Nullable Object input) {
    return input instanceof WithHeaders both ? both.body : input;
  }

  static Map<String, ?> headers(@Nullable Object input) {
    return input instanceof WithHeaders both ? both.headers : new LinkedHashMap<>();
  }

  private record WithHeaders(@Nullable Object body, Map<String, Object> headers) {}
}
