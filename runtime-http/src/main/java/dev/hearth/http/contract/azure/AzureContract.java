package dev.hearth.http.contract.azure;

import static java.util.Objects.requireNonNull;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.ErrorBody;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.KeptResponse;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.OutcomeAnswers;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.http.contract.RequestId;
import dev.hearth.signature.azure.Route;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Shape;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Azure Functions' contract with a custom handler, in its default mode and in those that forward requests ("Azure Functions custom
 * handlers").
 *
 * <p>The host pings {@code GET /} until there is an answer. A function of Azure's own Java API reads and writes envelopes itself; for
 * others they are made into requests and out of responses here. A call ends before the host's own limit, since the host ends the process
 * when that is over.
 */
public final class AzureContract implements Contract {

  private static final String INVOCATION_ID = "X-Azure-Functions-InvocationId";
  private static final String BASE64 = "HEARTH_AZURE_BASE64";
  private static final int LONGEST_ID = 128;
  private static final int MOST_BYTES = Integer.MAX_VALUE; // the server's own limit is lower
  private static final int MOST_RESULT_BYTES = 64 << 20;

  /** How much sooner than the host's a call's time is up: this part of it, and no more than a second. */
  private static final int SOONER = 10;

  private static final Duration MOST_SOONER = Duration.ofSeconds(1);

  private final ContractHost host;
  private final AppFolder app;
  private final FunctionTable table;
  private final boolean base64;
  private final OutcomeAnswers outcomes = new OutcomeAnswers(ErrorBody.JSON, new NoContent());

  /**
   * @throws IllegalArgumentException if something in the app folder makes no sense; the message names the file
   */
  public AzureContract(ContractHost host) {
    this.host = requireNonNull(host, "host");
    app = AppFolder.read(host.environment());
    table = new FunctionTable(host.hearth(), app);
    base64 = "true".equalsIgnoreCase(host.environment().get(BASE64));
  }

  @Override
  public String name() {
    return "azure";
  }

  @Override
  public Listen defaults() {
    return AzurePlatform.DEFAULT;
  }

  @Override
  public @Nullable String notReady() {
    return host.hearth().functions().isEmpty() ? "no function is deployed" : null;
  }

  @Override
  public void handle(HttpExchange exchange) {
    Request request = exchange.request();
    if (isPing(request)) {
      exchange.answer(Answer.empty(200));
      return;
    }
    try {
      Invoked invoked = Invoked.of(request.method(), request.path(), table, app.host());
      if (invoked == null) {
        exchange.answer(notFound(request));
      } else if (!invoked.byEnvelope()) {
        forward(exchange, invoked);
      } else if (invoked.declared().isAzures()) {
        passOn(exchange, invoked);
      } else {
        exchange.collect(MOST_BYTES, new EnvelopeTaker(exchange, invoked));
      }
    } catch (IllegalStateException gone) {
      // Undeployed between being found and being asked.
      exchange.answer(notFound(request));
    }
  }

  /** Calls carry an id, and the host's pings do not. */
  private static boolean isPing(Request request) {
    boolean got = request.method().equals("GET") || request.method().equals("HEAD");
    return got && request.path().equals("/") && request.headers().first(INVOCATION_ID).isEmpty();
  }

  private static Answer notFound(Request request) {
    return ErrorBody.JSON.of(
        404,
        "no function for "
            + request.method()
            + " "
            + request.path()
            + "; it is neither /{function} nor the route of one");
  }

  private CallDetails.Builder details(Request request) {
    CallDetails.Builder details =
        CallDetails.builder().id(RequestId.of(request, INVOCATION_ID, LONGEST_ID));
    Duration timeout = app.host().timeout();
    if (timeout != null) {
      Duration part = timeout.dividedBy(SOONER);
      Duration own = timeout.minus(part.compareTo(MOST_SOONER) < 0 ? part : MOST_SOONER);
      details.deadlineNanos(System.nanoTime() + own.toNanos());
    }
    return details;
  }

  /** What named the function in a path, behind the prefix of {@code host.json} or without it; empty where its route did. */
  private String basePath(String path, FunctionHandle function) {
    String name = "/" + function.name();
    String prefix = app.host().routePrefix();
    String base = path.startsWith(name) || prefix.isEmpty() ? name : "/" + prefix + name;
    boolean named =
        path.startsWith(base)
            && (path.length() == base.length() || path.charAt(base.length()) == '/');
    return named ? base : "";
  }

  /** The client's own request is the function's, and its answer the client's. */
  private void forward(HttpExchange exchange, Invoked invoked) {
    Request request = exchange.request();
    String prefix = app.host().routePrefix();
    Map<String, String> attributes = new HashMap<>();
    attributes.put("azure.route-prefix", prefix);
    Route route = invoked.declared().route();
    if (route != null && !invoked.declared().isAzures()) {
      Map<String, String> found =
          route.parameters(request.path(), prefix, invoked.function().name());
      for (Map.Entry<String, String> each : found.entrySet()) {
        attributes.put("azure.param." + each.getKey().toLowerCase(Locale.ROOT), each.getValue());
      }
    }
    exchange.dispatch(
        List.of(invoked.function()),
        details(request)
            .traceparent(request.headers().first("traceparent").orElse(null))
            .attributes(attributes)
            .basePath(basePath(request.path(), invoked.function()))
            .build(),
        outcomes);
  }

  /** The envelope is read, and its answer written, by the function's own binding. */
  private void passOn(HttpExchange exchange, Invoked invoked) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("azure.envelope", "default");
    String output = invoked.declared().httpOutput();
    if (output != null && !output.equals(Declared.RETURN)) {
      attributes.put("azure.http-output", output);
    }
    if (base64) {
      attributes.put("azure.base64", "true");
    }
    exchange.dispatch(
        List.of(invoked.function()),
        details(exchange.request()).event().attributes(attributes).build(),
        outcomes);
  }

  /** Takes an envelope for a function that knows nothing of envelopes. */
  private final class EnvelopeTaker implements HttpExchange.BodyTaker {
    private final HttpExchange exchange;
    private final Invoked invoked;

    EnvelopeTaker(HttpExchange exchange, Invoked invoked) {
      this.exchange = exchange;
      this.invoked = invoked;
    }

    @Override
    public void taken(byte[] body) {
      FunctionHandle function = invoked.function();
      Envelope envelope;
      try {
        envelope = Envelope.read(body, invoked.declared(), function.name());
      } catch (InputException e) {
        exchange.answer(
            ErrorBody.JSON.of(400, "function '" + function.name() + "': " + e.getMessage()));
        return;
      }
      Request request = envelope.request();
      CallDetails.Builder details =
          details(exchange.request())
              .attributes(envelope.attributes())
              .basePath(basePath(request.path(), function))
              .traceparent(request.headers().first("traceparent").orElse(null));
      if (!envelope.isHttp()) {
        details.event();
      }
      CallLines lines = new CallLines(host.streams());
      KeptResponse response = exchange.keep(MOST_RESULT_BYTES);
      exchange.call(
          function,
          details.log(lines).build(),
          new Made(request, response),
          new Answering(
              exchange,
              response,
              new InvocationResponse(
                  invoked.declared(), envelope.isHttp(), base64, lines, outcomes),
              lines));
    }
  }

  /** What the function is given instead of the request that was sent. */
  private record Made(Request request, Response response) implements Exchange {}

  private record Answering(
      HttpExchange exchange, KeptResponse response, InvocationResponse answers, CallLines lines)
      implements HttpExchange.Ending {
    @Override
    public void ended(OutcomeMapper.Ended call) {
      try {
        exchange.answer(answers.of(call, response.written()));
      } finally {
        lines.release();
      }
    }
  }

  /** A client that gets nothing back gets 204, as from functions of Azure's. */
  private static final class NoContent implements OutcomeAnswers.StatusOfNothing {
    @Override
    public int of(Shape shape, String method) {
      return 204;
    }
  }
}
