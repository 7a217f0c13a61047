package dev.hearth.signature.google;

import com.google.cloud.functions.CloudEventsFunction;
import dev.hearth.function.Context;
import dev.hearth.signature.spi.InputException;
import io.cloudevents.CloudEvent;
import org.jspecify.annotations.Nullable;

/** Calls a {@link CloudEventsFunction}. */
final class CloudEventsInvoker extends EventInvoker {

  private final CloudEventsFunction function;

  CloudEventsInvoker(CloudEventsFunction function) {
    super(function);
    this.function = function;
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return input instanceof CloudEvent;
  }

  @Override
  Object of(CloudEvent event) {
    return event;
  }

  @Override
  Object of(LegacyEvent event) throws InputException {
    return ToCloudEvent.convert(event);
  }

  @Override
  public @Nullable Object call(@Nullable Object input, Context context) throws Exception {
    function.accept((CloudEvent) input);
    return null;
  }
}
