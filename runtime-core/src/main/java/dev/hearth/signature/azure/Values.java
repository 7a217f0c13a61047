package dev.hearth.signature.azure;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.signature.json.GsonJson;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts between JSON as the Azure host writes it and the types of functions.
 *
 * <p>The host wraps: a text arrives as a JSON string that holds a JSON string, a number or list as a JSON string that holds their JSON, bytes
 * as base64, null as {@code "null"}; objects are themselves (custom handler contract, request payload). All forms are taken, with and
 * without the wrapping, and at most two wrappings are opened. Users' types are bound by Gson as it is by default, as Azure's Java worker does.
 */
final class Values {

  /** Gson, loaded when first needed. */
  private static final class Gson {
    static final Json JSON = new GsonJson();
  }

  private Values() {}

  /**
   * A value of a type.
   *
   * @param json what {@link JsonText} reads, wrapped or not
   * @param type resolved
   * @param what it is, for messages
   * @throws InputException if the one cannot be made into the other
   */
  static @Nullable Object of(@Nullable Object json, Type type, String what) throws InputException {
    Class<?> raw = Generics.raw(type);
    if (raw == Optional.class) {
      return Optional.ofNullable(of(json, Generics.argument(type, 0), what));
    }
    if (json == null || json.equals("null")) {
      return absent(type, what);
    }
    if (raw == String.class || raw == CharSequence.class) {
      return text(json);
    }
    Object value = opened(json);
    if (raw == byte[].class && !(value instanceof List)) {
      return bytes(text(json));
    }
    if (value == null) {
      return absent(type, what);
    }
    if (raw == Object.class && value instanceof String) {
      return value;
    }
    if (value instanceof List<?> elements) {
      Type element = elementOf(type, raw);
      if (element != null) {
        return collected(elements, raw, element, what);
      }
    }
    return read(JsonText.print(value), type, what);
  }

  /**
   * What a parameter is given where there is nothing.
   *
   * @throws InputException if it is of a primitive type
   */
  static @Nullable Object absent(Type type, String what) throws InputException {
    if (type instanceof Class<?> known && known.isPrimitive()) {
      throw InputException.malformed(
          what + " is missing or null, and the function takes a " + known.getName() + " from it",
          null);
    }
    return Generics.raw(type) == Optional.class ? Optional.empty() : null;
  }

  /** The text that a value is: the one it wraps, else its own, else its JSON. */
  static String text(Object json) {
    if (!(json instanceof String string)) {
      return JsonText.print(json);
    }
    return parsed(string) instanceof String wrapped ? wrapped : string;
  }

  /** What a value is once its wrappings are opened. */
  private static @Nullable Object opened(Object json) {
    Object value = json;
    for (int i = 0; i < 2 && value instanceof String string; i++) {
      Object wrapped = parsed(string);
      if (wrapped == NONE) {
        break;
      }
      value = wrapped;
    }
    return value;
  }

  private static final Object NONE = new Object();

  /** The JSON that a text is; {@link #NONE} if it is none. */
  private static @Nullable Object parsed(String text) {
    try {
      return JsonText.parse(text);
    } catch (InputException e) {
      return NONE;
    }
  }

  private static byte[] bytes(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return text.getBytes(StandardCharsets.UTF_8); // a text where bytes were expected
    }
  }

  /** What the elements of a list or array are to be; null where Gson makes the whole of it. */
  private static @Nullable Type elementOf(Type type, Class<?> raw) {
    if (raw == List.class || raw == Collection.class || raw == Iterable.class || raw == Set.class) {
      return Generics.argument(type, 0);
    }
    if (type instanceof GenericArrayType array) {
      return array.getGenericComponentType();
    }
    Class<?> component = raw.getComponentType();
    return component == null || component.isPrimitive() ? null : component;
  }

  private static Object collected(List<?> elements, Class<?> raw, Type element, String what)
      throws InputException {
    List<@Nullable Object> values = new ArrayList<>(elements.size());
    for (Object each : elements) {
      values.add(each == null ? null : element(each, element, what));
    }
    if (raw == Set.class) {
      return new LinkedHashSet<>(values);
    }
    if (!raw.isArray()) {
      return values;
    }
    Object array = Array.newInstance(raw.getComponentType(), values.size());
    for (int i = 0; i < values.size(); i++) {
      Array.set(array, i, values.get(i));
    }
    return array;
  }

  /** Texts within a list are not wrapped; a list of anything is Gson's to make, as it makes maps and numbers elsewhere. */
  private static @Nullable Object element(Object json, Type type, String what)
      throws InputException {
    if (type == String.class || type == CharSequence.class) {
      return json instanceof String ? json : JsonText.print(json);
    }
    return type == Object.class ? read(JsonText.print(json), type, what) : of(json, type, what);
  }

  /**
   * Binds JSON to a type.
   *
   * @throws InputException if it does not fit
   */
  static @Nullable Object read(String json, Type type, String what) throws InputException {
    try {
      return Gson.JSON.read(json, type);
    } catch (InputException e) {
      throw InputException.malformed(
          what + " is not what a " + type.getTypeName() + " can be made of: " + reason(e), e);
    } catch (StackOverflowError e) {
      throw InputException.malformed(what + " is nested too deeply", null);
    }
  }

  private static String reason(InputException e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(message.indexOf(": ") < 0 ? 0 : message.indexOf(": ") + 2);
  }

  /**
   * Writes JSON.
   *
   * @throws OutputException if the value cannot be written
   */
  static String write(@Nullable Object value) throws OutputException {
    try {
      return Gson.JSON.write(value instanceof Optional<?> optional ? optional.orElse(null) : value);
    } catch (StackOverflowError e) {
      throw new OutputException(
          "a result of "
              + (value == null ? "null" : value.getClass().getName())
              + " is nested too deeply, or holds itself",
          null);
    }
  }
}
