package dev.hearth.http.contract.hearth;

import static java.util.Objects.requireNonNull;

import dev.hearth.FunctionHandle;
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
import dev.hearth.signature.spi.Shape;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Hearth's own contract: {@code /{function}[/rest]}, and every path when there is just one function.
 *
 * <p>A supplier is got, a consumer is posted to and answers 202, a function takes every method; one that handles request
 * and response itself is given everything. The path reaches the function as it was sent. Nothing returned is 204. Errors
 * are {@code {"error":"…"}}.
 */
public final class NativeContract implements Contract {

  private static final int LONGEST_ID = 128;
  private static final String REQUEST_ID = "X-Request-Id";

  private final Hearth hearth;
  private volatile @Nullable CachedCalls cached;
  private final OutcomeAnswers outcomes = new OutcomeAnswers(ErrorBody.JSON, new Nothing());

  public NativeContract(Hearth hearth) {
    this.hearth = requireNonNull(hearth, "hearth");
  }

  @Override
  public String name() {
    return "native";
  }

  @Override
  public Listen defaults() {
    return new Listen("127.0.0.1", 8080);
  }

  @Override
  public @Nullable String notReady() {
    return hearth.functions().isEmpty() ? "no function is deployed" : null;
  }

  @Override
  public void handle(HttpExchange exchange) {
    Request request = exchange.request();
    String id = RequestId.of(request, REQUEST_ID, LONGEST_ID);
    if (id != null) {
      exchange.answerHeader(REQUEST_ID, id);
    }
    if (hasDotSegment(request.path())) {
      exchange.answer(ErrorBody.JSON.of(400, "path has a '.' or '..' segment; send it resolved"));
      return;
    }
    try {
      call(exchange, request, id);
    } catch (IllegalStateException gone) {
      // Undeployed between being found and being asked for its shape.
      exchange.answer(notFound(request.path()));
    }
  }

  private void call(HttpExchange exchange, Request request, @Nullable String id) {
    Target target = Target.of(hearth, request.path(), request.headers());
    if (target == null) {
      exchange.answer(notFound(request.path()));
      return;
    }
    Shape shape = target.shape();
    if (shape == null) {
      exchange.answer(
          ErrorBody.JSON.of(
              400,
              "these functions do not compose: only the first may take nothing, only the last give"
                  + " nothing"));
      return;
    }
    Answer refused = refuseMethod(request.method(), shape);
    if (refused != null) {
      exchange.answer(refused);
      return;
    }
    CallDetails details = details(request, target, shape, id);
    FunctionHandle first = target.functions().get(0);
    if (first.caching() != null
        && target.functions().size() == 1
        && cached().takes(first, request)) {
      cached().handle(exchange, first, details);
      return;
    }
    exchange.dispatch(target.functions(), details, outcomes);
  }

  private CachedCalls cached() {
    CachedCalls made = cached;
    if (made == null) {
      made = new CachedCalls(hearth, outcomes); // twice is no harm: they share what is kept
      cached = made;
    }
    return made;
  }

  private Answer notFound(String path) {
    return ErrorBody.JSON.of(404, "no function at " + path + "; use /{function}");
  }

  private static @Nullable Answer refuseMethod(String method, Shape shape) {
    String allowed =
        switch (shape) {
          case SUPPLIER -> "GET, HEAD, OPTIONS";
          case CONSUMER -> "POST, PUT, PATCH, DELETE, OPTIONS";
          case FUNCTION -> "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
          case EXCHANGE -> null;
        };
    if (allowed == null) {
      return null;
    }
    if (method.equals("OPTIONS")) {
      return Answer.empty(204).header("Allow", allowed);
    }
    return isListed(method, allowed)
        ? null
        : ErrorBody.JSON
            .of(405, "method " + method + " is not allowed; use one of " + allowed)
            .header("Allow", allowed);
  }

  private static boolean isListed(String method, String allowed) {
    int at = allowed.indexOf(method);
    return at == 0 || (at > 0 && allowed.charAt(at - 1) == ' ');
  }

  private static CallDetails details(
      Request request, Target target, Shape shape, @Nullable String id) {
    CallDetails.Builder details =
        CallDetails.builder()
            .id(id)
            .basePath(target.base())
            .traceparent(request.headers().first("traceparent").orElse(null));
    boolean takesText = shape == Shape.FUNCTION || shape == Shape.CONSUMER;
    if (takesText && target.named() && target.rest().length() > 1) {
      // GET /upper/text and DELETE /forget/key: the rest of the path stands in for the body.
      details.body(PercentCode.decode(target.rest(), 1));
    }
    return details.build();
  }

  /** Whether a server and a proxy before it could see two paths in it. */
  private static boolean hasDotSegment(String path) {
    int from = 1;
    while (from <= path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      String segment = path.substring(from, to);
      if (segment.length() <= 6 && !segment.isEmpty() && isDots(segment)) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }

  private static boolean isDots(String segment) {
    String plain = segment.replace("%2e", ".").replace("%2E", ".");
    return plain.equals(".") || plain.equals("..");
  }

  /** 202 where nothing is promised, 204 where nothing is the answer; also for a deletion. */
  private static final class Nothing implements OutcomeAnswers.StatusOfNothing {
    @Override
    public int of(Shape shape, String method) {
      return shape == Shape.CONSUMER && !method.equals("DELETE") ? 202 : 204;
    }
  }

  /** Percent-encoding (RFC 3986, section 2.1). */
  private static final class PercentCode {

    private PercentCode() {}

    /** The bytes that a part of a path stands for; a percent sign that encodes nothing stands for itself. */
    static byte[] decode(String path, int from) {
      byte[] raw = path.substring(from).getBytes(StandardCharsets.ISO_8859_1);
      byte[] out = new byte[raw.length];
      int length = 0;
      for (int i = 0; i < raw.length; i++) {
        int value = raw[i] == '%' ? pair(raw, i + 1) : -1;
        out[length++] = value < 0 ? raw[i] : (byte) value;
        i += value < 0 ? 0 : 2;
      }
      return java.util.Arrays.copyOf(out, length);
    }

    private static int pair(byte[] raw, int at) {
      if (at + 1 >= raw.length) {
        return -1;
      }
      int high = Character.digit(raw[at], 16);
      int low = Character.digit(raw[at + 1], 16);
      return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
  }
}
