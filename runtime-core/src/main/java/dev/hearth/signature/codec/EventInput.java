package dev.hearth.signature.codec;

import dev.hearth.function.Request;
import dev.hearth.signature.spi.Events;
import dev.hearth.signature.spi.Input;
import dev.hearth.signature.spi.InputException;
import org.jspecify.annotations.Nullable;

/** The event that a request is, as the vendor's type. */
final class EventInput implements Input {

  /** The type, whichever copy of it the function has. */
  static final String TYPE = "io.cloudevents.CloudEvent";

  private final Class<?> raw;
  private final Events events;

  EventInput(Class<?> raw, Events events) {
    this.raw = raw;
    this.events = events;
  }

  @Override
  public boolean accepts(@Nullable Object value) {
    return raw.isInstance(value);
  }

  @Override
  public Object read(Request request) throws InputException {
    return events.read(request);
  }
}
