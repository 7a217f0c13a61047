package dev.hearth.signature.spring;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The beans of one instance. Thread-safe; {@link #close} ends them. */
interface Catalogue {

  /**
   * Finds a bean by its name, or composes some.
   *
   * @param definition a name, or names with {@code |} or {@code ,} between them; empty for the only bean
   * @return null if there is none, or a part of it is missing
   * @throws IllegalArgumentException if the parts do not fit together
   */
  @Nullable Bean find(String definition);

  /** Whether a name is a bean's, rather than one that the only bean answers to as well. */
  boolean knows(String name);

  /** The names of the beans, for messages. */
  Set<String> names();

  /** Whether there is just one bean, so that every name means it. */
  boolean isSingle();

  Settings settings();

  /**
   * Ends the beans; called once.
   *
   * @throws Exception what one of them threw
   */
  void close() throws Exception;

  /** How results are written as JSON. */
  Writer writer();

  /** Writes JSON. */
  interface Writer {

    /**
     * JSON as UTF-8.
     *
     * @throws dev.hearth.signature.spi.OutputException if the value cannot be written
     */
    byte[] write(@Nullable Object value) throws Exception;
  }
}
