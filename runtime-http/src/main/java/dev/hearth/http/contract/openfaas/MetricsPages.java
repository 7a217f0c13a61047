package dev.hearth.http.contract.openfaas;

import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.Listen;

/** The watchdog's second port: {@code GET /metrics} and nothing else. */
final class MetricsPages implements Contract {

  private final Metrics metrics;
  private final Listen listen;

  MetricsPages(Metrics metrics, Listen listen) {
    this.metrics = metrics;
    this.listen = listen;
  }

  @Override
  public String name() {
    return "openfaas-metrics";
  }

  @Override
  public Listen defaults() {
    return listen;
  }

  @Override
  public void handle(HttpExchange exchange) {
    Request request = exchange.request();
    String method = request.method();
    if (!request.path().equals("/metrics")) {
      exchange.answer(Answer.text(404, "nothing here; there is /metrics\n"));
    } else if (method.equals("GET") || method.equals("HEAD")) {
      exchange.answer(metrics.page());
    } else {
      exchange.answer(
          Answer.text(405, "method " + method + " is not allowed; use GET\n")
              .header("Allow", "GET, HEAD"));
    }
  }
}
