package dev.hearth.http.contract.emulator;

import dev.hearth.gateway.EventFormat;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.Listen;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * AWS Lambda from the caller's side: the Invoke API on a port of this machine, or the runtime interface emulator's; behind that, where
 * a variable says so, a gateway on every other path.
 */
public final class EmulatorContract implements Contract {

  /** What the official emulator listens on. */
  static final int PORT = 8080;

  private static final String FUNCTIONS = "/2015-03-31/functions/";
  private static final String STREAMS = "/2021-11-15/functions/";
  private static final String ASYNC = "/2014-11-13/functions/";
  private static final String INVOCATIONS = "invocations";

  private final Shared shared;
  private final EventQueue events;
  private final InvokeApi invoke;
  private final AdminApi admin;
  private final ClassicApi classic;
  private final DeployApi deploy;
  private volatile @Nullable Gateway gateway; // set by open()

  /**
   * A contract for a host.
   *
   * @throws IllegalArgumentException if a variable's value makes no sense; the message names both
   */
  public EmulatorContract(ContractHost host) {
    this(host, System::nanoTime);
  }

  EmulatorContract(ContractHost host, LongSupplier nanos) {
    EmulatorSettings settings = EmulatorSettings.of(host.environment());
    shared = new Shared(Catalogue.of(host.hearth(), settings), host.streams());
    events = new EventQueue(shared);
    invoke = new InvokeApi(shared, events);
    admin = new AdminApi(shared);
    classic = new ClassicApi(shared);
    deploy = new DeployApi(shared, events, nanos);
  }

  @Override
  public String name() {
    return "lambda-emulator";
  }

  @Override
  public Listen defaults() {
    return new Listen("127.0.0.1", PORT);
  }

  @Override
  public void open() {
    shared.streams.tap(shared);
    shared.catalogue.readDeclarations();
    EventFormat format = shared.settings.gateway();
    if (format != null) {
      gateway = new Gateway(shared, format);
    }
  }

  @Override
  public void handle(HttpExchange exchange) {
    String path = exchange.request().path();
    if (!(shared.settings.mode() == Mode.API ? api(exchange, path) : classic(exchange, path))) {
      others(exchange);
    }
  }

  private boolean classic(HttpExchange exchange, String path) {
    if (!path.equals(FUNCTIONS + "function/" + INVOCATIONS)) {
      return false;
    }
    classic.handle(exchange);
    return true;
  }

  /** Whether the path is one of the API's. */
  private boolean api(HttpExchange exchange, String path) {
    if (path.startsWith(FUNCTIONS)) {
      return functions(exchange, path.substring(FUNCTIONS.length()).split("/", -1));
    }
    if (path.startsWith(STREAMS)) {
      String[] parts = path.substring(STREAMS.length()).split("/", -1);
      return invoke(exchange, parts, "response-streaming-invocations", InvokeApi.Way.STREAM);
    }
    if (path.equals("/") && deploy.handle(exchange)) {
      return true;
    }
    return path.startsWith(ASYNC)
        && invoke(
            exchange,
            path.substring(ASYNC.length()).split("/", -1),
            "invoke-async",
            InvokeApi.Way.INVOKE_ASYNC);
  }

  private boolean functions(HttpExchange exchange, String[] parts) {
    if (invoke(exchange, parts, INVOCATIONS, InvokeApi.Way.INVOKE)) {
      return true;
    }
    if (parts.length == 2 && parts[1].equals("versions")) {
      admin.versions(exchange, parts[0]);
      return true;
    }
    if (parts.length >= 2 && parts.length <= 3 && parts[1].equals("aliases")) {
      admin.aliases(exchange, parts[0], parts.length == 2 ? null : parts[2]);
      return true;
    }
    return false;
  }

  private boolean invoke(HttpExchange exchange, String[] parts, String what, InvokeApi.Way way) {
    // The call of 2014 ends in a slash in the service's model.
    boolean slash = parts.length == 3 && parts[2].isEmpty();
    if ((parts.length != 2 && !slash) || !parts[1].equals(what)) {
      return false;
    }
    invoke.handle(exchange, parts[0], way);
    return true;
  }

  private void others(HttpExchange exchange) {
    Gateway there = gateway;
    if (there == null) {
      exchange.answer(Answer.text(404, "404 page not found\n"));
    } else {
      there.handle(exchange);
    }
  }

  /** In the way for several calls at once, those that come from now on are told so. */
  @Override
  public boolean stopping() {
    classic.stop();
    return shared.settings.mode() == Mode.CONCURRENT;
  }

  @Override
  public void close() {
    events.close();
  }

  // For tests.

  Shared shared() {
    return shared;
  }

  EventQueue events() {
    return events;
  }
}
