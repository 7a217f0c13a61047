package dev.hearth.http.contract.emulator;

import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.invoke.Call;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The service's way to invoke functions: for a result, as an event, to see whether it may be, as a stream. */
final class InvokeApi {

  /** More than the API takes, so that it is the API that says so. */
  private static final int READ_BYTES = 8 << 20;

  private final Shared shared;
  private final EventQueue events;

  /** How it is invoked. */
  enum Way {
    INVOKE,
    STREAM,
    /** The call of 2014, which is an event whatever the headers say. */
    INVOKE_ASYNC
  }

  InvokeApi(Shared shared, EventQueue events) {
    this.shared = shared;
    this.events = events;
  }

  /** Takes a request for the function that a segment of its path names. */
  void handle(HttpExchange exchange, String segment, Way way) {
    Request request = exchange.request();
    if (request.method().equals("OPTIONS")) {
      exchange.answer(Cors.preflight(request));
      return;
    }
    String id = UUID.randomUUID().toString();
    exchange.answerHeader("x-amzn-RequestId", id);
    Cors.allow(exchange);
    if (!request.method().equals("POST")) {
      exchange.answer(Answer.empty(405).header("Allow", "POST, OPTIONS"));
      return;
    }
    try {
      InvokeRequest asked = asked(request, way);
      String qualifier = queried(request.query(), "Qualifier");
      Target target = shared.catalogue.resolve(FunctionName.parse(segment, qualifier));
      int most = most(asked);
      if (request.contentLength() > READ_BYTES) {
        throw ApiException.tooLarge(most);
      }
      exchange.answerHeader("X-Amzn-Trace-Id", shown(asked.trace()));
      exchange.collect(READ_BYTES, body -> taken(exchange, target, id, asked, way, body, most));
    } catch (ApiException e) {
      exchange.answer(e.answer());
    }
  }

  private static InvokeRequest asked(Request request, Way way) throws ApiException {
    InvokeRequest asked = InvokeRequest.of(request, way == Way.STREAM);
    return way == Way.INVOKE_ASYNC
        ? new InvokeRequest(InvokeRequest.Type.EVENT, false, null, asked.tenant(), asked.trace())
        : asked;
  }

  private static int most(InvokeRequest asked) {
    return asked.type() == InvokeRequest.Type.EVENT
        ? ApiException.EVENT_BYTES
        : ApiException.PAYLOAD_BYTES;
  }

  private void taken(
      HttpExchange exchange,
      Target target,
      String id,
      InvokeRequest asked,
      Way way,
      byte[] body,
      int most) {
    try {
      if (body.length > most) {
        throw ApiException.tooLarge(most);
      }
      byte[] payload = InvokeRequest.payload(body);
      switch (asked.type()) {
        case DRY_RUN -> exchange.answer(version(Answer.empty(204), target));
        case EVENT -> exchange.answer(accepted(target, id, asked, way, payload));
        case REQUEST_RESPONSE -> invoke(exchange, target, id, asked, way, payload);
      }
    } catch (ApiException e) {
      exchange.answer(e.answer());
    }
  }

  private Answer accepted(Target target, String id, InvokeRequest asked, Way way, byte[] payload)
      throws ApiException {
    events.accept(target, id, payload, asked.attributes(target, id));
    return way == Way.INVOKE_ASYNC ? Answer.json(202, "{\"Status\":202}") : Answer.empty(202);
  }

  private void invoke(
      HttpExchange exchange,
      Target target,
      String id,
      InvokeRequest asked,
      Way way,
      byte[] payload) {
    if (way == Way.STREAM) {
      new StreamCall(shared, exchange, target, id, payload, asked).begin();
      return;
    }
    SyncCall.Answering answering = (result, log) -> answer(target, asked.tail(), result, log);
    new SyncCall(
            shared,
            exchange,
            target,
            id,
            payload,
            asked.attributes(target, id),
            asked.tail(),
            Call.NO_DEADLINE,
            answering)
        .begin();
  }

  private static Answer answer(Target target, boolean tail, CallResult result, CallLog log) {
    Answer answer =
        version(
            Answer.bytes(200, result.body()).header("Content-Type", "application/json"), target);
    if (result.isError()) {
      answer = answer.header("X-Amz-Function-Error", "Unhandled");
    }
    return tail ? answer.header("X-Amz-Log-Result", log.tail()) : answer;
  }

  private static Answer version(Answer answer, Target target) {
    return answer.header("X-Amz-Executed-Version", target.version());
  }

  /** The names of the fields are told in lower case. */
  private static String shown(String trace) {
    StringBuilder shown = new StringBuilder(trace.length());
    for (String field : trace.split(";", -1)) {
      int equals = Math.max(0, field.indexOf('='));
      shown
          .append(shown.length() == 0 ? "" : ";")
          .append(field.substring(0, equals).toLowerCase(Locale.ROOT))
          .append(field.substring(equals));
    }
    return shown.toString();
  }

  /** The first value of a query's parameter, as it was sent; null if there is none, or an empty one. */
  static @Nullable String queried(String query, String name) {
    for (String part : query.split("&", -1)) {
      if (part.startsWith(name + "=") && part.length() > name.length() + 1) {
        return part.substring(name.length() + 1);
      }
    }
    return null;
  }
}
