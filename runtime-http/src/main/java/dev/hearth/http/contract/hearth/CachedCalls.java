package dev.hearth.http.contract.hearth;

import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.cache.CacheKey;
import dev.hearth.cache.CacheSpec;
import dev.hearth.cache.CachedAnswer;
import dev.hearth.cache.Flight;
import dev.hearth.cache.FunctionCache;
import dev.hearth.cache.ResultCache;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.invoke.Limits;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls of functions whose answers are kept: found ones are given without calling, equal requests at the same time wait for one call. Loaded
 * for the first request to such a function.
 */
final class CachedCalls {

  private static final String STATUS = "Cache-Status"; // RFC 9211
  private static final int BODY_BYTES = 16 << 20; // of a request that waits, body and all
  private static final byte[] NOTHING = {};

  /** What frames a message is the server's. */
  private static final Set<String> FRAMING =
      Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te");

  /** What an answer without a body carries that says that the client's is still good (RFC 9110, section 15.4.5). */
  private static final Set<String> OF_NOT_MODIFIED =
      Set.of("cache-control", "content-location", "date", "etag", "expires", "vary");

  private final ResultCache cache;
  private final OutcomeMapper outcomes;

  CachedCalls(Hearth hearth, OutcomeMapper outcomes) {
    this.cache = hearth.provider(ResultCache.class, () -> new ResultCache(ResultCache.HOST_BYTES));
    this.outcomes = outcomes;
  }

  /** Whether requests like this one are answered with what is kept. */
  boolean takes(FunctionHandle function, Request request) {
    return function.caching() instanceof CacheSpec spec && spec.takes(request.method());
  }

  /** Answers a request, calling the function if need be. */
  void handle(HttpExchange exchange, FunctionHandle function, CallDetails details) {
    if (!(function.caching() instanceof CacheSpec spec)) {
      throw new IllegalStateException(function.name()); // a swap just now: as one that is gone
    }
    FunctionCache answers = cache.of(function.name(), spec, function.version());
    Request request = exchange.request();
    CacheKey early = spec.needsBody() ? null : answers.key(request, NOTHING);
    FunctionCache.Found found = early == null ? null : answers.find(early, request.headers());
    if (found != null && found.state() == FunctionCache.State.FRESH) {
      exchange.answer(hit(request, found));
      return;
    }
    long most = Math.min(function.bodyBytes(), BODY_BYTES);
    exchange.collect(
        (int) (most == Limits.NONE ? BODY_BYTES : most),
        body -> {
          CacheKey key = early == null ? answers.key(request, body) : early;
          FunctionCache.Found known = early == null ? answers.find(key, request.headers()) : found;
          CacheRun run = new CacheRun(function, details, request, body, outcomes);
          answer(exchange, answers, key, known, run);
        });
  }

  private static void answer(
      HttpExchange exchange,
      FunctionCache answers,
      CacheKey key,
      FunctionCache.@Nullable Found found,
      CacheRun run) {
    if (found != null && found.state() != FunctionCache.State.IF_ERROR) {
      exchange.answer(hit(exchange.request(), found));
      if (found.state() != FunctionCache.State.FRESH) {
        Flight renewing = answers.renew(key);
        if (renewing != null) {
          run.start(renewing);
        }
      }
      return;
    }
    Flight mine = answers.board(key, new Waiting(exchange, found, run));
    if (mine != null) {
      run.start(mine);
    }
  }

  /** One request that waits for a call, its own or that of an equal one. */
  private record Waiting(HttpExchange exchange, FunctionCache.@Nullable Found ifError, CacheRun run)
      implements Flight.Passenger {

    @Override
    public void answered(CachedAnswer answer, boolean shared) {
      if (answer.status() >= 500 && ifError != null) {
        exchange.answer(hit(exchange.request(), ifError));
        return;
      }
      exchange.answer(
          answer(exchange.request(), answer)
              .header(STATUS, shared ? "Hearth; fwd=miss; collapsed" : "Hearth; fwd=miss"));
    }

    @Override
    public void alone() {
      if (ifError != null) {
        exchange.answer(hit(exchange.request(), ifError));
      } else {
        run.again().start(this);
      }
    }
  }

  private static Answer hit(Request request, FunctionCache.Found found) {
    String how = found.state() == FunctionCache.State.FRESH ? "Hearth; hit" : "Hearth; hit; stale";
    if (found.state() == FunctionCache.State.AGING) {
      how = "Hearth; hit";
    }
    return answer(request, found.answer())
        .header("Age", Long.toString(found.ageSeconds()))
        .header(STATUS, how);
  }

  /** The answer, or that the client's own is still good. */
  private static Answer answer(Request request, CachedAnswer kept) {
    String tag = kept.first("etag");
    boolean same =
        tag != null && kept.status() == 200 && isAmong(tag, request.headers().all("if-none-match"));
    Answer answer = same ? Answer.empty(304) : Answer.bytes(kept.status(), kept.body());
    List<String> lines = kept.headers();
    for (int i = 0; i < lines.size(); i += 2) {
      String name = lines.get(i).toLowerCase(Locale.ROOT);
      if (!FRAMING.contains(name) && (!same || OF_NOT_MODIFIED.contains(name))) {
        answer = answer.header(lines.get(i), lines.get(i + 1));
      }
    }
    return answer;
  }

  /** Compares weakly, as {@code If-None-Match} asks (RFC 9110, section 13.1.2). */
  private static boolean isAmong(String tag, List<String> lines) {
    for (String line : lines) {
      for (String each : line.split(",")) {
        String one = each.trim();
        if (one.equals("*") || opaque(one).equals(opaque(tag))) {
          return true;
        }
      }
    }
    return false;
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
