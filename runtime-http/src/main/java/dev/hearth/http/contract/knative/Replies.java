package dev.hearth.http.contract.knative;

import dev.hearth.FunctionHandle;
import dev.hearth.cloudevents.BinaryMode;
import dev.hearth.cloudevents.Event;
import dev.hearth.cloudevents.EventMode;
import dev.hearth.cloudevents.StructuredMode;
import dev.hearth.function.Headers;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.signature.spi.InputException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Makes the answer to one event of what its function answered.
 *
 * <p>A broker takes the body of a success for a reply event, and one that is none for a failure (Eventing's broker filter);
 * so a success has either no body or is an event, in the mode of the request, whatever the function wrote. Attributes that the
 * function did not set are those that Quarkus Funqy's Knative binding gives.
 */
final class Replies {

  private static final String REPLY_TYPE = "HEARTH_REPLY_TYPE";
  private static final String REPLY_SOURCE = "HEARTH_REPLY_SOURCE";
  private static final byte[] NOTHING = {};

  private final EventMode mode;
  private final boolean encode;
  private final Outcomes outcomes = new Outcomes();

  Replies(EventMode mode, boolean encode) {
    this.mode = mode;
    this.encode = encode;
  }

  /** The answer. */
  Answer answer(Ended call, Event event) {
    Answer failure = outcomes.answer(call);
    if (failure != null) {
      return failure;
    }
    ReplyResponse wrote = (ReplyResponse) call.response();
    int status = wrote.status() == 0 ? 200 : wrote.status();
    byte[] body = wrote.written();
    if (status >= 400) {
      return Outcomes.shortened(plain(status, wrote.headers(), body, true));
    }
    if (status >= 300) {
      return failed(
          call.function(), "status " + status + " means nothing as an answer to an event");
    }
    boolean nothing = wrote.attributes() == null && body.length == 0 && !isEvent(wrote.headers());
    if (nothing || status == 202 || status == 204 || status == 205) {
      int told = wrote.status() == 0 ? 204 : status;
      return plain(told, wrote.headers(), NOTHING, false);
    }
    try {
      return reply(reply(call.function(), wrote, body, event), wrote.headers());
    } catch (InputException e) {
      return failed(call.function(), "what it answered is no event: " + e.getMessage());
    }
  }

  private static boolean isEvent(Headers headers) {
    return EventMode.of(headers) != EventMode.NONE;
  }

  private static Answer failed(FunctionHandle function, String reason) {
    String message = "function '" + function.name() + "': " + reason;
    LoggerFactory.getLogger(Replies.class).error("{}", message);
    return Outcomes.wrong(500, message);
  }

  /** An answer with what the function set, without what only events have. */
  private static Answer plain(int status, Headers headers, byte[] body, boolean withType) {
    Answer answer = Answer.bytes(status, body);
    for (String name : headers.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      boolean left =
          lower.startsWith(BinaryMode.HEADER) || (lower.equals("content-type") && !withType);
      if (!left) {
        for (String value : headers.all(name)) {
          answer = answer.header(name, value);
        }
      }
    }
    return answer;
  }

  private Event reply(FunctionHandle function, ReplyResponse wrote, byte[] body, Event event)
      throws InputException {
    Map<String, Object> given = wrote.attributes();
    if (given != null) {
      return completed(given, wrote.data(), function, event);
    }
    EventMode written = EventMode.of(wrote.headers());
    if (written == EventMode.STRUCTURED || written == EventMode.BATCHED) {
      if (written == EventMode.BATCHED) {
        throw InputException.malformed("a batch, which nobody asked for", null);
      }
      return StructuredMode.read(new String(body, StandardCharsets.UTF_8));
    }
    return completed(
        BinaryMode.attributes(wrote.headers(), false),
        body.length == 0 ? null : body,
        function,
        event);
  }

  private static Event completed(
      Map<String, Object> given, byte @Nullable [] data, FunctionHandle function, Event event)
      throws InputException {
    Map<String, Object> attributes = new LinkedHashMap<>(given);
    Map<String, String> variables = variables(function);
    attributes.putIfAbsent("specversion", event.is03() ? "0.3" : Event.VERSION);
    attributes.computeIfAbsent("id", absent -> newId());
    attributes.putIfAbsent("source", variables.getOrDefault(REPLY_SOURCE, function.name()));
    attributes.putIfAbsent("type", variables.getOrDefault(REPLY_TYPE, function.name() + ".output"));
    return Event.of(attributes, data);
  }

  private static Map<String, String> variables(FunctionHandle function) {
    try {
      return function.spec().env();
    } catch (IllegalStateException undeployed) {
      return Map.of();
    }
  }

  private Answer reply(Event event, Headers headers) {
    if (mode == EventMode.BINARY) {
      byte[] data = event.data();
      Lines lines = new Lines(plain(200, headers, data == null ? NOTHING : data, false));
      BinaryMode.write(event, encode, lines);
      return lines.answer;
    }
    return plain(200, headers, StructuredMode.write(event), false)
        .header("Content-Type", EventMode.JSON);
  }

  private static final class Lines implements BinaryMode.Lines {
    private Answer answer;

    Lines(Answer answer) {
      this.answer = answer;
    }

    @Override
    public void line(String name, String value) {
      answer = answer.header(name, value);
    }
  }

  /** A random UUID (RFC 9562, version 4), without the start-up cost of the JDK's secure source: it need not be secret. */
  private static String newId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & ~(3L << 62)) | (2L << 62);
    return new java.util.UUID(high, low).toString();
  }
}
