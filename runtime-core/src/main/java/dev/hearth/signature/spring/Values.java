package dev.hearth.signature.spring;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes what plain functions take: of bodies by their media type, of what another function gave as it is, or by way of JSON. */
final class Values {

  private Values() {}

  static @Nullable Object of(@Nullable Object payload, PlainType type, Json json)
      throws InputException {
    if (payload instanceof Body body) {
      return type.reader().read(new BodyRequest(body));
    }
    if (payload instanceof Incoming.Form form) {
      return type.reader().read(new BodyRequest(form.body()));
    }
    Class<?> raw = Generics.boxed(Generics.raw(type.input()));
    if (payload == null || raw.isInstance(payload)) {
      return payload;
    }
    if (raw == String.class) {
      return payload instanceof byte[] bytes
          ? new String(bytes, StandardCharsets.UTF_8)
          : text(payload, json);
    }
    return json.read(payload instanceof String text ? text : text(payload, json), type.input());
  }

  private static String text(Object value, Json json) throws InputException {
    try {
      return json.write(value);
    } catch (OutputException e) {
      throw InputException.malformed("what is passed on cannot be written: " + e.getMessage(), e);
    }
  }

  /** A body as the request that it came by, for the codec. */
  private record BodyRequest(Body sent) implements Request {
    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public Headers headers() {
      return new OnlyType(sent.contentType());
    }

    @Override
    public long contentLength() {
      return sent.bytes().length;
    }

    @Override
    public InputStream body() {
      return new ByteArrayInputStream(sent.bytes());
    }

    @Override
    public byte[] bytes() {
      return sent.bytes();
    }
  }

  private record OnlyType(@Nullable String contentType) implements Headers {
    @Override
    public Optional<String> first(String name) {
      return name.equalsIgnoreCase("content-type")
          ? Optional.ofNullable(contentType)
          : Optional.empty();
    }

    @Override
    public List<String> all(String name) {
      return first(name).map(List::of).orElse(List.of());
    }

    @Override
    public Set<String> names() {
      return contentType == null ? Set.of() : Set.of("content-type");
    }

    @Override
    public Map<String, List<String>> asMap() {
      return contentType == null ? Map.of() : Map.of("content-type", List.of(contentType));
    }
  }
}
