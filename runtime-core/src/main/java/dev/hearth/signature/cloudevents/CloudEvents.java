package dev.hearth.signature.cloudevents;

import dev.hearth.cloudevents.Event;
import dev.hearth.cloudevents.EventMode;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.EventRequest;
import dev.hearth.signature.spi.InputException;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads CloudEvents from requests (HTTP protocol binding 1.0). */
public final class CloudEvents {

  private CloudEvents() {}

  /** Whether a request means to be an event: by its media type, or by a header that only events have. */
  public static boolean isEvent(Request request) {
    return EventMode.of(request.headers()) != EventMode.NONE;
  }

  /**
   * Reads the event that a request is, in binary or structured mode.
   *
   * @throws InputException if it is none, a broken one, a batch, or in a format other than JSON
   */
  public static CloudEvent read(Request request) throws InputException {
    if (request instanceof EventRequest known) {
      return of(known.attributes(), known.data());
    }
    if (EventMode.of(request.headers()) == EventMode.BATCHED) {
      throw InputException.unsupportedType(
          "events are taken one by one, as application/cloudevents+json or in binary mode");
    }
    List<Event> one = EventMode.read(request.headers(), body(request), false);
    return ReceivedEvent.of(one.get(0));
  }

  /**
   * An event made of attributes.
   *
   * @param attributes texts by name, {@code specversion} included; extensions may be {@link Boolean} or {@link
   *     Integer} as well
   * @param data the payload, or null when there is none
   * @throws InputException if an attribute is missing or wrong
   */
  public static CloudEvent of(Map<String, ?> attributes, byte @Nullable [] data)
      throws InputException {
    return ReceivedEvent.of(Event.of(attributes, data));
  }

  /**
   * The body of a request.
   *
   * @throws InputException if it broke off
   */
  public static byte[] body(Request request) throws InputException {
    try {
      return request.bytes();
    } catch (IOException e) {
      throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
    }
  }
}
