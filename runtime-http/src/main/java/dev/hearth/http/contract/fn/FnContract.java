package dev.hearth.http.contract.fn;

import static java.util.Objects.requireNonNull;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.KeptResponse;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.loader.DeployException;
import dev.hearth.signature.spi.Exchange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Fn's contract with a function's container, {@code http-stream} (fnproject/docs, {@code fn/develop/fn-format.md}).
 *
 * <p>Whatever becomes of a call, the container lives on: the agent keeps it after 200, 502 and 504 and throws it away after all else. 500 is
 * for requests that are not the agent's, and for functions of Fn's kit that ask for it.
 */
public final class FnContract implements Contract {

  /** What functions of Fn's kit are recognised as. */
  static final String SIGNATURE = "Fn function";

  private static final String PATH = "/call";
  private static final int MOST_BYTES = Integer.MAX_VALUE; // the server's own limit is lower
  private static final int MOST_RESULT_BYTES = 100 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ContractHost host;
  private final Duration patience;
  private final Deployed deployed;
  private final LogFrame frame;
  private final Kit kit = new Kit();
  private final Outcomes outcomes = new Outcomes();

  public FnContract(ContractHost host) {
    this(host, PATIENCE);
  }

  /**
   * @param patience how long a function may run on when its time was up
   */
  FnContract(ContractHost host, Duration patience) {
    this.host = requireNonNull(host, "host");
    this.patience = patience;
    deployed = new Deployed(host);
    frame = LogFrame.of(host.environment());
  }

  @Override
  public String name() {
    return "fn";
  }

  @Override
  public Listen defaults() {
    return Listen.unix(Path.of("/tmp/iofs/lsnr.sock"));
  }

  /** The agent bounds its calls, and freezes the process between them. */
  @Override
  public boolean isPatient() {
    return true;
  }

  /** The agent gives a container five seconds to listen, and the kit does not load its function before the first call. */
  @Override
  public boolean deploying() {
    deployed.begin();
    return true;
  }

  @Override
  public void deployed() {
    open();
    deployed.settled();
  }

  /** The agent is told by each call, and keeps the container. */
  @Override
  public boolean refused(RuntimeException failure) {
    LoggerFactory.getLogger(FnContract.class).error("the function cannot be served", failure);
    deployed.refused(failure);
    return true;
  }

  @Override
  public void open() {
    if (deployed.count() > 1) {
      throw new DeployException(deployed.explain());
    }
  }

  /** Calls that wait for the function find none. */
  @Override
  public void close() {
    deployed.settled();
  }

  @Override
  public @Nullable String notReady() {
    return deployed.function() == null ? "no function can be called" : null;
  }

  @Override
  public void handle(HttpExchange exchange) {
    kit.sign(exchange);
    Request request = exchange.request();
    if (!request.path().equals(PATH)) {
      exchange.answer(Answer.text(404, "nothing at " + request.path() + "; POST to /call\n"));
    } else if (!request.method().equals("POST")) {
      exchange.answer(
          Answer.text(405, "method " + request.method() + " is not allowed; use POST\n")
              .header("Allow", "POST"));
    } else {
      call(exchange, request);
    }
  }

  private void call(HttpExchange exchange, Request request) {
    FnCall call;
    try {
      call = FnCall.of(request);
    } catch (MalformedCallException e) {
      exchange.answer(invalid(String.valueOf(e.getMessage())));
      return;
    }
    if (isLate(exchange, call)) {
      return;
    }
    FunctionHandle function = deployed.function();
    if (function != null && isFns(function)) {
      exchange.dispatch(List.of(function), details(call, function).build(), outcomes);
    } else {
      exchange.collect(MOST_BYTES, new Body(exchange, call));
    }
  }

  /** Answers a call that nobody waits for any more; it is not run. */
  private static boolean isLate(HttpExchange exchange, FnCall call) {
    boolean late = call.isLate(System.nanoTime());
    if (late) {
      LoggerFactory.getLogger(FnContract.class)
          .warn("a call came when its time was up already; it is not run");
      exchange.answer(Outcomes.LATE);
    }
    return late;
  }

  private static boolean isFns(FunctionHandle function) {
    return function.signature().equals(SIGNATURE);
  }

  private CallDetails.Builder details(FnCall call, FunctionHandle function) {
    return call.details(new CallWatch(call.request(), function, host, frame, patience));
  }

  /** In the words of Fn's Java kit. */
  private static Answer invalid(String detail) {
    StringBuilder json =
        new StringBuilder("{ \"message\":\"Invalid input for function\", \"detail\":\"");
    for (int i = 0; i < Math.min(detail.length(), 300); i++) {
      char c = detail.charAt(i);
      json.append(c < ' ' || c > '~' || c == '"' || c == '\\' ? '?' : c);
    }
    return Answer.json(500, json.append("\"}").toString());
  }

  /** A call of a function that knows nothing of Fn, or of none. */
  private final class Body implements HttpExchange.BodyTaker {
    private final HttpExchange exchange;
    private final FnCall call;

    Body(HttpExchange exchange, FnCall call) {
      this.exchange = exchange;
      this.call = call;
    }

    @Override
    public void taken(byte[] body) {
      FunctionHandle function = deployed.function();
      if (function != null) {
        translate(exchange, call, function, body);
        return;
      }
      Thread thread =
          new Thread(null, () -> takenAside(body), "hearth-fn-start", 0, false); // it may block
      thread.setDaemon(true);
      thread.start();
    }

    private void takenAside(byte[] body) {
      FunctionHandle function = deployed.await(call.deadlineNanos());
      if (function != null) {
        translate(exchange, call, function, body);
        return;
      }
      if (isLate(exchange, call)) {
        return;
      }
      frame.write(call.request(), host.streams());
      host.streams().err(deployed.explain());
      exchange.answer(Outcomes.FAILED);
    }
  }

  private void translate(HttpExchange exchange, FnCall call, FunctionHandle function, byte[] body) {
    if (isLate(exchange, call)) { // while its body came, or the function started
      return;
    }
    Translation translation = Translation.of(call, isFns(function));
    Request request = translation.request(call, body);
    CallDetails.Builder details = details(call, function);
    if (call.byHttp()) {
      details.basePath(call.url().basePath());
    } else {
      details.event();
    }
    KeptResponse response = exchange.keep(MOST_RESULT_BYTES);
    exchange.call(
        function,
        details.build(),
        new Made(request, response),
        new End(exchange, translation, response));
  }

  /** What the function is given instead of the request that was sent. */
  private record Made(Request request, Response response) implements Exchange {}

  private final class End implements HttpExchange.Ending {
    private final HttpExchange exchange;
    private final Translation translation;
    private final KeptResponse response;

    End(HttpExchange exchange, Translation translation, KeptResponse response) {
      this.exchange = exchange;
      this.translation = translation;
      this.response = response;
    }

    @Override
    public void ended(Ended call) {
      byte[] body = response.written();
      Answer answer = outcomes.answer(call);
      if (answer == null) {
        answer = translation.answer(response, body);
        if (answer == Outcomes.FAILED) {
          LoggerFactory.getLogger(FnContract.class)
              .warn(
                  "function '{}' answered with status {}, which is a failure where no HTTP client"
                      + " made the call",
                  call.function().name(),
                  response.status());
        }
      }
      exchange.answer(answer);
    }
  }
}
