package dev.hearth.signature.spi;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A handler to be bound.
 *
 * @param type its class, loaded and not initialised
 * @param method the method the user named, or null
 * @param codec turns requests into the function's types and results into responses
 * @param variables of the function's spec
 */
public record Target(
    Class<?> type, @Nullable String method, Codec codec, Map<String, String> variables) {

  public Target {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(variables, "variables");
  }

  /** A handler whose function has no variables. */
  public Target(Class<?> type, @Nullable String method, Codec codec) {
    this(type, method, codec, Map.of());
  }

  /** The handler as users write it, for messages. */
  public String handler() {
    return method == null ? type.getName() : type.getName() + "::" + method;
  }
}
