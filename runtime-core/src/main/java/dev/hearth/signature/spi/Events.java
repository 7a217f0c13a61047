package dev.hearth.signature.spi;

import dev.hearth.function.Request;
import dev.hearth.function.Response;
import java.io.IOException;

/** Events as the type that a function's own copy of a vendor's API has for them. Thread-safe. */
public interface Events {

  /** Whether a value is such an event. */
  boolean isEvent(Object value);

  /**
   * Reads the event that a request is.
   *
   * @throws InputException if it is none, or a broken one
   */
  Object read(Request request) throws InputException;

  /**
   * Writes an event, as an {@link EventResponse} where the response is one, else in binary mode.
   *
   * @param event one that {@link #isEvent}
   * @throws OutputException if it cannot be written
   * @throws IOException if the client left
   */
  void write(Object event, Response response) throws OutputException, IOException;
}
