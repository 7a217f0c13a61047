package dev.hearth.signature.cloudevents;

import dev.hearth.cloudevents.BinaryMode;
import dev.hearth.cloudevents.Event;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.signature.spi.EventResponse;
import dev.hearth.signature.spi.Events;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events as {@code io.cloudevents.CloudEvent} of the function's copy. Made by the host, by name. */
public final class VendorEvents implements Events {

  /** Called by the host, by name. */
  public VendorEvents() {}

  @Override
  public boolean isEvent(Object value) {
    return value instanceof CloudEvent;
  }

  @Override
  public Object read(Request request) throws InputException {
    return CloudEvents.read(request);
  }

  @Override
  public void write(Object value, Response response) throws OutputException, IOException {
    CloudEvent event = (CloudEvent) value;
    CloudEventData payload = event.getData();
    byte[] data = payload == null ? null : payload.toBytes();
    if (response instanceof EventResponse taker) {
      taker.event(attributes(event), data);
      return;
    }
    try {
      BinaryMode.write(Event.of(attributes(event), data), true, response::header);
    } catch (InputException e) {
      throw new OutputException("the function's event cannot be sent: " + e.getMessage(), e);
    }
    if (data != null) {
      response.body().write(data);
    }
  }

  private static Map<String, Object> attributes(CloudEvent event) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (String name : event.getSpecVersion().getAllAttributes()) {
      put(attributes, name, event.getAttribute(name));
    }
    for (String name : event.getExtensionNames()) {
      put(attributes, name, event.getExtension(name));
    }
    return attributes;
  }

  private static void put(Map<String, Object> to, String name, @Nullable Object value) {
    if (value instanceof Boolean || value instanceof Integer) {
      to.put(name, value);
    } else if (value instanceof OffsetDateTime time) {
      to.put(
          name, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time)); // toString drops seconds of 0
    } else if (value instanceof byte[] bytes) {
      to.put(name, Base64.getEncoder().encodeToString(bytes));
    } else if (value != null) {
      to.put(name, value.toString());
    }
  }
}
