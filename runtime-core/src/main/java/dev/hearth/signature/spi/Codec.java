package dev.hearth.signature.spi;

import dev.hearth.function.Response;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns requests into the types a function takes, and what it gives into responses. Thread-safe; one per
 * version, because JSON is read and written by the version's own library.
 */
public interface Codec {

  /**
   * How a value of this type is made from a request. Cheap; to be asked once, when binding.
   *
   * @param type resolved: no type variables in it, as {@link Generics} gives it
   */
  Input input(Type type);

  /**
   * Writes a result. A null leaves the response untouched; a {@code Content-Type} that is set stays.
   *
   * @throws OutputException if the result cannot be written; nothing of it has been then
   * @throws IOException if the client left, or a stream that was the result failed
   */
  void write(@Nullable Object result, Response response) throws OutputException, IOException;

  /** JSON by the function's own library, or the host's where it brings none; found at first use. */
  Json json();
}
