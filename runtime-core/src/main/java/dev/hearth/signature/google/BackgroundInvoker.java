package dev.hearth.signature.google;

import com.google.cloud.functions.BackgroundFunction;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Context;
import dev.hearth.signature.spi.InputException;
import io.cloudevents.CloudEvent;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Calls a {@link BackgroundFunction}. */
final class BackgroundInvoker extends EventInvoker {

  private final Gson gson = new Gson();
  private final BackgroundFunction<@Nullable Object> function;
  private final Type type;

  /**
   * @param type of the function's payload
   */
  @SuppressWarnings("unchecked") // type is what its type argument says
  BackgroundInvoker(BackgroundFunction<?> function, Type type) {
    super(function);
    this.function = (BackgroundFunction<@Nullable Object>) function;
    this.type = type;
  }

  private record Event(@Nullable Object payload, EventContext context) {}

  @Override
  Object of(CloudEvent event) throws InputException {
    return event.getData() == null ? event : of(ToLegacyEvent.convert(event));
  }

  @Override
  Object of(LegacyEvent event) throws InputException {
    return new Event(payload(event), event.context());
  }

  private @Nullable Object payload(LegacyEvent event) throws InputException {
    try {
      return gson.fromJson(JsonText.print(event.data()), type);
    } catch (JsonParseException e) {
      throw InputException.malformed(
          "the event's data is no " + type.getTypeName() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Object call(@Nullable Object input, Context context) throws Exception {
    if (input instanceof CloudEvent event) {
      throw new IllegalStateException(
          "CloudEvent " + event.getId() + " has no data, which this function takes");
    }
    if (!(input instanceof Event event)) {
      throw new IllegalArgumentException("a BackgroundFunction takes events only");
    }
    function.accept(event.payload, event.context);
    return null;
  }
}
