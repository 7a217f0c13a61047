package dev.hearth.http.contract.kubeless;

import static java.util.Objects.requireNonNull;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.RequestId;
import dev.hearth.http.contract.Start.Said;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Kubeless' contract with a function runtime, in its own flavour and in Kyma's.
 *
 * <p>{@code /healthz} and {@code /metrics} are answered by the server's own threads, so that a busy function does not look like a
 * sick one; OPTIONS asks whether other sites' pages may call, and they may. All the rest is the function's.
 */
public final class KubelessContract implements Contract {

  private static final int LONGEST_ID = 128;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long MEBIBYTE = 1 << 20;
  private static final long MOST_MEBIBYTES = 1 << 20;
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private final ContractHost host;
  private final Duration patience;
  private final Flavour flavour;
  private final @Nullable Said<Long> mostBytes;
  private final @Nullable AccessLog log;
  private final CallMetrics metrics = new CallMetrics();
  private final KubelessAnswers outcomes;

  /**
   * @throws IllegalArgumentException if a variable's value makes no sense
   */
  public KubelessContract(ContractHost host) {
    this(host, PATIENCE);
  }

  /**
   * @param patience how long a function may run on when its time was up
   */
  KubelessContract(ContractHost host, Duration patience) {
    this.host = requireNonNull(host, "host");
    this.patience = patience;
    flavour = Flavour.of(host.environment());
    Variables variables = new Variables(host.environment());
    mostBytes = mostBytes(variables);
    log =
        variables.isOn("SERVER_INTERNAL_LOGGER", "KYMA_INTERNAL_LOGGER_ENABLED")
            ? new AccessLog(host.streams())
            : null;
    outcomes = new KubelessAnswers(flavour, log);
  }

  private static @Nullable Said<Long> mostBytes(Variables variables) {
    Said<Long> mebibytes =
        variables.number(0, MOST_MEBIBYTES, "FUNC_BODY_MB_LIMIT", "REQ_MB_LIMIT");
    return mebibytes == null
        ? variables.number(0, Long.MAX_VALUE, "FUNC_MEMFILE_MAX")
        : new Said<>(mebibytes.value() * MEBIBYTE, mebibytes.variable());
  }

  @Override
  public String name() {
    return "kubeless";
  }

  @Override
  public Listen defaults() {
    return new Listen("0.0.0.0", KubelessPlatform.PORT);
  }

  @Override
  public void open() {
    if (log != null) {
      log.open();
    }
  }

  @Override
  public @Nullable String notReady() {
    return host.hearth().functions().isEmpty() ? "no function is loaded" : null;
  }

  /** Kyma's own runtimes say so. */
  @Override
  public boolean stopping() {
    if (flavour == Flavour.KYMA) {
      host.streams().out("Shutting down..");
    }
    return false;
  }

  @Override
  public void close() {
    if (log != null) {
      log.close();
    }
  }

  @Override
  public void handle(HttpExchange exchange) {
    Request request = exchange.request();
    Answer page = page(request);
    if (page != null) {
      answer(exchange, request, page);
      return;
    }
    exchange.answerHeader(ALLOW_ORIGIN, "*");
    List<FunctionHandle> deployed = List.copyOf(host.hearth().functions());
    if (deployed.size() != 1) {
      answer(exchange, request, Answer.text(500, "User function not loaded"));
      return;
    }
    if (mostBytes != null) {
      exchange.limitBody(mostBytes.value());
    }
    exchange.dispatch(deployed, details(request), outcomes);
  }

  private void answer(HttpExchange exchange, Request request, Answer answer) {
    if (log != null) {
      log.answered(request, answer.status());
    }
    exchange.answer(answer);
  }

  /** What the runtime answers itself; null for a call. */
  private @Nullable Answer page(Request request) {
    String method = request.method();
    String path = request.path();
    if (method.equals("OPTIONS")) {
      return preflight(request);
    }
    boolean got = method.equals("GET") || method.equals("HEAD");
    boolean own = path.equals("/healthz") || path.equals("/metrics");
    if (own && !got) {
      return Answer.text(405, "method " + method + " is not allowed; use GET\n")
          .header("Allow", "GET, HEAD");
    }
    if (own) {
      return path.equals("/healthz") ? health() : metrics.page(request.query());
    }
    boolean icon = flavour == Flavour.KYMA && path.equals("/favicon.ico");
    return icon && got ? Answer.empty(204) : null;
  }

  private Answer health() {
    return notReady() == null ? Answer.text(200, "OK") : Answer.text(500, "no function is loaded");
  }

  /** Whatever a page of another site wants to send, it may. */
  private static Answer preflight(Request request) {
    Answer answer = Answer.empty(200).header(ALLOW_ORIGIN, "*");
    String method = request.headers().first("access-control-request-method").orElse("");
    String headers = request.headers().first("access-control-request-headers").orElse("");
    if (!method.isEmpty()) {
      answer = answer.header("Access-Control-Allow-Methods", method);
    }
    return headers.isEmpty() ? answer : answer.header("Access-Control-Allow-Headers", headers);
  }

  private CallDetails details(Request request) {
    String id = RequestId.of(request, "event-id", LONGEST_ID);
    return CallDetails.builder()
        .id(id == null ? RequestId.of(request, "ce-id", LONGEST_ID) : id)
        .traceparent(request.headers().first("traceparent").orElse(null))
        .observer(new CallWatch(request.method(), metrics, host, patience))
        .build();
  }
}
