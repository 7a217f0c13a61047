package dev.hearth.http.contract.knative;

import dev.hearth.cloudevents.BinaryMode;
import dev.hearth.cloudevents.Event;
import dev.hearth.cloudevents.EventMode;
import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.EventRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as a function sees it, however it was sent: its data is the body, its attributes are headers as binary mode has
 * them. Of the request it came in, method, path, query and the other headers stay.
 */
final class EventMessage implements EventRequest {

  private static final byte[] NOTHING = {};

  private final Event event;
  private final Request made;

  private EventMessage(Event event, Request made) {
    this.event = event;
    this.made = made;
  }

  /** An event that was sent in a request. */
  static EventMessage of(Event event, Request sent, EventMode mode) {
    Map<String, List<String>> headers = transport(sent.headers(), mode);
    if (mode != EventMode.BINARY) {
      BinaryMode.write(event, true, (name, value) -> headers.put(name, List.of(value)));
    }
    byte[] data = event.data() == null ? NOTHING : event.data();
    Request made =
        new MemoryExchange(
                sent.method(),
                sent.path(),
                sent.query(),
                headers,
                new ByteArrayInputStream(data),
                data.length)
            .request();
    return new EventMessage(event, made);
  }

  /** The headers that stay: all in binary mode, else those that are not about the event. */
  private static Map<String, List<String>> transport(Headers sent, EventMode mode) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : sent.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      boolean framing = lower.equals("content-length") || lower.equals("transfer-encoding");
      boolean events = lower.startsWith(BinaryMode.HEADER) || lower.equals("content-type");
      if (!framing && (mode == EventMode.BINARY || !events)) {
        headers.put(name, new ArrayList<>(sent.all(name)));
      }
    }
    return headers;
  }

  @Override
  public Map<String, Object> attributes() {
    return event.attributes();
  }

  @Override
  public byte @Nullable [] data() {
    return event.data();
  }

  @Override
  public String method() {
    return made.method();
  }

  @Override
  public String path() {
    return made.path();
  }

  @Override
  public String query() {
    return made.query();
  }

  @Override
  public Headers headers() {
    return made.headers();
  }

  @Override
  public long contentLength() {
    return made.contentLength();
  }

  @Override
  public InputStream body() {
    return made.body();
  }
}
