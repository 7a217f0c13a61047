package dev.hearth.signature.google;

import com.google.cloud.functions.RawBackgroundFunction;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Context;
import dev.hearth.signature.spi.InputException;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/** Calls a {@link RawBackgroundFunction}. */
final class RawBackgroundInvoker extends EventInvoker {

  private final RawBackgroundFunction function;

  RawBackgroundInvoker(RawBackgroundFunction function) {
    super(function);
    this.function = function;
  }

  @Override
  Object of(CloudEvent event) throws InputException {
    return ToLegacyEvent.convert(event);
  }

  @Override
  Object of(LegacyEvent event) {
    return event;
  }

  @Override
  public @Nullable Object call(@Nullable Object input, Context context) throws Exception {
    if (!(input instanceof LegacyEvent event)) {
      throw new IllegalArgumentException("a RawBackgroundFunction takes events only");
    }
    function.accept(JsonText.print(event.data()), event.context());
    return null;
  }
}
