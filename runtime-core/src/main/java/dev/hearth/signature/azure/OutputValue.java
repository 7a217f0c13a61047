package dev.hearth.signature.azure;

import com.microsoft.azure.functions.OutputBinding;
import org.jspecify.annotations.Nullable;

/** Takes what a function gives to one output binding. */
final class OutputValue implements OutputBinding<@Nullable Object> {

  private final Declaration binding;
  private volatile @Nullable Object value; // a function may set it on a thread of its own

  OutputValue(Declaration binding) {
    this.binding = binding;
  }

  Declaration binding() {
    return binding;
  }

  @Override
  public @Nullable Object getValue() {
    return value;
  }

  @Override
  public void setValue(@Nullable Object changed) {
    value = changed;
  }
}
