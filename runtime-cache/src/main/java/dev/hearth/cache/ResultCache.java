package dev.hearth.cache;

import dev.hearth.instance.spi.Gauge;
import dev.hearth.instance.spi.ResourceProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The kept answers of a host's functions, and the memory that all of them may take together: where the functions' own limits add up to more,
 * each is given its share. Thread-safe.
 */
public final class ResultCache implements ResourceProvider {

  /** What all functions' answers may take by default: 64 MiB. */
  public static final long HOST_BYTES = 64L << 20;

  private final long hostBytes;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<String, FunctionCache> caches = new ConcurrentHashMap<>();

  /**
   * @param hostBytes the most all answers may take
   */
  public ResultCache(long hostBytes) {
    this(hostBytes, System::nanoTime);
  }

  ResultCache(long hostBytes, LongSupplier nanoTime) {
    this.hostBytes = hostBytes;
    this.nanoTime = nanoTime;
  }

  /**
   * The cache of one function.
   *
   * @param spec how its answers are kept now
   * @param version which of its versions answers now; what another one answered is forgotten
   */
  public FunctionCache of(String function, CacheSpec spec, String version) {
    FunctionCache known = caches.get(function);
    if (known == null || known.spec() != spec) {
      known = make(function, spec);
    }
    known.version(version);
    return known;
  }

  private synchronized FunctionCache make(String function, CacheSpec spec) {
    FunctionCache known = caches.get(function);
    if (known != null && known.spec() == spec) {
      return known;
    }
    FunctionCache made = new FunctionCache(spec, nanoTime);
    caches.put(function, made);
    share();
    return made;
  }

  private synchronized void share() {
    double all = 0;
    for (FunctionCache each : caches.values()) {
      all += each.spec().maxBytes();
    }
    for (FunctionCache each : caches.values()) {
      long own = each.spec().maxBytes();
      each.limit(all <= hostBytes ? own : (long) (own * (hostBytes / all)));
    }
  }

  @Override
  public void purge(String function) {
    FunctionCache known = caches.get(function);
    if (known != null) {
      known.purge();
    }
  }

  @Override
  public void forget(String function) {
    if (caches.remove(function) != null) {
      share();
    }
  }

  @Override
  public String kind() {
    return "result cache";
  }

  @Override
  public boolean has(String name) {
    return false;
  }

  @Override
  public <T> @Nullable T lend(Class<T> type, String name, String function) {
    throw new IllegalArgumentException("function '" + function + "': answers are not lent");
  }

  /** By the names that Micrometer gives caches. */
  @Override
  public List<Gauge> gauges() {
    Map<String, FunctionCache> now = new LinkedHashMap<>(caches);
    List<Gauge> all = new ArrayList<>();
    String gets = "Requests to functions whose answers are kept.";
    add(all, now, "cache_gets_total", gets, "hit", FunctionCache::hits);
    add(all, now, "cache_gets_total", gets, "miss", FunctionCache::misses);
    String waited = "Requests that waited for the call of an equal one.";
    add(all, now, "cache_collapsed_total", waited, "", FunctionCache::collapsed);
    String evicted = "Answers given up for others, for want of room.";
    add(all, now, "cache_evictions_total", evicted, "", FunctionCache::evictions);
    add(all, now, "cache_size", "Answers that are kept, about.", "", FunctionCache::size);
    add(all, now, "cache_weight_bytes", "What they take, about.", "", FunctionCache::weightBytes);
    return all;
  }

  private static void add(
      List<Gauge> to,
      Map<String, FunctionCache> caches,
      String name,
      String help,
      String result,
      ToDoubleFunction<FunctionCache> value) {
    boolean counter = name.endsWith("_total");
    caches.forEach(
        (function, cache) -> {
          List<String> labels =
              result.isEmpty()
                  ? List.of("cache", function)
                  : List.of("cache", function, "result", result);
          to.add(new Gauge(name, help, counter, labels, value.applyAsDouble(cache)));
        });
  }

  @Override
  public void close() {
    caches.clear();
  }
}
