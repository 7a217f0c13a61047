package io.kubeless;

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
}
