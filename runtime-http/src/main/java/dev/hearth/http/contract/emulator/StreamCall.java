package dev.hearth.http.contract.emulator;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Response;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.invoke.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One invocation whose result is sent as it comes, in frames. */
final class StreamCall implements Runnable, HttpExchange.Ending, StreamedResponse.Parts {

  private static final byte[] NOTHING = {'{', '}'};

  private final Shared shared;
  private final HttpExchange exchange;
  private final Target target;
  private final String id;
  private final Map<String, String> attributes;
  private final CallWatch watch;
  private final boolean tail;
  private final StreamedResponse response;
  private final PayloadExchange made;

  StreamCall(
      Shared shared,
      HttpExchange exchange,
      Target target,
      String id,
      byte[] payload,
      InvokeRequest asked) {
    this.shared = shared;
    this.exchange = exchange;
    this.target = target;
    this.id = id;
    this.attributes = new HashMap<>(asked.attributes(target, id));
    attributes.put("lambda.response-mode", "streaming");
    this.watch = new CallWatch(shared, target, id, asked.tail());
    this.tail = asked.tail();
    this.response = new StreamedResponse(exchange.response(), this);
    this.made = new PayloadExchange(payload, null, response);
  }

  /** Calls the function, now or when it has been started again. */
  void begin() {
    shared.restarts.whenReady(target.handle(), this);
  }

  @Override
  public void run() {
    Response client = exchange.response();
    client.header("Content-Type", EventStream.TYPE);
    client.header("X-Amz-Executed-Version", target.version());
    exchange.call(
        target.handle(), SyncCall.details(id, attributes, watch).event().build(), made, this);
  }

  @Override
  public byte[] part(byte[] data, int length) {
    return EventStream.chunk(data, length);
  }

  @Override
  public void ended(Ended call) {
    CallResult failure = null;
    if (!(call.outcome() instanceof Outcome.Returned)) {
      try {
        failure = CallResult.failure(id, call.function(), call.outcome());
      } catch (ApiException e) {
        refuse(e);
        return;
      }
    }
    byte[] rest = response.rest();
    byte[] last = EventStream.complete(completion(failure));
    byte[] end = new byte[rest.length + last.length];
    System.arraycopy(rest, 0, end, 0, rest.length);
    System.arraycopy(last, 0, end, rest.length, last.length);
    exchange.end(end);
  }

  private void refuse(ApiException why) {
    if (exchange.response().isCommitted()) {
      exchange.cut(String.valueOf(why.getMessage()));
    } else {
      exchange.answer(why.answer());
    }
  }

  private byte[] completion(@Nullable CallResult failure) {
    if (failure == null && !tail) {
      return NOTHING;
    }
    Map<String, @Nullable Object> completion = new LinkedHashMap<>();
    if (failure != null) {
      completion.put("ErrorCode", failure.errorType());
      completion.put("ErrorDetails", new String(failure.body(), StandardCharsets.UTF_8));
    }
    if (tail) {
      completion.put("LogResult", watch.log().tail());
    }
    return JsonText.print(completion).getBytes(StandardCharsets.UTF_8);
  }
}
