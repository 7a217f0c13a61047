package dev.hearth.signature.spi;

import java.util.Objects;

/**
 * One of the handlers in a class that may hold several.
 *
 * @param name what its author calls it, by which users may name it without its class
 * @param method what follows {@code Class::} to name it
 */
public record NamedHandler(String name, String method) {

  public NamedHandler {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(method, "method");
  }
}
