package dev.hearth.signature.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A handler to be bound.
 *
 * @param types its class, or {@linkplain Recognised#over classes}, loaded and not initialised
 * @param method the method the user named, or null
 * @param selection what the user wants of several classes, in the family's own words; null for all, or where there is one handler
 * @param codec turns requests into the function's types and results into responses
 * @param variables of the function's spec
 */
public record Target(
    List<Class<?>> types,
    @Nullable String method,
    @Nullable String selection,
    Codec codec,
    Map<String, String> variables) {

  public Target {
    types = List.copyOf(types);
    if (types.isEmpty()) {
      throw new IllegalArgumentException("types are none; a target has one at least");
    }
    Objects.requireNonNull(codec, "codec");
    Objects.requireNonNull(variables, "variables");
  }

  /** A handler that is one class. */
  public Target(
      Class<?> type, @Nullable String method, Codec codec, Map<String, String> variables) {
    this(List.of(type), method, null, codec, variables);
  }

  /** A handler whose function has no variables. */
  public Target(Class<?> type, @Nullable String method, Codec codec) {
    this(type, method, codec, Map.of());
  }

  /** The handler's class; the first where there are several. */
  public Class<?> type() {
    return types.get(0);
  }

  /** The handler as users write it, for messages. */
  public String handler() {
    return method == null ? type().getName() : type().getName() + "::" + method;
  }
}
