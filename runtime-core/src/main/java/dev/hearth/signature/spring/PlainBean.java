package dev.hearth.signature.spring;

import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.web.Multipart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A function that is called without Spring. */
final class PlainBean implements Bean {

  private final PlainType type;
  private final Object function;
  private final Json json;

  PlainBean(PlainType type, Object function, Json json) {
    this.type = type;
    this.function = function;
    this.json = json;
  }

  Object function() {
    return function;
  }

  @Override
  public String definition() {
    return type.name();
  }

  @Override
  public Kind kind() {
    return type.functional().kind;
  }

  @Override
  public @Nullable Object call(Envelope message, boolean asStream) throws Throwable {
    Object payload = message.payload();
    if (kind() == Kind.SUPPLIER) {
      return given(type.functional().call(function, null, message.headers()));
    }
    if (payload instanceof Many many) {
      return type.takesItems() ? each(many.items(), message) : one(listed(many), message);
    }
    if (payload instanceof Incoming.Files files) {
      return each(files(files), message);
    }
    if (payload instanceof Body body && type.takesItems() && body.isArray()) {
      return each(
          (List<?>) Objects.requireNonNull(json.read(body.text(), type.listOfItems())), message);
    }
    return one(Values.of(payload, type, json), message);
  }

  private List<?> files(Incoming.Files files) throws InputException {
    if (!type.takesFile()) {
      throw InputException.unsupportedType(
          "'" + type.name() + "' takes " + type.input().getTypeName() + ", not files");
    }
    List<Object> all = new ArrayList<>();
    for (Multipart.Part part : files.parts()) {
      all.add(new UploadedFile(part));
    }
    return all;
  }

  private static List<@Nullable Object> listed(Many many) {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object item : many.items()) {
      list.add(item instanceof Envelope envelope ? envelope.payload() : item);
    }
    return list;
  }

  private @Nullable Object each(Iterable<?> items, Envelope message) throws Throwable {
    List<@Nullable Object> results = new ArrayList<>();
    for (Object item : items) {
      Object payload = item instanceof Envelope envelope ? envelope.payload() : item;
      Object result = one(Values.of(payload, type, json), message);
      if (kind() == Kind.FUNCTION) {
        results.add(result);
      }
    }
    return kind() == Kind.FUNCTION ? new Many(results) : null;
  }

  private @Nullable Object one(@Nullable Object payload, Envelope message) {
    Object input =
        type.takesMessage() && payload != null
            ? Messages.wrap(payload, message.headers())
            : payload;
    return given(type.functional().call(function, input, new LinkedHashMap<>(message.headers())));
  }

  private static @Nullable Object given(@Nullable Object result) {
    return result != null && Messages.areThere() && Messages.isOne(result)
        ? Messages.unwrap(result)
        : result;
  }
}
