package dev.hearth.http.contract.emulator;

import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.invoke.Outcome;
import java.util.HashMap;
import java.util.Map;

/** One call by a function URL that streams: what the function writes is the body, behind a prelude where it says so. */
final class UrlStreamCall implements Runnable, HttpExchange.Ending {

  private final Shared shared;
  private final HttpExchange exchange;
  private final Target target;
  private final String id;
  private final Map<String, String> attributes;
  private final GatewayAnswers answers;
  private final CallWatch watch;
  private final UrlPrelude prelude;
  private final StreamedResponse response;
  private final PayloadExchange made;

  UrlStreamCall(
      Shared shared,
      HttpExchange exchange,
      Target target,
      String id,
      byte[] event,
      Map<String, String> attributes,
      GatewayAnswers answers) {
    this.shared = shared;
    this.exchange = exchange;
    this.target = target;
    this.id = id;
    this.answers = answers;
    this.attributes = new HashMap<>(attributes);
    this.attributes.put("lambda.response-mode", "streaming");
    this.watch = new CallWatch(shared, target, id, false);
    this.prelude = new UrlPrelude(exchange.response(), shared.settings.streamType());
    this.response = new StreamedResponse(exchange.response(), prelude);
    this.made = new PayloadExchange(event, null, response);
  }

  /** Calls the function, now or when it has been started again. */
  void begin() {
    shared.restarts.whenReady(target.handle(), this);
  }

  @Override
  public void run() {
    exchange.call(
        target.handle(), SyncCall.details(id, attributes, watch).event().build(), made, this);
  }

  @Override
  public void ended(Ended call) {
    byte[] rest = response.rest();
    if (call.outcome() instanceof Outcome.Returned && prelude.isOver()) {
      exchange.end(rest);
    } else if (exchange.response().isCommitted()) {
      exchange.cut("the function failed after it had begun to answer");
    } else if (call.outcome() instanceof Outcome.Rejected) {
      exchange.answer(answers.unavailable(call.function().isDeployed() ? 429 : 503));
    } else {
      exchange.answer(answers.failed());
    }
  }
}
