package dev.hearth.signature.funqy;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A call with what its function gave. */
record Answered(FunqyCall call, @Nullable Object value) {

  /** Adds the call to what its function promised. */
  record Of(FunqyCall call) implements Function<@Nullable Object, Answered> {
    @Override
    public Answered apply(@Nullable Object value) {
      return new Answered(call, value);
    }
  }
}
