package dev.hearth.http.contract.knative;

import dev.hearth.FunctionHandle;
import dev.hearth.cloudevents.Event;
import dev.hearth.cloudevents.EventMode;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of one request: read and checked all together, then given to their functions one after the other.
 *
 * <p>A single event is answered with its function's reply. A batch is answered with 204 when all its events were taken; the
 * first that fails ends it with a status that has the sender send the batch again, as at-least-once delivery allows
 * (Eventing's data plane, "Delivery").
 */
final class Delivery implements HttpExchange.BodyTaker, HttpExchange.Ending {

  private static final int MOST_EVENTS = 1000;
  private static final int LONGEST_ID = 128;

  private final HttpExchange exchange;
  private final Request sent;
  private final EventMode mode;
  private final Routing routing;
  private final EventSettings settings;
  private final Map<String, String> attributes;
  private final Replies replies;

  // Written before the first call; a call's end happens after its beginning, whatever its thread.
  private List<Event> events = List.of();
  private List<FunctionHandle> functions = List.of();
  private int at;

  Delivery(
      HttpExchange exchange,
      Request sent,
      Routing routing,
      EventSettings settings,
      Map<String, String> attributes) {
    this.exchange = exchange;
    this.sent = sent;
    this.mode = EventMode.of(sent.headers());
    this.routing = routing;
    this.settings = settings;
    this.attributes = attributes;
    this.replies = new Replies(mode, settings.encode());
  }

  /** Reads the request. */
  void begin() {
    if (mode == EventMode.BATCHED && !settings.batch()) {
      exchange.answer(Outcomes.wrong(406, "batches are turned off here; send events one by one"));
    } else {
      exchange.collect(KnativeContract.EVENT_BYTES, this);
    }
  }

  @Override
  public void taken(byte[] body) {
    Answer refused = read(body);
    if (refused == null) {
      next();
    } else {
      exchange.answer(refused);
    }
  }

  private @Nullable Answer read(byte[] body) {
    try {
      events = EventMode.read(sent.headers(), body, settings.strict());
      if (events.size() > MOST_EVENTS) {
        return Outcomes.wrong(
            413, events.size() + " events in a batch; send at most " + MOST_EVENTS + " at once");
      }
      functions = new ArrayList<>(events.size());
      for (Event event : events) {
        functions.add(routing.forEvent(event));
      }
      return null;
    } catch (InputException e) {
      return Outcomes.wrong(e.isUnsupportedType() ? 415 : 400, e.getMessage());
    } catch (Routing.Refused e) {
      return e.answer();
    } catch (IllegalStateException undeployed) {
      return Routing.Refused.notDeployed().answer();
    }
  }

  private void next() {
    if (at == events.size()) {
      exchange.answer(Answer.empty(204));
      return;
    }
    Event event = events.get(at);
    exchange.call(functions.get(at), details(event), new Made(event, sent, mode, exchange), this);
  }

  @Override
  public void ended(Ended call) {
    Answer answer = replies.answer(call, events.get(at));
    if (mode != EventMode.BATCHED) {
      exchange.answer(answer);
    } else if (answer.status() >= 300) {
      exchange.answer(failed(answer));
    } else {
      at++;
      next();
    }
  }

  /** Has the batch sent again (Eventing's data plane, "Event acknowledgement and delivery retry"). */
  private Answer failed(Answer answer) {
    int status = answer.status();
    boolean retried =
        status >= 500 || status == 404 || status == 408 || status == 409 || status == 429;
    Answer told =
        Outcomes.wrong(
            retried ? status : 500,
            "event " + at + " of " + events.size() + ": " + Outcomes.text(answer));
    return status == 429 || status == 503 ? told.header("Retry-After", "1") : told;
  }

  private CallDetails details(Event event) {
    Map<String, String> all = new HashMap<>(attributes);
    for (String name : event.attributes().keySet()) {
      all.put("ce-" + name, String.valueOf(event.text(name)));
    }
    String id = String.valueOf(event.text("id"));
    String trace = sent.headers().first("traceparent").orElse(event.text("traceparent"));
    return CallDetails.builder()
        .id(isPlain(id) ? id : null)
        .traceparent(trace)
        .attributes(all)
        .build();
  }

  /** Whether an event's id can stand in logs. */
  private static boolean isPlain(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) <= ' ' || id.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return id.length() <= LONGEST_ID;
  }

  /** What the function reads and writes. */
  private record Made(EventMessage request, ReplyResponse response) implements Exchange {
    Made(Event event, Request sent, EventMode mode, HttpExchange exchange) {
      this(
          EventMessage.of(event, sent, mode),
          new ReplyResponse(exchange.keep(KnativeContract.EVENT_BYTES)));
    }
  }
}
