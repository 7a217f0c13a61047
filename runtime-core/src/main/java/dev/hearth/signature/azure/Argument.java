package dev.hearth.signature.azure;

import dev.hearth.signature.spi.InputException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** What one parameter of a function is given. */
sealed interface Argument {

  /**
   * The argument for a call.
   *
   * @throws InputException if what was sent does not fit the parameter
   */
  @Nullable Object of(CallContext call) throws InputException;

  /** The binding it belongs to, or null. */
  default @Nullable Declaration binding() {
    return null;
  }

  /** Data of the trigger or an input binding; what a middleware put in its place comes first. */
  record Input(Declaration binding, Type type) implements Argument {
    @Override
    public @Nullable Object of(CallContext call) throws InputException {
      Object replaced = call.replacement(binding.name());
      return replaced == null ? call.source().data(binding, type) : replaced;
    }
  }

  /** What is known about the trigger under a key. */
  record Metadata(String key, Type type) implements Argument {
    @Override
    public @Nullable Object of(CallContext call) throws InputException {
      return call.source().metadata(key, type);
    }
  }

  /** Takes what the function gives to an output binding. */
  record Output(Declaration binding) implements Argument {
    @Override
    public Object of(CallContext call) {
      return call.output(binding);
    }
  }

  /** The call's context. */
  record OfContext() implements Argument {
    @Override
    public Object of(CallContext call) {
      return call;
    }
  }
}
