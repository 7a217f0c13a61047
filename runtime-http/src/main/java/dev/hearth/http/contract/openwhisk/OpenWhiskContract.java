package dev.hearth.http.contract.openwhisk;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
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
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.http.contract.openwhisk.ActionLoader.Loaded;
import dev.hearth.http.contract.openwhisk.ActionLoader.RefusedException;
import dev.hearth.http.contract.openwhisk.JsonFields.Field;
import dev.hearth.http.contract.openwhisk.JsonFields.MalformedException;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.Shape;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * OpenWhisk's contract with an action's container, in the flavour of the kind {@code java:8}.
 *
 * <pre>
 * NEW -> LOADING -> READY      LOADING goes back to NEW when loading fails
 * </pre>
 *
 * A host that has a function already when it opens can be run at once, as an image made for one action is; it is still
 * initialised once, without code. {@code POST /} is the platform's single entry point, which joins both.
 */
public final class OpenWhiskContract implements Contract {

  /** The line that ends an activation's part of a log. */
  public static final String SENTINEL = "XXX_THE_END_OF_A_WHISK_ACTIVATION_XXX";

  private static final int MOST_BYTES = Integer.MAX_VALUE; // the server's own limit is lower
  private static final int MOST_RESULT_BYTES = 64 << 20;
  private static final String AGAIN = "Cannot initialize the action more than once.";
  private static final String NO_CODE = "Missing main/no code to execute.";
  private static final String UNINITIALISED = "Cannot invoke an uninitialized action.";

  private final ContractHost host;
  private final ActionLoader loader;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private boolean initialised; // or being so

  private volatile @Nullable Loaded action;
  private volatile boolean stopping;

  /** How an entry point says that its order was not kept. */
  private record Statuses(int noCode, int again, int uninitialised) {}

  private static final Statuses TWO_PATHS = new Statuses(502, 502, 502);
  private static final Statuses ONE_PATH = new Statuses(403, 403, 500);

  /** What an entry point is for. */
  private enum Entry {
    INIT,
    RUN,
    BOTH
  }

  public OpenWhiskContract(ContractHost host) {
    this.host = requireNonNull(host, "host");
    this.loader = new ActionLoader(host);
  }

  @Override
  public String name() {
    return "openwhisk";
  }

  @Override
  public Listen defaults() {
    return new Listen("0.0.0.0", 8080);
  }

  @Override
  public void open() {
    List<FunctionHandle> deployed = List.copyOf(host.hearth().functions());
    if (deployed.size() == 1) {
      action = new Loaded(deployed.get(0), new ConcurrentHashMap<>());
    }
  }

  /** The platform starts a container elsewhere for what is refused with 503. */
  @Override
  public boolean stopping() {
    stopping = true;
    return true;
  }

  @Override
  public void handle(HttpExchange exchange) {
    Request request = exchange.request();
    if (stopping) {
      exchange.answer(ErrorBody.JSON.of(503, "the container is shutting down"));
      return;
    }
    String path = request.path();
    Entry entry =
        switch (path) {
          case "/init" -> Entry.INIT;
          case "/run" -> Entry.RUN;
          case "/" -> Entry.BOTH;
          default -> null;
        };
    if (entry == null) {
      exchange.answer(ErrorBody.JSON.of(404, "nothing at " + path + "; POST to /init or /run"));
    } else if (!request.method().equals("POST")) {
      exchange.answer(
          ErrorBody.JSON
              .of(405, "method " + request.method() + " is not allowed; use POST")
              .header("Allow", "POST"));
    } else if (entry == Entry.INIT) {
      exchange.readBody(MOST_BYTES, new InitBody());
    } else {
      exchange.collect(MOST_BYTES, new RunBody(exchange, entry == Entry.RUN));
    }
  }

  private final class InitBody implements HttpExchange.BodyReader {
    @Override
    public Answer read(byte[] body) {
      try {
        return init(InitRequest.of(JsonFields.parse(body).get("value")), TWO_PATHS);
      } catch (MalformedException e) {
        return failed(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** What may be a run. It is started from the event loop when it is small; the rest is not. */
  private final class RunBody implements HttpExchange.BodyTaker {
    private final HttpExchange exchange;
    private final boolean onlyRuns;

    RunBody(HttpExchange exchange, boolean onlyRuns) {
      this.exchange = exchange;
      this.onlyRuns = onlyRuns;
    }

    @Override
    public void taken(byte[] body) {
      if (!onlyRuns) {
        aside(() -> takeBoth(body));
        return;
      }
      try {
        JsonFields fields = JsonFields.parse(body);
        run(exchange, RunRequest.of(fields.get("value"), fields), TWO_PATHS);
      } catch (MalformedException e) {
        aside(() -> exchange.answer(failed(String.valueOf(e.getMessage()), e)));
      }
    }

    private void takeBoth(byte[] body) {
      try {
        both(exchange, JsonFields.parse(body));
      } catch (MalformedException e) {
        exchange.answer(failed(String.valueOf(e.getMessage()), e));
      }
    }
  }

  /** Does what blocks, and is rare, on a thread of its own. */
  private static void aside(Runnable task) {
    Thread thread = new Thread(null, task, "hearth-openwhisk-aside", 0, false);
    thread.setDaemon(true);
    thread.start();
  }

  /** The single entry point: {@code init} and {@code activation} say which of both is wanted. */
  private void both(HttpExchange exchange, JsonFields fields) throws MalformedException {
    Field init = fields.get("init");
    Field activation = fields.get("activation");
    Field value = fields.get("value");
    boolean run = activation != null || value != null;
    if (init == null && !run) {
      throw new MalformedException("neither 'init' nor 'activation' nor 'value' is there");
    }
    if (init != null) {
      Answer answer = init(InitRequest.of(init), ONE_PATH);
      if (answer.status() != 200 || !run) {
        exchange.answer(answer);
        return;
      }
    }
    JsonFields context = activation == null ? JsonFields.none() : activation.fields();
    run(exchange, RunRequest.of(value, context), ONE_PATH);
  }

  private Answer init(InitRequest request, Statuses statuses) {
    Loaded there = action;
    Field code = request.code();
    boolean adopts = there != null && !request.hasCode();
    if (there == null && !isInitialised() && (!request.hasMain() || !request.hasCode())) {
      return ErrorBody.JSON.of(statuses.noCode(), NO_CODE);
    }
    if (isInitialised() || (there != null && !adopts) || !beginInit()) {
      host.streams().err(AGAIN);
      return ErrorBody.JSON.of(statuses.again(), AGAIN);
    }
    boolean done = false;
    try {
      action =
          adopts
              ? loader.adopt(request, requireNonNull(there).function())
              : loader.load(request, requireNonNull(code));
      done = true;
      return Answer.json(200, "{\"ok\":true}");
    } catch (RefusedException e) {
      return failed(String.valueOf(e.getMessage()), requireNonNull(e.getCause()));
    } finally {
      if (!done) {
        endInit();
      }
    }
  }

  private boolean isInitialised() {
    synchronized (lock) {
      return initialised;
    }
  }

  private boolean beginInit() {
    synchronized (lock) {
      boolean first = !initialised;
      initialised = true;
      return first;
    }
  }

  private void endInit() {
    synchronized (lock) {
      initialised = false;
    }
  }

  /** Refuses what could not be prepared; the log is read for such failures, too. */
  private Answer failed(String problem, Throwable cause) {
    String text = Texts.trace(cause);
    host.streams().err(text.contains(problem) ? text : problem + "\n" + text);
    host.streams().mark(SENTINEL);
    return RunAnswers.failure(RunAnswers.FAILED + problem);
  }

  private void run(HttpExchange exchange, RunRequest request, Statuses statuses)
      throws MalformedException {
    Loaded loaded = action;
    if (loaded == null) {
      exchange.answer(ErrorBody.JSON.of(statuses.uninitialised(), UNINITIALISED));
      return;
    }
    FunctionHandle function = loaded.function();
    Shape shape = function.shape();
    boolean mayGiveNothing = shape == Shape.CONSUMER || shape == Shape.EXCHANGE;
    CallDetails details =
        CallDetails.builder()
            .id(request.id())
            .traceparent(exchange.request().headers().first("traceparent").orElse(null))
            .deadlineNanos(request.deadlineNanos())
            .attributes(request.attributes())
            .observer(new Activation(request, loaded.variables(), host.streams(), mayGiveNothing))
            .build();
    KeptResponse result = exchange.keep(MOST_RESULT_BYTES);
    Request web = WebAction.isFor(function) ? request.webRequest() : null;
    boolean isWeb = web != null;
    exchange.call(
        function,
        details,
        new Made(web == null ? request.request() : web, result, isWeb),
        new RunEnd(exchange, result, isWeb));
  }

  /** What the action is given instead of the request that was sent. */
  private record Made(Request request, Response response, boolean isHttp) implements Exchange {}

  private record RunEnd(HttpExchange exchange, KeptResponse result, boolean isWeb)
      implements HttpExchange.Ending {
    @Override
    public void ended(OutcomeMapper.Ended call) {
      byte[] written = result.written();
      exchange.answer(isWeb ? RunAnswers.ofWeb(call, written) : RunAnswers.answer(call, written));
    }
  }
}
