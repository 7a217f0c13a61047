package dev.hearth.http.contract.nuclio;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the events of one line: an object is one event, an array is a batch of them. Keys that it does not know are skipped. Used
 * once. The keys are those of {@code eventAsMap} in {@code pkg/processor/runtime/rpc/encoder/encode.go}.
 */
final class EventReader {

  private final byte[] line;
  private final int length;
  private final String worker;
  private boolean batch;

  /**
   * @param line without its line end; not kept
   * @param length how much of it counts
   * @param worker the worker's id
   */
  EventReader(byte[] line, int length, String worker) {
    this.line = line;
    this.length = length;
    this.worker = worker;
  }

  /** Whether the line held an array, which is answered with one. */
  boolean isBatch() {
    return batch;
  }

  /**
   * Reads them.
   *
   * @throws EventException if the line is no event
   */
  List<Event> read() throws EventException {
    try (JsonParser json = Json.FACTORY.createParser(line, 0, length)) {
      List<Event> events = new ArrayList<>(1);
      JsonToken first = json.nextToken();
      if (first == JsonToken.START_ARRAY) {
        batch = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
          events.add(event(json));
        }
      } else {
        events.add(event(json));
      }
      if (json.nextToken() != null) {
        throw new EventException("the event line holds more than one value");
      }
      return events;
    } catch (JsonParseException | StreamConstraintsException e) {
      throw new EventException("the event line cannot be read: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new EventException("the event line cannot be read: " + e.getMessage());
    }
  }

  private Event event(JsonParser json) throws IOException, EventException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new EventException(
          "the event line holds "
              + json.currentToken()
              + "; expected an object or an array of them");
    }
    EventFields fields = new EventFields(line, worker);
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      fields.read(key, json);
    }
    return fields.event();
  }
}
