package dev.hearth.http.contract.openfaas;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.KeptResponse;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.Exchange;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the function at a path of its own whether it is ready, and passes its answer on (of-watchdog, pkg/readiness.go). */
final class ReadyCheck implements HttpExchange.BodyTaker, HttpExchange.Ending {

  private static final int MOST_BYTES = 1 << 20;

  private final HttpExchange exchange;
  private final FunctionHandle function;
  private final String path;
  private final Duration limit;
  private final OutcomeMapper outcomes;
  private final KeptResponse kept;

  /**
   * @param path with a query, if it has one
   * @param limit how long the function may take; zero for any time
   */
  ReadyCheck(
      HttpExchange exchange,
      FunctionHandle function,
      String path,
      Duration limit,
      OutcomeMapper outcomes) {
    this.exchange = exchange;
    this.function = function;
    this.path = path.startsWith("/") ? path : "/" + path;
    this.limit = limit;
    this.outcomes = outcomes;
    this.kept = exchange.keep(MOST_BYTES);
  }

  void begin() {
    exchange.collect(MOST_BYTES, this);
  }

  @Override
  public void taken(byte[] body) {
    Request asked = exchange.request();
    exchange.call(function, Calls.details(asked, limit), new Asked(question(asked), kept), this);
  }

  /** GET without a body, and with the headers of whoever asks. */
  private Request question(Request asked) {
    Map<String, List<String>> headers = new HashMap<>();
    Headers sent = asked.headers();
    for (String name : sent.names()) {
      if (!name.regionMatches(true, 0, "content-", 0, 8)
          && !name.equalsIgnoreCase("transfer-encoding")) {
        headers.put(name, sent.all(name));
      }
    }
    int query = path.indexOf('?');
    return new MemoryExchange(
            "GET",
            query < 0 ? path : path.substring(0, query),
            query < 0 ? "" : path.substring(query + 1),
            headers,
            InputStream.nullInputStream(),
            0)
        .request();
  }

  @Override
  public void ended(Ended call) {
    Answer answer = outcomes.answer(call);
    exchange.answer(answer == null ? verbatim() : answer);
  }

  private Answer verbatim() {
    Answer answer = Answer.bytes(kept.status() == 0 ? 200 : kept.status(), kept.written());
    Headers headers = kept.headers();
    for (String name : headers.names()) {
      for (String value : headers.all(name)) {
        answer = answer.header(name, value);
      }
    }
    return answer;
  }

  private record Asked(Request request, KeptResponse response) implements Exchange {}
}
