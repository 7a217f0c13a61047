package dev.hearth.http.contract.fission;

import static java.util.Objects.requireNonNull;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ErrorBody;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.OutcomeAnswers;
import dev.hearth.http.contract.RequestId;
import dev.hearth.loader.DeployException;
import dev.hearth.signature.spi.Shape;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Fission's contract with a language runtime.
 *
 * <pre>
 * GENERIC -> LOADING -> SPECIALISED      LOADING goes back to GENERIC when loading fails
 * </pre>
 *
 * A host that has a function already when it opens is specialised from the start, as an image made for one function
 * is. Afterwards every path and method but {@code /healthz} and the two load requests is the function's.
 */
public final class FissionContract implements Contract {

  /** Where the code of a version 1 load request is. */
  public static final String CODE_PATH = "/userfunc/user";

  private static final int LOAD_REQUEST_BYTES = 1 << 20;
  private static final int LONGEST_ID = 192;
  private static final Answer NOT_GENERIC = Answer.text(400, "Not a generic container\n");

  private final Hearth hearth;
  private final Path codePath;
  private final OutcomeAnswers outcomes = new OutcomeAnswers(ErrorBody.TEXT, new Nothing());
  private volatile State state = new State(Stage.GENERIC); // written by whoever moved it to LOADING

  private enum Stage {
    GENERIC,
    LOADING,
    SPECIALISED
  }

  /** Stage, and what is there when it is SPECIALISED. */
  private record State(
      Stage stage, @Nullable FunctionHandle function, Map<String, String> attributes) {
    State(Stage stage) {
      this(stage, null, Map.of());
    }
  }

  /** With {@link #CODE_PATH}. */
  public FissionContract(Hearth hearth) {
    this(hearth, Path.of(CODE_PATH));
  }

  /**
   * @param codePath where the code of a version 1 load request is
   */
  public FissionContract(Hearth hearth, Path codePath) {
    this.hearth = requireNonNull(hearth, "hearth");
    this.codePath = requireNonNull(codePath, "codePath");
  }

  @Override
  public String name() {
    return "fission";
  }

  @Override
  public Listen defaults() {
    return new Listen("0.0.0.0", 8888);
  }

  @Override
  public void open() {
    List<FunctionHandle> deployed = List.copyOf(hearth.functions());
    if (deployed.size() == 1) {
      state = new State(Stage.SPECIALISED, deployed.get(0), Map.of());
    }
  }

  /** A generic container is ready: it waits to be told what to load. */
  @Override
  public @Nullable String notReady() {
    return null;
  }

  @Override
  public void handle(HttpExchange exchange) {
    Request request = exchange.request();
    String path = request.path();
    boolean post = request.method().equals("POST");
    if (path.equals("/healthz")
        && (request.method().equals("GET") || request.method().equals("HEAD"))) {
      exchange.answer(Answer.text(200, "ok\n"));
    } else if (post && path.equals("/v2/specialize")) {
      specialise(exchange, true);
    } else if (post && path.equals("/specialize")) {
      specialise(exchange, false);
    } else {
      call(exchange, request);
    }
  }

  private void call(HttpExchange exchange, Request request) {
    State now = state;
    FunctionHandle function = now.function();
    if (function == null) {
      exchange.answer(Answer.text(400, "Container not specialized\n"));
    } else if (request.headers().first("upgrade").orElse("").equalsIgnoreCase("websocket")) {
      exchange.answer(Answer.text(501, "WebSocket is not supported\n"));
    } else {
      exchange.dispatch(List.of(function), details(request, now.attributes()), outcomes);
    }
  }

  private static CallDetails details(Request request, Map<String, String> attributes) {
    return CallDetails.builder()
        .id(RequestId.of(request, "X-Fission-Request-ID", LONGEST_ID))
        .traceparent(request.headers().first("traceparent").orElse(null))
        .attributes(attributes)
        .build();
  }

  private void specialise(HttpExchange exchange, boolean version2) {
    if (state.stage() != Stage.GENERIC) {
      exchange.answer(NOT_GENERIC);
      return;
    }
    exchange.readBody(LOAD_REQUEST_BYTES, new Specialise(version2));
  }

  /** Works on a load request; a class, so that the cold path links no lambda. */
  private final class Specialise implements HttpExchange.BodyReader {
    private final boolean version2;

    Specialise(boolean version2) {
      this.version2 = version2;
    }

    @Override
    public Answer read(byte[] body) {
      try {
        return load(version2 ? LoadRequest.parse(body) : LoadRequest.of(codePath.toString()));
      } catch (LoadRequest.MalformedException e) {
        return Answer.text(400, oneLine(e.getMessage()));
      }
    }
  }

  private Answer load(LoadRequest request) {
    if (!beginLoading()) {
      return NOT_GENERIC;
    }
    State next = new State(Stage.GENERIC);
    try {
      next = deploy(request);
      return Answer.text(200, "Done\n");
    } catch (DeployException | InvalidPathException e) {
      LoggerFactory.getLogger(FissionContract.class).warn("cannot load {}", request, e);
      return Answer.text(400, oneLine(e.getMessage()));
    } finally {
      state = next;
    }
  }

  private synchronized boolean beginLoading() {
    boolean generic = state.stage() == Stage.GENERIC;
    if (generic) {
      state = new State(Stage.LOADING);
    }
    return generic;
  }

  private State deploy(LoadRequest request) {
    Path code = Path.of(request.path());
    if (!Files.exists(code)) {
      throw new DeployException(request.path() + ": not found; nothing was fetched to this path");
    }
    Map<String, String> attributes = request.attributes();
    FunctionSpec spec =
        FunctionSpec.builder(code).handler(request.handler()).env(attributes).build();
    return new State(Stage.SPECIALISED, hearth.deploy(name(request), spec), attributes);
  }

  /** Kubernetes allows longer names than the host does; the tail is what tells generated ones apart. */
  private static String name(LoadRequest request) {
    String name = request.metadata().getOrDefault("name", "").toLowerCase(Locale.ROOT);
    String cut = name.length() > 63 ? name.substring(name.length() - 63) : name;
    return Hearth.isName(cut) ? cut : "function";
  }

  private static String oneLine(@Nullable String message) {
    String text = message == null ? "cannot be loaded" : message;
    return text.replace('\r', ' ').replace('\n', ' ') + "\n";
  }

  /** Nothing is 200: for the platform's message queues every other status is a failure. */
  private static final class Nothing implements OutcomeAnswers.StatusOfNothing {
    @Override
    public int of(Shape shape, String method) {
      return 200;
    }
  }
}
