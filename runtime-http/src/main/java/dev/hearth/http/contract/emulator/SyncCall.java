package dev.hearth.http.contract.emulator;

import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.http.lambda.GatewayCall;
import dev.hearth.http.lambda.LambdaResponse;
import dev.hearth.http.lambda.XrayTrace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One invocation whose caller waits for its result. */
final class SyncCall implements Runnable, HttpExchange.Ending {

  /** Makes the answer of what an invocation gave. */
  interface Answering {

    /**
     * The answer for a result or an error document.
     *
     * @param log of the invocation
     */
    Answer answer(CallResult result, CallLog log);

    /** The answer where the function is not to blame. */
    default Answer refused(ApiException why) {
      return why.answer();
    }
  }

  private final HttpExchange exchange;
  private final Target target;
  private final String id;
  private final Map<String, String> attributes;
  private final long deadlineNanos;
  private final Answering answering;
  private final CallWatch watch;
  private final LambdaResponse response = new LambdaResponse(false);
  private final @Nullable GatewayCall gateway;
  private final PayloadExchange made;
  private final Shared shared;

  /**
   * @param payload what the function is given
   * @param tail whether the end of its log is wanted
   * @param deadlineNanos when the caller stops waiting, as {@link dev.hearth.invoke.Call#deadlineNanos}
   */
  SyncCall(
      Shared shared,
      HttpExchange exchange,
      Target target,
      String id,
      byte[] payload,
      Map<String, String> attributes,
      boolean tail,
      long deadlineNanos,
      Answering answering) {
    this.shared = shared;
    this.exchange = exchange;
    this.target = target;
    this.id = id;
    this.attributes = attributes;
    this.deadlineNanos = deadlineNanos;
    this.answering = answering;
    this.watch = new CallWatch(shared, target, id, tail);
    this.gateway = GatewayCall.of(target.handle(), payload);
    this.made = new PayloadExchange(payload, gateway, response);
  }

  /** Calls the function, now or when it has been started again. */
  void begin() {
    shared.restarts.whenReady(target.handle(), this);
  }

  @Override
  public void run() {
    CallDetails.Builder details = details(id, attributes, watch).deadlineNanos(deadlineNanos);
    exchange.call(target.handle(), (made.isHttp() ? details : details.event()).build(), made, this);
  }

  static CallDetails.Builder details(String id, Map<String, String> attributes, CallWatch watch) {
    return CallDetails.builder()
        .id(id)
        .attributes(attributes)
        .traceparent(XrayTrace.traceparent(attributes.get("lambda.trace-id")))
        .observer(watch)
        .log(watch.log());
  }

  @Override
  public void ended(Ended call) {
    response.end();
    Answer answer;
    try {
      answer = answering.answer(CallResult.of(id, call, response, gateway), watch.log());
    } catch (ApiException e) {
      answer = answering.refused(e);
    }
    exchange.answer(answer);
  }
}
