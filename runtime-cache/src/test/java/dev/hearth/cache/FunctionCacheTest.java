package dev.hearth.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cache.FunctionCache.Found;
import dev.hearth.cache.FunctionCache.State;
import dev.hearth.function.Request;
import dev.hearth.invoke.MemoryExchange;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class FunctionCacheTest {

  private static final byte[] NOTHING = {};

  private long nanos = 1;
  private final ResultCache all = new ResultCache(ResultCache.HOST_BYTES, () -> nanos);

  private static CacheSpec.Builder spec() {
    return CacheSpec.builder().ttl(Duration.ofSeconds(10));
  }

  private FunctionCache cache(CacheSpec.Builder spec) {
    return all.of("f", spec.build(), "1");
  }

  private static Request get(String target, String... headers) {
    return request("GET", target, NOTHING, headers);
  }

  private static Request request(String method, String target, byte[] body, String... headers) {
    int mark = target.indexOf('?');
    Map<String, List<String>> lines = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      lines.computeIfAbsent(headers[i], name -> new ArrayList<>()).add(headers[i + 1]);
    }
    return new MemoryExchange(
            method,
            mark < 0 ? target : target.substring(0, mark),
            mark < 0 ? "" : target.substring(mark + 1),
            lines,
            new ByteArrayInputStream(body),
            body.length)
        .request();
  }

  private static CachedAnswer answer(String text, String... headers) {
    return new CachedAnswer(200, List.of(headers), text.getBytes(UTF_8));
  }

  private static @Nullable String text(@Nullable Found found) {
    return found == null ? null : new String(found.answer().body(), UTF_8);
  }

  private static void put(FunctionCache cache, Request request, CachedAnswer answer) {
    CacheKey key = cache.key(request, NOTHING);
    Flight flight = cache.renew(key);
    assertThat(flight).isNotNull();
    flight.answered(request.headers(), answer);
  }

  private static @Nullable Found find(FunctionCache cache, Request request) {
    return cache.find(cache.key(request, NOTHING), request.headers());
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Test
  void answer_isFreshThenStaleThenForErrorsThenGone() {
    FunctionCache cache =
        cache(
            spec()
                .staleWhileRevalidate(Duration.ofSeconds(5))
                .staleIfError(Duration.ofSeconds(20))
                .refreshAhead(Duration.ofSeconds(2)));
    put(cache, get("/a"), answer("x"));

    assertThat(find(cache, get("/a")).state()).isEqualTo(State.FRESH);
    pass(Duration.ofSeconds(8));
    assertThat(find(cache, get("/a")).state()).isEqualTo(State.AGING);
    assertThat(find(cache, get("/a")).ageSeconds()).isEqualTo(8);
    pass(Duration.ofSeconds(2));
    assertThat(find(cache, get("/a")).state()).isEqualTo(State.STALE);
    pass(Duration.ofSeconds(5));
    assertThat(find(cache, get("/a")).state()).isEqualTo(State.IF_ERROR);
    pass(Duration.ofSeconds(15));
    assertThat(find(cache, get("/a"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no-store", "private", "no-cache", "max-age=0", "max-age=nonsense", "s-maxage=0"})
  void cacheControl_ofTheFunction_isRespected(String said) {
    FunctionCache cache = cache(spec());

    put(cache, get("/a"), answer("x", "Cache-Control", said));

    assertThat(find(cache, get("/a"))).isNull();
  }

  @Test
  void cacheControl_maxAge_goesBeforeTheSpec() {
    FunctionCache cache = cache(spec());
    put(cache, get("/a"), answer("x", "Cache-Control", "max-age=100"));
    pass(Duration.ofSeconds(90));

    assertThat(find(cache, get("/a")).state()).isEqualTo(State.FRESH);
  }

  @ParameterizedTest
  @CsvSource({"404,0", "500,0", "302,0", "206,0", "204,1", "200,1"})
  void status_thatIsNotAnswered_isKeptOnlyWhereTheSpecSays(int status, int kept) {
    FunctionCache cache = cache(spec());
    put(cache, get("/a"), new CachedAnswer(status, List.of(), NOTHING));

    assertThat(find(cache, get("/a")) == null ? 0 : 1).isEqualTo(kept);
  }

  @Test
  void negativeTtl_keepsWhatIsNotThere() {
    FunctionCache cache = cache(spec().negativeTtl(Duration.ofSeconds(1)));
    put(cache, get("/a"), new CachedAnswer(404, List.of(), NOTHING));

    assertThat(find(cache, get("/a")).answer().status()).isEqualTo(404);
    pass(Duration.ofSeconds(1));
    assertThat(find(cache, get("/a"))).isNull();
  }

  @Test
  void vary_keepsVariantsApart() {
    FunctionCache cache = cache(spec());
    put(cache, get("/a", "Accept-Language", "de"), answer("Hallo", "Vary", "Accept-Language"));
    put(cache, get("/a", "Accept-Language", "en"), answer("Hello", "Vary", "accept-language"));

    assertThat(text(find(cache, get("/a", "Accept-Language", "de")))).isEqualTo("Hallo");
    assertThat(text(find(cache, get("/a", "Accept-Language", "en")))).isEqualTo("Hello");
    assertThat(find(cache, get("/a"))).isNull();
  }

  @Test
  void vary_byEverything_isNotKept() {
    FunctionCache cache = cache(spec());
    put(cache, get("/a"), answer("x", "Vary", "*"));

    assertThat(find(cache, get("/a"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "Cookie", "X-Api-Key", "X-Goog-Iap-Jwt-Assertion"})
  void identity_isPartOfTheKey(String header) {
    FunctionCache cache = cache(spec());
    put(cache, get("/a", header, "me"), answer("mine"));

    assertThat(find(cache, get("/a"))).isNull();
    assertThat(find(cache, get("/a", header, "you"))).isNull();
    assertThat(text(find(cache, get("/a", header, "me")))).isEqualTo("mine");
  }

  @Test
  void setCookie_isNotKept() {
    FunctionCache cache = cache(spec());
    put(cache, get("/a"), answer("x", "Set-Cookie", "a=b"));

    assertThat(find(cache, get("/a"))).isNull();
  }

  @Test
  void etag_isMadeWhereTheFunctionGivesNone() {
    FunctionCache cache = cache(spec());
    put(cache, get("/a"), answer("x"));
    put(cache, get("/b"), answer("x", "ETag", "\"own\""));

    assertThat(find(cache, get("/a")).answer().first("etag")).matches("\"[0-9a-f]{24}\"");
    assertThat(find(cache, get("/b")).answer().first("etag")).isEqualTo("\"own\"");
  }

  @ParameterizedTest
  @CsvSource({
    "path, /a?x=1, /a?x=2, true",
    "path, /a, /b, false",
    "query.x, /a?x=1&y=2, /b?y=3&x=1, true",
    "query.x, /a?x=1, /a?x=1&x=2, false",
    "query.x, /a, /a?x=, false",
    "query.x, /a?xx=1, /a, true",
    "query, /a?x=1, /a?x=2, false",
  })
  void key_parts_tellRequestsApart(String part, String one, String other, boolean same) {
    FunctionCache cache = cache(spec().key(part));

    assertThat(cache.key(get(one), NOTHING).equals(cache.key(get(other), NOTHING))).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json:/id | {\"id\":1,\"t\":2} | {\"t\":3, \"id\":1} | true",
        "json:/id | {\"id\":1} | {\"id\":2} | false",
        "json:/a/1/b | {\"a\":[0,{\"b\":\"x\"}]} | {\"c\":{},\"a\":[[],{\"d\":\"}\",\"b\":\"x\"}]} | true",
        "json:/id | {\"id\":1} | not json | false",
        "json:/id | {\"id\":1,\"id\":2} | {\"id\":1} | false",
        "json:/id | {\"id\":1,\"id\":2} | {\"id\":2} | false",
        "json:/id | {\"id\":1} | {\"id\":1,\"i\\u0064\":2} | false",
        "json:/id | {\"id\":1} | {\"id\":1}x | false",
        "json:/id | no json | not json | false",
        "json:/a/id | {\"b\":{\"id\":1,\"id\":2},\"a\":{\"id\":3}} | {\"a\":{\"id\":3}} | true",
        "json:/a~1b | {\"a/b\":1} | {\"a\\u002fb\":1} | true",
        "body | {\"id\":1} | {\"id\": 1} | false",
      })
  void key_ofABody(String part, String one, String other, boolean same) {
    FunctionCache cache = cache(spec().key("path", part).methods("POST"));
    Request request = request("POST", "/a", NOTHING);

    assertThat(
            cache
                .key(request, one.getBytes(UTF_8))
                .equals(cache.key(request, other.getBytes(UTF_8))))
        .isEqualTo(same);
  }

  @Test
  void version_thatIsNew_findsNothingOfTheOldOne_norIsItsAnswerKept() {
    CacheSpec spec = spec().build();
    FunctionCache cache = all.of("f", spec, "1");
    put(cache, get("/a"), answer("old"));
    Flight late = cache.renew(cache.key(get("/late"), NOTHING));

    all.of("f", spec, "2");
    late.answered(get("/late").headers(), answer("old"));

    assertThat(find(cache, get("/a"))).isNull();
    assertThat(find(cache, get("/late"))).isNull();
  }

  @Test
  void flight_isSharedByEqualRequests_untilItLands() {
    FunctionCache cache = cache(spec());
    CacheKey key = cache.key(get("/a"), NOTHING);
    List<String> told = new ArrayList<>();
    Flight mine = cache.board(key, passenger("first", told));
    assertThat(cache.board(key, passenger("second", told))).isNull();
    assertThat(cache.board(key, passenger("third", told))).isNull();

    mine.answered(get("/a").headers(), answer("x"));

    assertThat(told).containsExactly("first x", "second x shared", "third x shared");
    assertThat(cache.board(key, passenger("later", told))).isNotNull();
    assertThat(cache.collapsed()).isEqualTo(2);
  }

  @Test
  void flight_thatFails_isNotShared_unlessAsked() {
    for (boolean shared : new boolean[] {false, true}) {
      FunctionCache cache = all.of("f" + shared, spec().sharesErrors(shared).build(), "1");
      CacheKey key = cache.key(get("/a"), NOTHING);
      List<String> told = new ArrayList<>();
      Flight mine = cache.board(key, passenger("first", told));
      cache.board(key, passenger("second", told));

      mine.failed(answer("error"));

      assertThat(told)
          .containsExactly("first error", shared ? "second error shared" : "second alone");
    }
  }

  @Test
  void flight_ofAPrivateAnswer_isNotShared() {
    FunctionCache cache = cache(spec());
    CacheKey key = cache.key(get("/a"), NOTHING);
    List<String> told = new ArrayList<>();
    Flight mine = cache.board(key, passenger("first", told));
    cache.board(key, passenger("second", told));

    mine.answered(get("/a").headers(), answer("mine", "Cache-Control", "private"));

    assertThat(told).containsExactly("first mine", "second alone");
  }

  private static Flight.Passenger passenger(String name, List<String> told) {
    return new Flight.Passenger() {
      @Override
      public void answered(CachedAnswer answer, boolean shared) {
        told.add(name + " " + new String(answer.body(), UTF_8) + (shared ? " shared" : ""));
      }

      @Override
      public void alone() {
        told.add(name + " alone");
      }
    };
  }

  @Test
  void O09_distinctKeysWithoutEnd_stayWithinTheBudget() {
    FunctionCache cache = cache(spec().maxBytes(1 << 20));
    CachedAnswer big = new CachedAnswer(200, List.of(), new byte[10_000]);
    for (int i = 0; i < 5_000; i++) {
      put(cache, get("/" + i), big);
    }

    assertThat(cache.weightBytes()).isBetween(1L << 19, 1L << 20);
    assertThat(cache.evictions()).isGreaterThan(4_000);
  }

  @Test
  void budgetOfTheHost_isShared() {
    ResultCache small = new ResultCache(1 << 20, () -> nanos);
    FunctionCache one = small.of("one", spec().maxBytes(1 << 20).build(), "1");
    FunctionCache two = small.of("two", spec().maxBytes(1 << 20).build(), "1");
    CachedAnswer big = new CachedAnswer(200, List.of(), new byte[10_000]);
    for (int i = 0; i < 500; i++) {
      put(one, get("/" + i), big);
      put(two, get("/" + i), big);
    }

    assertThat(one.weightBytes() + two.weightBytes()).isLessThanOrEqualTo(1 << 20);
  }

  /** Against a model that keeps everything and forgets by the rules alone; no entry is given up for want of room. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomUse_agreesWithTheModel(long seed) {
    Random random = new Random(seed);
    CacheSpec spec =
        spec()
            .staleWhileRevalidate(Duration.ofSeconds(5))
            .staleIfError(Duration.ofSeconds(15))
            .build();
    Map<String, long[]> model = new HashMap<>(); // path to {value, made}
    int version = 1;
    for (int step = 0; step < 5_000; step++) {
      FunctionCache cache = all.of("f", spec, Integer.toString(version));
      String path = "/" + random.nextInt(20);
      switch (random.nextInt(20)) {
        case 0 -> {
          cache.purge();
          model.clear();
        }
        case 1 -> {
          version++;
          model.clear();
        }
        case 2, 3, 4, 5, 6 -> {
          put(cache, get(path), answer(Integer.toString(step)));
          model.put(path, new long[] {step, nanos});
        }
        case 7, 8, 9 -> pass(Duration.ofMillis(random.nextInt(5_000)));
        default -> {
          Found found = find(cache, get(path));
          long[] expected = model.get(path);
          long age = expected == null ? Long.MAX_VALUE : nanos - expected[1];
          assertThat(found == null ? null : found.state())
              .as("seed %s, step %s", seed, step)
              .isEqualTo(state(age));
          if (found != null) {
            assertThat(text(found)).isEqualTo(Long.toString(expected[0]));
          }
        }
      }
    }
  }

  private static @Nullable State state(long age) {
    if (age < Duration.ofSeconds(10).toNanos()) {
      return State.FRESH;
    }
    if (age < Duration.ofSeconds(15).toNanos()) {
      return State.STALE;
    }
    return age < Duration.ofSeconds(25).toNanos() ? State.IF_ERROR : null;
  }
}
