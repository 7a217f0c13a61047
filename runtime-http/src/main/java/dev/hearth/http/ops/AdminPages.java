package dev.hearth.http.ops;

import dev.hearth.Hearth;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ErrorBody;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.Listen;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pages of the admin port; none of them calls a function. */
final class AdminPages implements Contract {

  private static final String FUNCTION = "/functions/";

  private final Hearth hearth;
  private final CallerCheck callers;
  private final AdminAccess access;
  private final Supplier<@Nullable String> notReady;
  private @Nullable ChangePages changes; // the event loop's, of which there is one

  AdminPages(
      Hearth hearth, String boundHost, Supplier<@Nullable String> notReady, AdminAccess access) {
    this.hearth = hearth;
    this.callers = new CallerCheck(boundHost, access.token());
    this.access = access;
    this.notReady = notReady;
  }

  @Override
  public String name() {
    return "admin";
  }

  @Override
  public Listen defaults() {
    return new Listen("127.0.0.1", 0);
  }

  /** The most a request's body may have. */
  long bodyBytes() {
    return Math.max(1 << 20, access.uploadBytes());
  }

  @Override
  public void handle(HttpExchange exchange) {
    Request request = exchange.request();
    Answer refused = callers.refuse(request);
    if (refused != null) {
      exchange.answer(refused);
      return;
    }
    String path = request.path();
    if (path.startsWith(FUNCTION) || path.equals("/routes")) {
      changes().handle(exchange);
    } else {
      exchange.answer(answer(request));
    }
  }

  private ChangePages changes() {
    ChangePages made = changes;
    if (made == null) {
      made = new ChangePages(hearth, access);
      changes = made;
    }
    return made;
  }

  private Answer answer(Request request) {
    String path = request.path();
    boolean known =
        path.equals("/healthz")
            || path.equals("/readyz")
            || path.equals("/metrics")
            || path.equals("/functions");
    if (!known) {
      return ErrorBody.JSON.of(
          404,
          "no page "
              + path
              + "; there are /healthz, /readyz, /metrics, /functions, /functions/{name}, /routes");
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return ErrorBody.JSON
          .of(405, "method " + request.method() + " is not allowed; use GET")
          .header("Allow", "GET, HEAD");
    }
    return page(path).header("Cache-Control", "no-store");
  }

  private Answer page(String path) {
    if (path.equals("/healthz")) {
      return Answer.text(200, "ok\n");
    }
    if (path.equals("/metrics")) {
      return MetricsPage.of(hearth);
    }
    if (path.equals("/functions")) {
      return Answer.json(200, FunctionsJson.of(hearth));
    }
    String reason = notReady.get();
    if (reason == null) {
      reason = hearth.unready();
    }
    return reason == null ? Answer.text(200, "ready\n") : Answer.text(503, reason + "\n");
  }
}
