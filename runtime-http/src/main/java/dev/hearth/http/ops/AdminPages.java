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

  private final Hearth hearth;
  private final String boundHost;
  private final Supplier<@Nullable String> notReady;

  AdminPages(Hearth hearth, String boundHost, Supplier<@Nullable String> notReady) {
    this.hearth = hearth;
    this.boundHost = boundHost;
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

  @Override
  public void handle(HttpExchange exchange) {
    exchange.answer(answer(exchange.request()));
  }

  private Answer answer(Request request) {
    if (!isOwnHost(request.headers().first("host").orElse(""))) {
      return ErrorBody.JSON.of(
          403, "Host is not this machine's; use its address, localhost or " + boundHost);
    }
    String path = request.path();
    boolean known = path.equals("/healthz") || path.equals("/readyz") || path.equals("/functions");
    if (!known) {
      return ErrorBody.JSON.of(
          404, "no page " + path + "; there are /healthz, /readyz, /functions");
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
    if (path.equals("/functions")) {
      return Answer.json(200, FunctionsJson.of(hearth));
    }
    String reason = notReady.get();
    return reason == null ? Answer.text(200, "ready\n") : Answer.text(503, reason + "\n");
  }

  /**
   * Whether a browser that sent this was meant to. A page of somebody else's can have its own name point here, but
   * then that name is what the browser sends.
   */
  private boolean isOwnHost(String host) {
    String name = withoutPort(host);
    return name.equalsIgnoreCase("localhost")
        || name.equalsIgnoreCase(boundHost)
        || name.startsWith("[")
        || isIpv4(name);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }

  private static boolean isIpv4(String name) {
    int dots = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return dots == 3;
  }
}
