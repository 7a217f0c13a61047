package dev.hearth.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.InputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The kept answers of one function, and the runs that others wait for. Thread-safe.
 *
 * <p>Each version of the function, and each purge, begins a generation of its own: what belongs to an older one is never found again.
 */
public final class FunctionCache {

  /** What was found under a key. */
  public enum State {
    /** As good as new. */
    FRESH,
    /** As good as new, but it will not be for long: whoever finds it may have it made anew. */
    AGING,
    /** To be given while it is made anew. */
    STALE,
    /** To be given only if making it anew fails. */
    IF_ERROR
  }

  /**
   * An answer that was kept.
   *
   * @param ageSeconds since it was made
   */
  public record Found(CachedAnswer answer, State state, long ageSeconds) {}

  private static final long SECOND = 1_000_000_000;
  private static final int ETAG_BYTES = 12;

  private final CacheSpec spec;
  private final LongSupplier nanoTime;
  private final Cache<CacheKey, Entry> entries;
  private final ConcurrentMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder collapsed = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private volatile String version = "";
  private volatile long generation;

  FunctionCache(CacheSpec spec, LongSupplier nanoTime) {
    this.spec = spec;
    this.nanoTime = nanoTime;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(spec.maxBytes())
            .weigher((CacheKey key, Entry entry) -> key.weight() + entry.weight())
            .expireAfter(new AsLongAsKept())
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run) // no thread of the JDK's that could keep a function's loader
            .evictionListener((key, entry, cause) -> evicted(cause))
            .build();
  }

  private void evicted(RemovalCause cause) {
    if (cause == RemovalCause.SIZE) {
      evictions.increment();
    }
  }

  private static final class AsLongAsKept implements Expiry<CacheKey, Entry> {
    @Override
    public long expireAfterCreate(CacheKey key, Entry entry, long now) {
      return entry.kept();
    }

    @Override
    public long expireAfterUpdate(CacheKey key, Entry entry, long now, long left) {
      return entry.kept();
    }

    @Override
    public long expireAfterRead(CacheKey key, Entry entry, long now, long left) {
      return left;
    }
  }

  /** How answers are kept. */
  public CacheSpec spec() {
    return spec;
  }

  /** Says which version answers now; what another one answered is forgotten. */
  void version(String now) {
    if (!now.equals(version)) {
      synchronized (this) {
        if (!now.equals(version)) {
          purge();
          version = now;
        }
      }
    }
  }

  /** Forgets all answers. Runs that go on are no longer shared with those who come, and their answers not kept. */
  public synchronized void purge() {
    generation++;
    entries.invalidateAll();
    flights.clear();
  }

  void limit(long bytes) {
    entries.policy().eviction().ifPresent(eviction -> eviction.setMaximum(bytes));
  }

  /**
   * What an answer to this request is kept under.
   *
   * @param body of the request; looked at only if the key asks for it
   */
  public CacheKey key(Request request, byte[] body) {
    CacheKey.Builder key = new CacheKey.Builder();
    key.add(request.method().equals("HEAD") ? "GET" : request.method());
    for (KeyPart part : spec.key()) {
      switch (part.kind()) {
        case PATH -> key.add(request.path());
        case QUERY -> key.add(request.query());
        case PARAMETER -> parameter(key, request.query(), part.name());
        case HEADER -> lines(key, request.headers(), part.name());
        case BODY -> key.add(body);
        case JSON -> json(key, body, part.name());
      }
    }
    identity(key, request.headers());
    return key.build(generation);
  }

  /** Of a body that parsers read differently, or not at all, the whole counts: what the function sees in it is not known. */
  private static void json(CacheKey.Builder key, byte[] body, String pointer) {
    try {
      key.add(JsonPointer.text(body, pointer));
    } catch (InputException e) {
      key.add("\"").add(body); // one quote is the text of no value
    }
  }

  /** Mostly none of them is there, which adds nothing; each that is has its number before it. */
  private void identity(CacheKey.Builder key, Headers headers) {
    List<String> names = spec.identity();
    for (int i = 0; i < names.size(); i++) {
      if (headers.first(names.get(i)).isPresent()) {
        key.add(Integer.toString(i));
        lines(key, headers, names.get(i));
      }
    }
  }

  private static void lines(CacheKey.Builder key, Headers headers, String name) {
    List<String> all = headers.all(name);
    key.add(Integer.toString(all.size()));
    for (String line : all) {
      key.add(line);
    }
  }

  /** Every value of a parameter, as it was sent. */
  private static void parameter(CacheKey.Builder key, String query, String name) {
    int from = 0;
    while (from <= query.length()) {
      int ampersand = query.indexOf('&', from);
      int to = ampersand < 0 ? query.length() : ampersand;
      int equals = query.indexOf('=', from);
      int end = equals < 0 || equals > to ? to : equals;
      if (query.regionMatches(from, name, 0, name.length()) && end - from == name.length()) {
        key.add(end == to ? "" : query.substring(end + 1, to));
      }
      from = to + 1;
    }
    key.add((String) null); // where they end
  }

  /** What is kept under a key for a request with these headers; null if nothing is that could be given. */
  public @Nullable Found find(CacheKey key, Headers request) {
    Entry entry = entries.getIfPresent(key);
    if (entry instanceof Entry.Varies varies) {
      entry = entries.getIfPresent(with(key, varies.names(), request));
    }
    Found found = entry instanceof Entry.Kept kept ? found(kept) : null;
    if (found == null || found.state() == State.IF_ERROR) {
      misses.increment();
    } else {
      hits.increment();
    }
    return found;
  }

  private @Nullable Found found(Entry.Kept kept) {
    long age = nanoTime.getAsLong() - kept.madeNanos();
    Lifetime lifetime = kept.lifetime();
    long seconds = Math.max(0, age) / SECOND;
    if (age < lifetime.fresh()) {
      boolean aging = age >= lifetime.fresh() - spec.refreshAhead().toNanos();
      return new Found(kept.answer(), aging ? State.AGING : State.FRESH, seconds);
    }
    if (age < lifetime.fresh() + lifetime.whileRevalidate()) {
      return new Found(kept.answer(), State.STALE, seconds);
    }
    return age < lifetime.fresh() + lifetime.ifError()
        ? new Found(kept.answer(), State.IF_ERROR, seconds)
        : null;
  }

  private static CacheKey with(CacheKey key, List<String> names, Headers request) {
    CacheKey.Builder more = new CacheKey.Builder();
    more.add(key.toString());
    for (String name : names) {
      lines(more, request, name);
    }
    return more.build(key.generation());
  }

  /**
   * Waits for the run that answers this key, if there is one.
   *
   * @return the run to be begun by the caller, who is its first passenger; null if another one has begun it
   */
  public @Nullable Flight board(CacheKey key, Flight.Passenger passenger) {
    while (true) {
      Flight mine = new Flight(this, key, spec.sharesErrors());
      mine.join(passenger);
      Flight others = flights.putIfAbsent(key, mine);
      if (others == null) {
        return mine;
      }
      if (others.join(passenger)) {
        collapsed.increment();
        return null;
      }
      flights.remove(key, others); // it has just landed
    }
  }

  /** Begins a run that nobody waits for, to make a kept answer anew; null if one is going on already. */
  public @Nullable Flight renew(CacheKey key) {
    Flight mine = new Flight(this, key, spec.sharesErrors());
    return flights.putIfAbsent(key, mine) == null ? mine : null;
  }

  void land(Flight flight) {
    flights.remove(flight.key(), flight);
  }

  /**
   * Keeps an answer if it may be kept.
   *
   * @return what others may be given as well; null if it is for the one who asked alone
   */
  @Nullable CachedAnswer keep(CacheKey key, Headers request, CachedAnswer answer) {
    if (!Lifetime.isShareable(spec, request, answer)) {
      return null;
    }
    List<String> vary = Lifetime.vary(answer);
    Lifetime lifetime = Lifetime.of(spec, request, answer);
    if (vary == null || !vary.isEmpty()) {
      if (vary != null && lifetime != null && key.generation() == generation) {
        CachedAnswer tagged = tagged(answer);
        entries.put(key, new Entry.Varies(vary, lifetime.kept()));
        entries.put(
            with(key, vary, request), new Entry.Kept(tagged, lifetime, nanoTime.getAsLong()));
      }
      return null; // the others may have asked for another variant: they look again
    }
    if (lifetime == null) {
      return answer;
    }
    CachedAnswer tagged = tagged(answer);
    if (key.generation() == generation) {
      entries.put(key, new Entry.Kept(tagged, lifetime, nanoTime.getAsLong()));
    }
    return tagged;
  }

  /** With an entity tag, so that clients can ask whether theirs is still good. */
  private static CachedAnswer tagged(CachedAnswer answer) {
    if (answer.status() != 200 || answer.first("etag") != null) {
      return answer;
    }
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      String type = answer.first("content-type");
      sha.update((type == null ? "" : type).getBytes(StandardCharsets.UTF_8));
      byte[] digest = sha.digest(answer.body());
      return answer.with("ETag", '"' + HexFormat.of().formatHex(digest, 0, ETAG_BYTES) + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Requests that were answered with what was kept. */
  public long hits() {
    return hits.sum();
  }

  /** Requests for which nothing was kept that could be given. */
  public long misses() {
    return misses.sum();
  }

  /** Requests that waited for the run of another one. */
  public long collapsed() {
    return collapsed.sum();
  }

  /** Answers that were given up for others, for want of room. */
  public long evictions() {
    return evictions.sum();
  }

  /** How many answers are kept, about. */
  public long size() {
    return entries.estimatedSize();
  }

  /** What they take, about; in bytes. */
  public long weightBytes() {
    entries.cleanUp();
    List<Long> weight = new ArrayList<>(1);
    entries.policy().eviction().ifPresent(all -> weight.add(all.weightedSize().orElse(0)));
    return weight.isEmpty() ? 0 : weight.get(0);
  }
}
