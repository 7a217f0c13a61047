package dev.hearth.signature.funqy;

import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.InputException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Set;

/** The types that one parameter of a query can be made into: numbers, truth, text and ISO 8601 times. */
final class Scalars {

  private static final Set<Class<?>> KNOWN =
      Set.of(
          String.class,
          Long.class,
          Integer.class,
          Short.class,
          Byte.class,
          Float.class,
          Double.class,
          Boolean.class,
          OffsetDateTime.class);

  private Scalars() {}

  static boolean knows(Class<?> type) {
    return KNOWN.contains(Generics.boxed(type)) || type.isEnum();
  }

  static Object read(String text, Class<?> type) throws InputException {
    try {
      return parse(text, Generics.boxed(type));
    } catch (NumberFormatException e) {
      throw unfit(text, type, e);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw unfit(text, type, e);
    }
  }

  private static InputException unfit(String text, Class<?> type, Exception cause) {
    return InputException.malformed(
        "a parameter is '" + text + "', which is no " + type.getSimpleName(), cause);
  }

  private static Object parse(String text, Class<?> type) {
    if (type == String.class) {
      return text;
    }
    if (type == Long.class) {
      return Long.valueOf(text);
    }
    if (type == Integer.class) {
      return Integer.valueOf(text);
    }
    if (type == Short.class) {
      return Short.valueOf(text);
    }
    if (type == Byte.class) {
      return Byte.valueOf(text);
    }
    if (type == Float.class) {
      return Float.valueOf(text);
    }
    if (type == Double.class) {
      return Double.valueOf(text);
    }
    if (type == Boolean.class) {
      return Boolean.valueOf(text);
    }
    return type == OffsetDateTime.class ? OffsetDateTime.parse(text) : constant(text, type);
  }

  private static Object constant(String text, Class<?> type) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(text);
  }
}
