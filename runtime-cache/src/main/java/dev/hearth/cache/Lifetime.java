package dev.hearth.cache;

import dev.hearth.function.Headers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How long an answer may be given, in nanoseconds from when it was made; what the function says goes before what the spec says
 * (RFC 9111, sections 3 and 4.2).
 *
 * @param fresh how long as it is
 * @param whileRevalidate how long after that while a new one is made
 * @param ifError how long after its freshness when making a new one fails
 */
record Lifetime(long fresh, long whileRevalidate, long ifError) {

  /** The longest time that is reckoned with; a year. */
  private static final long LONGEST = Duration.ofDays(365).toNanos();

  /** Whether an answer may be given to others who asked the same at the same time, kept or not. */
  static boolean isShareable(CacheSpec spec, Headers request, CachedAnswer answer) {
    CacheControl said = CacheControl.of(answer.all("cache-control"));
    return !isOneOnes(spec, request, answer, said)
        && (answer.status() < 500 || spec.sharesErrors());
  }

  /** That of an answer, or null if it must not be kept. */
  static @Nullable Lifetime of(CacheSpec spec, Headers request, CachedAnswer answer) {
    CacheControl said = CacheControl.of(answer.all("cache-control"));
    if (isOneOnes(spec, request, answer, said)) {
      return null;
    }
    long fresh = fresh(spec, answer, said);
    if (fresh <= 0) {
      return null;
    }
    if (said.mustRevalidate() || said.sharedMaxAge() >= 0) {
      return new Lifetime(fresh, 0, 0);
    }
    return new Lifetime(
        fresh,
        said.staleWhileRevalidate() >= 0
            ? seconds(said.staleWhileRevalidate())
            : nanos(spec.staleWhileRevalidate()),
        said.staleIfError() >= 0 ? seconds(said.staleIfError()) : nanos(spec.staleIfError()));
  }

  /** Whether it is for nobody but the one who asked. */
  private static boolean isOneOnes(
      CacheSpec spec, Headers request, CachedAnswer answer, CacheControl said) {
    return said.noStore()
        || said.noCache()
        || said.isPrivate()
        || CacheControl.of(request.all("cache-control")).noStore()
        || answer.status() == 206
        || answer.body().length > spec.maxEntryBytes()
        || (!spec.storesCookies() && answer.first("set-cookie") != null)
        || isForOneOnly(spec, request, said);
  }

  /** Whether it is the answer to one who is known, and the key does not tell them apart (RFC 9111, section 3.5). */
  private static boolean isForOneOnly(CacheSpec spec, Headers request, CacheControl said) {
    return request.first("authorization").isPresent()
        && !spec.identity().contains("authorization")
        && !spec.identity().isEmpty()
        && !said.isPublic()
        && said.sharedMaxAge() < 0;
  }

  private static long fresh(CacheSpec spec, CachedAnswer answer, CacheControl said) {
    long declared = nanos(spec.ttl(answer.status()));
    if (declared == 0 && said.sharedMaxAge() < 0 && said.maxAge() < 0) {
      return 0;
    }
    if (answer.status() >= 400 && declared == 0) {
      return 0; // errors are kept only where the spec asks for it
    }
    if (said.sharedMaxAge() >= 0) {
      return seconds(said.sharedMaxAge());
    }
    return said.maxAge() >= 0 ? seconds(said.maxAge()) : declared;
  }

  /** How long an entry is worth keeping. */
  long kept() {
    return fresh + Math.max(whileRevalidate, ifError);
  }

  private static long seconds(long seconds) {
    return nanos(Duration.ofSeconds(seconds));
  }

  private static long nanos(Duration time) {
    return time.compareTo(Duration.ofDays(365)) >= 0 ? LONGEST : time.toNanos();
  }

  /** The names that {@code Vary} lists, in lower case; null if it varies by what no header says. */
  static @Nullable List<String> vary(CachedAnswer answer) {
    TreeSet<String> names = new TreeSet<>();
    for (String line : answer.all("vary")) {
      int from = 0;
      while (from <= line.length()) {
        int comma = line.indexOf(',', from);
        int to = comma < 0 ? line.length() : comma;
        String name = line.substring(from, to).trim().toLowerCase(Locale.ROOT);
        if (name.equals("*")) {
          return null;
        }
        if (!name.isEmpty()) {
          names.add(name);
        }
        from = to + 1;
      }
    }
    return List.copyOf(names);
  }
}
