package dev.hearth.signature.spi;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A JSON library. Thread-safe. */
public interface Json {

  /**
   * Binds a text to a type.
   *
   * @param type resolved: no type variables in it
   * @throws InputException if the text is not JSON or does not fit the type; the message is one line
   */
  @Nullable Object read(String text, Type type) throws InputException;

  /**
   * Writes a value.
   *
   * @throws OutputException if it cannot be written; the message is one line that names the property where
   *     the library tells it
   */
  String write(@Nullable Object value) throws OutputException;
}
