package dev.hearth.http.ops;

import dev.hearth.Hearth;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.ErrorBody;
import dev.hearth.http.contract.ExchangeObserver;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.loader.DeployException;
import dev.hearth.loader.UnloadWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The pages of one function each, and of the routes: what they look like, and how they change. Loaded when the first of them is asked
 * for.
 */
final class ChangePages {

  /** Archives that arrive at once: each is in memory as a whole. */
  private static final int UPLOADS = 2;

  private static final int SPEC_BYTES = 1 << 20;
  private static final String FUNCTIONS = "/functions/";
  private static final String ROLLBACK = "/rollback";
  private static final String CACHE = "/cache";
  private static final List<String> ACTIONS = List.of(ROLLBACK, "/holders", CACHE);

  private final Hearth hearth;
  private final @Nullable Supplier<? extends Deployments> deployments;
  private final int uploadBytes;
  private final Semaphore uploads = new Semaphore(UPLOADS);

  ChangePages(Hearth hearth, AdminAccess access) {
    this.hearth = hearth;
    this.deployments = access.deployments();
    this.uploadBytes = access.uploadBytes();
  }

  void handle(HttpExchange exchange) {
    Request request = exchange.request();
    String path = request.path();
    if (path.equals("/routes")) {
      routes(exchange, request.method());
      return;
    }
    int slash = path.indexOf('/', FUNCTIONS.length());
    String name = path.substring(FUNCTIONS.length(), slash < 0 ? path.length() : slash);
    String what = slash < 0 ? "" : path.substring(slash);
    if (!Hearth.isName(name) || !(what.isEmpty() || ACTIONS.contains(what))) {
      exchange.answer(
          ErrorBody.JSON.of(
              404, "no page " + path + "; there is /functions/{name}[/rollback|/holders|/cache]"));
    } else if (what.isEmpty()) {
      function(exchange, request, name);
    } else {
      act(exchange, request.method(), what, name);
    }
  }

  private void function(HttpExchange exchange, Request request, String name) {
    switch (request.method()) {
      case "GET", "HEAD" -> exchange.answer(shown(name));
      case "PUT" -> put(exchange, request, name);
      case "DELETE" -> change(exchange, 0, body -> removed(name));
      default -> exchange.answer(notAllowed(request.method(), "GET, HEAD, PUT, DELETE"));
    }
  }

  private void act(HttpExchange exchange, String method, String what, String name) {
    if (what.equals(CACHE)) {
      if (method.equals("DELETE")) {
        change(exchange, 0, body -> purged(name));
      } else {
        exchange.answer(notAllowed(method, "DELETE"));
      }
    } else if (!method.equals("POST")) {
      exchange.answer(notAllowed(method, "POST"));
    } else if (what.equals(ROLLBACK)) {
      change(exchange, SPEC_BYTES, body -> rolledBack(name));
    } else {
      change(exchange, SPEC_BYTES, body -> holder(name));
    }
  }

  /** Forgets the answers that are kept of a function. */
  private Answer purged(String name) {
    if (hearth.function(name).isEmpty()) {
      return ErrorBody.JSON.of(404, "function '" + name + "' is not deployed");
    }
    hearth.purge(name);
    return Answer.empty(204);
  }

  private Answer holder(String name) {
    UnloadWatch.Pending newest = null;
    for (UnloadWatch.Pending each : hearth.retired()) { // the oldest first
      newest = each.function().equals(name) ? each : newest;
    }
    if (newest == null) {
      return ErrorBody.JSON.of(404, "function '" + name + "' has no retired version in memory");
    }
    try {
      return Answer.json(
          200,
          FunctionsJson.ofHolder(name, newest.version(), hearth.holder(name, newest.version())));
    } catch (IOException e) {
      return ErrorBody.JSON.of(501, String.valueOf(e.getMessage()));
    }
  }

  private void routes(HttpExchange exchange, String method) {
    switch (method) {
      case "GET", "HEAD" ->
          exchange.answer(fresh(Answer.json(200, RoutesJson.of(hearth.routes()))));
      case "PUT" ->
          change(
              exchange,
              SPEC_BYTES,
              body -> {
                changes().routes(new String(body, StandardCharsets.UTF_8));
                return Answer.json(200, RoutesJson.of(hearth.routes()));
              });
      default -> exchange.answer(notAllowed(method, "GET, HEAD, PUT"));
    }
  }

  private void put(HttpExchange exchange, Request request, String name) {
    PutRequest asked;
    try {
      asked = PutRequest.of(request);
    } catch (RefusedChangeException e) {
      exchange.answer(ErrorBody.JSON.of(e.status(), String.valueOf(e.getMessage())));
      return;
    }
    if (!asked.isUpload()) {
      change(exchange, SPEC_BYTES, body -> put(asked.wanted(name, body)));
    } else if (uploads.tryAcquire()) {
      exchange.follow(new Uploaded(uploads));
      change(exchange, uploadBytes, body -> put(asked.wantedUpload(name, body)));
    } else {
      exchange.answer(
          ErrorBody.JSON
              .of(503, UPLOADS + " archives are being uploaded; try again in a moment")
              .header("Retry-After", "5"));
    }
  }

  /** Gives the place back, whatever becomes of the request. */
  private record Uploaded(Semaphore uploads) implements ExchangeObserver {
    @Override
    public void over(int status, long bytes) {
      uploads.release();
    }
  }

  private interface Work {
    Answer done(byte[] body);
  }

  private void change(HttpExchange exchange, int mostBytes, Work work) {
    if (deployments == null) {
      exchange.answer(
          ErrorBody.JSON.of(403, "this host is not changed by its admin port; restart it instead"));
      return;
    }
    exchange.readBody(mostBytes, body -> fresh(explained(work, body)));
  }

  private static Answer explained(Work work, byte[] body) {
    try {
      return work.done(body);
    } catch (RefusedChangeException e) {
      return ErrorBody.JSON.of(e.status(), String.valueOf(e.getMessage()));
    } catch (DeployException e) {
      LoggerFactory.getLogger(ChangePages.class).warn("a change is refused: {}", e.getMessage());
      return ErrorBody.JSON.of(422, String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) { // removed or closed in between
      return ErrorBody.JSON.of(409, e.getMessage() + "; look, and try again");
    }
  }

  private Deployments changes() {
    Supplier<? extends Deployments> known = deployments;
    if (known == null) {
      throw new IllegalStateException("nothing is changed here");
    }
    return known.get();
  }

  private Answer put(Deployments.Wanted wanted) {
    Deployments.Change change = changes().put(wanted);
    int status = change == Deployments.Change.DEPLOYED ? 201 : 200;
    return shown(status, wanted.name(), change);
  }

  private Answer removed(String name) {
    changes().remove(name);
    return Answer.json(200, "{\"name\":\"" + name + "\",\"change\":\"removed\"}\n");
  }

  private Answer rolledBack(String name) {
    changes().rollback(name);
    return shown(200, name, null);
  }

  private Answer shown(String name) {
    return fresh(shown(200, name, null));
  }

  private Answer shown(int status, String name, Deployments.@Nullable Change change) {
    String json =
        hearth.function(name).map(found -> FunctionsJson.of(hearth, found, change)).orElse("");
    return json.isEmpty()
        ? ErrorBody.JSON.of(404, "function '" + name + "' is not deployed; see /functions")
        : Answer.json(status, json);
  }

  private static Answer fresh(Answer answer) {
    return answer.header("Cache-Control", "no-store");
  }

  private static Answer notAllowed(String method, String allowed) {
    return ErrorBody.JSON
        .of(405, "method " + method + " is not allowed; use one of " + allowed)
        .header("Allow", allowed);
  }
}
