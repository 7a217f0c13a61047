package dev.hearth.benchmarks;

import dev.hearth.cache.CacheKey;
import dev.hearth.cache.CacheSpec;
import dev.hearth.cache.CachedAnswer;
import dev.hearth.cache.Flight;
import dev.hearth.cache.FunctionCache;
import dev.hearth.cache.ResultCache;
import dev.hearth.function.Request;
import dev.hearth.invoke.MemoryExchange;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to find a kept answer, from the request on?
 *
 * <pre>benchmarks/jmh CacheBenchmark -prof gc</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CacheBenchmark {

  private static final byte[] NOTHING = {};

  private final ResultCache all = new ResultCache(ResultCache.HOST_BYTES);
  private final CacheSpec spec = CacheSpec.builder().ttl(Duration.ofHours(1)).build();
  private final CacheSpec shared =
      CacheSpec.builder().ttl(Duration.ofHours(1)).key("path").identity().build();

  private final Request request =
      new MemoryExchange(
              "GET",
              "/rates/today",
              "currency=EUR&day=1",
              Map.of("Host", List.of("a.example"), "Accept", List.of("*/*")),
              new ByteArrayInputStream(NOTHING),
              0)
          .request();

  /** Keeps one answer in each. */
  @Setup
  public void keep() {
    for (CacheSpec each : new CacheSpec[] {spec, shared}) {
      FunctionCache cache = all.of(name(each), each, "1");
      CacheKey key = cache.key(request, NOTHING);
      Flight flight = Objects.requireNonNull(cache.renew(key));
      flight.answered(
          request.headers(),
          new CachedAnswer(200, List.of(), "1.0876".getBytes(StandardCharsets.UTF_8)));
    }
  }

  private String name(CacheSpec of) {
    return of == spec ? "rates" : "shared";
  }

  private FunctionCache.@Nullable Found find(CacheSpec by) {
    FunctionCache cache = all.of(name(by), by, "1");
    return cache.find(cache.key(request, NOTHING), request.headers());
  }

  /** By path, query and the twelve headers that may say who asks. */
  @Benchmark
  public @Nullable Object hit() {
    return find(spec);
  }

  /** By path alone, of answers that are everybody's. */
  @Benchmark
  public @Nullable Object hitOfEverybody() {
    return find(shared);
  }
}
