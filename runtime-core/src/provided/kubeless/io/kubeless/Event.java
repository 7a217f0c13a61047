package io.kubeless;

import java.io.IOException;
import java.util.Map;

/**
 * What a function was sent. The platform's own class keeps its fields within the package; here they are
 * public, which suits all code compiled against it.
 */
public class Event {

  public String Data;
  public String EventID;
  public String EventType;
  public String EventTime;
  public String EventNamespace;

  public Event(
      String data, String eventId, String eventType, String eventTime, String eventNamespace) {
    this.Data = data;
    this.EventID = eventId;
    this.EventType = eventType;
    this.EventTime = eventTime;
    this.EventNamespace = eventNamespace;
  }

  /** As {@link #emitCloudEvent(String, String, Object, Map)}, without further attributes. */
  public void emitCloudEvent(String type, String source, Object data) throws IOException {
    emitCloudEvent(type, source, data, Map.of());
  }

  /**
   * Sends a CloudEvent to the platform's publisher, as functions of Kyma's other languages can by a method of this name. Waits
   * until it is taken.
   *
   * @param data text is sent as such, anything else as JSON
   * @param attributes optional ones such as {@code eventtypeversion}, {@code subject}, or an {@code id} of one's own
   * @throws IOException if the publisher does not take it
   * @throws UnsupportedOperationException if there is no publisher: {@code PUBLISHER_PROXY_ADDRESS} is not set
   */
  public void emitCloudEvent(
      String type, String source, Object data, Map<String, String> attributes)
      throws IOException {
    throw new UnsupportedOperationException(
        "there is no publisher to send events to: PUBLISHER_PROXY_ADDRESS is not set");
  }
}
