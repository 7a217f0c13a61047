package dev.hearth.signature.kubeless;

import io.kubeless.Event;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that can send others. Apart from {@link Publisher}, so that an archive with an event class of its own, which knows
 * nothing of sending, works all the same.
 */
final class EmittingEvent extends Event {

  private final Publisher publisher;
  private final @Nullable String traceparent;

  EmittingEvent(
      String data,
      String id,
      String type,
      String time,
      String namespace,
      Publisher publisher,
      @Nullable String traceparent) {
    super(data, id, type, time, namespace);
    this.publisher = publisher;
    this.traceparent = traceparent;
  }

  @Override
  public void emitCloudEvent(
      String type, String source, Object data, Map<String, String> attributes) throws IOException {
    publisher.send(type, source, data, attributes, traceparent);
  }
}
