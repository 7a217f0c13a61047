package dev.hearth.signature.spring;

import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.Input;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class, or a bean of a context, as a function by name: what it takes and how that is made.
 *
 * @param name the bean's name
 * @param functional the interface that it is called by
 * @param input type of the payload that it takes; void for none
 * @param takesMessage whether it takes the message around the payload
 * @param reader makes the payload of a body
 */
record PlainType(
    String name, Functional functional, Type input, boolean takesMessage, Input reader) {

  private static final String MESSAGE = "org.springframework.messaging.Message";
  private static final String FILE = "org.springframework.web.multipart.MultipartFile";
  private static final String REACTIVE = "reactor.core.publisher.";

  /**
   * Finds out.
   *
   * @param arguments of the interface, resolved
   * @throws BindingException if it takes what only Spring's own catalogue makes
   */
  static PlainType of(String name, Functional functional, Type[] arguments, Codec codec) {
    Type taken = functional.input < 0 ? void.class : arguments[functional.input];
    boolean message = isMessage(taken);
    Type payload = message ? Generics.argument(taken, 0) : taken;
    if (Generics.raw(payload).getName().startsWith(REACTIVE)) {
      throw new BindingException(
          "bean '"
              + name
              + "' takes "
              + payload.getTypeName()
              + ", which a Spring Boot application with spring-cloud-function-context makes; a"
              + " plain function takes items, or a List");
    }
    if (functional.takesHeaders()
        && !Map.class.isAssignableFrom(Generics.raw(arguments[1]))
        && Generics.raw(arguments[1]) != Object.class) {
      throw new BindingException(
          "bean '"
              + name
              + "' takes "
              + arguments[1].getTypeName()
              + " beside its input; what comes second are the headers, as a Map");
    }
    return new PlainType(name, functional, payload, message, codec.input(payload));
  }

  static boolean isMessage(Type type) {
    return Generics.raw(type).getName().equals(MESSAGE);
  }

  boolean takesFile() {
    return Generics.raw(input).getName().equals(FILE);
  }

  /** Whether it is applied to each element of an array, rather than to the whole. */
  boolean takesItems() {
    Class<?> raw = Generics.raw(input);
    return !raw.isArray()
        && raw != Object.class
        && raw != void.class
        && !Collection.class.isAssignableFrom(raw)
        && !Iterable.class.isAssignableFrom(raw);
  }

  /** The list of what it takes, as a type. */
  Type listOfItems() {
    return new ListOf(input);
  }

  /** A list of some type. */
  private record ListOf(Type element) implements java.lang.reflect.ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {element};
    }

    @Override
    public Type getRawType() {
      return java.util.List.class;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return null;
    }
  }
}
