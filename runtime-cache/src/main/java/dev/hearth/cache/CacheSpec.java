package dev.hearth.cache;

import static java.util.Objects.requireNonNull;

import dev.hearth.instance.spi.Caching;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * How results of one function are kept. Immutable; from {@link #builder}.
 *
 * <p>The method is always part of the key (HEAD counts as GET), and so are the headers that say who asks, unless {@link
 * Builder#identity} says otherwise.
 */
public final class CacheSpec implements Caching {

  /** Headers by which callers and the platforms in front of them say who asks. */
  public static final List<String> IDENTITY =
      List.of(
          "authorization",
          "cookie",
          "proxy-authorization",
          "x-api-key",
          "x-amz-security-token",
          "x-apigateway-api-userinfo",
          "x-endpoint-api-userinfo",
          "x-forwarded-authorization",
          "x-goog-authenticated-user-id",
          "x-goog-iap-jwt-assertion",
          "x-ms-client-principal",
          "x-ms-client-principal-id");

  private final List<KeyPart> key;
  private final List<String> identity;
  private final Duration ttl;
  private final Duration negativeTtl;
  private final Duration staleWhileRevalidate;
  private final Duration staleIfError;
  private final Duration refreshAhead;
  private final Set<Integer> statuses;
  private final Set<String> methods;
  private final long maxBytes;
  private final int maxEntryBytes;
  private final boolean sharesErrors;
  private final boolean storesCookies;

  private CacheSpec(Builder builder) {
    key = List.copyOf(builder.key);
    identity = builder.identity;
    ttl = builder.ttl;
    negativeTtl = builder.negativeTtl;
    staleWhileRevalidate = builder.staleWhileRevalidate;
    staleIfError = builder.staleIfError;
    refreshAhead = builder.refreshAhead;
    statuses = builder.statuses;
    methods = builder.methods;
    maxBytes = builder.maxBytes;
    maxEntryBytes = builder.maxEntryBytes;
    sharesErrors = builder.sharesErrors;
    storesCookies = builder.storesCookies;
  }

  /** Begins a description; without more, of results that path and query tell apart and that are not kept. */
  public static Builder builder() {
    return new Builder();
  }

  /** What tells results apart, in order, without method and identity. */
  public List<KeyPart> key() {
    return key;
  }

  /** The headers that say who asks, in lower case; part of the key. */
  public List<String> identity() {
    return identity;
  }

  /** How long a result is fresh when the function does not say. */
  public Duration ttl() {
    return ttl;
  }

  /** The same for 404 and 410; zero if those are not kept. */
  public Duration negativeTtl() {
    return negativeTtl;
  }

  /** How long past its freshness a result is given while a new one is made. */
  public Duration staleWhileRevalidate() {
    return staleWhileRevalidate;
  }

  /** How long past its freshness a result is given when making a new one fails. */
  public Duration staleIfError() {
    return staleIfError;
  }

  /** How long before the end of its freshness a result that is asked for is made anew. */
  public Duration refreshAhead() {
    return refreshAhead;
  }

  /** The most all results of the function may take, in bytes. */
  public long maxBytes() {
    return maxBytes;
  }

  /** The most bytes of a body that is kept. */
  public int maxEntryBytes() {
    return maxEntryBytes;
  }

  /** Whether all who wait for a run are given its error. */
  public boolean sharesErrors() {
    return sharesErrors;
  }

  /** Whether an answer that sets a cookie is kept. */
  public boolean storesCookies() {
    return storesCookies;
  }

  /** Whether requests of this method are answered from the cache. */
  public boolean takes(String method) {
    return methods.contains(method.equals("HEAD") ? "GET" : method);
  }

  /** How long an answer of this status is fresh when the function does not say; zero if it is not kept. */
  Duration ttl(int status) {
    if (status == 404 || status == 410) {
      return negativeTtl;
    }
    return statuses.contains(status) ? ttl : Duration.ZERO;
  }

  /** Whether the body must be at hand for a key. */
  public boolean needsBody() {
    for (KeyPart part : key) {
      if (part.kind() == KeyPart.Kind.BODY || part.kind() == KeyPart.Kind.JSON) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "CacheSpec"
        + List.of(
            key,
            identity,
            ttl,
            negativeTtl,
            staleWhileRevalidate,
            staleIfError,
            refreshAhead,
            new TreeSet<>(statuses),
            new TreeSet<>(methods),
            maxBytes,
            maxEntryBytes,
            sharesErrors,
            storesCookies);
  }

  /** Describes a cache; for one thread. */
  public static final class Builder {

    private Set<KeyPart> key =
        new LinkedHashSet<>(List.of(KeyPart.of("path"), KeyPart.of("query")));
    private List<String> identity = IDENTITY;
    private Duration ttl = Duration.ZERO;
    private Duration negativeTtl = Duration.ZERO;
    private Duration staleWhileRevalidate = Duration.ZERO;
    private Duration staleIfError = Duration.ZERO;
    private Duration refreshAhead = Duration.ZERO;
    private Set<Integer> statuses = Set.of(200, 203, 204, 300, 301, 308);
    private Set<String> methods = Set.of("GET");
    private long maxBytes = 16L << 20;
    private int maxEntryBytes = 1 << 20;
    private boolean sharesErrors;
    private boolean storesCookies;

    private Builder() {}

    /** What tells results apart; see {@link KeyPart#of}. Path and query when never set. */
    public Builder key(String... parts) {
      key = new LinkedHashSet<>();
      for (String part : parts) {
        key.add(KeyPart.of(part));
      }
      return this;
    }

    /** The headers that say who asks; {@link #IDENTITY} when never set, none for results that are everybody's. */
    public Builder identity(String... headers) {
      String[] lower = new String[headers.length];
      for (int i = 0; i < headers.length; i++) {
        lower[i] = headers[i].toLowerCase(Locale.ROOT);
      }
      identity = List.of(lower);
      return this;
    }

    /** How long a result is fresh when the function's {@code Cache-Control} does not say. Default zero: it is not kept. */
    public Builder ttl(Duration ttl) {
      this.ttl = notNegative(ttl, "ttl");
      return this;
    }

    /** The same for 404 and 410. Default zero: they are not kept. */
    public Builder negativeTtl(Duration ttl) {
      this.negativeTtl = notNegative(ttl, "negativeTtl");
      return this;
    }

    /** How long a stale result is given while a new one is made. Default zero. */
    public Builder staleWhileRevalidate(Duration time) {
      this.staleWhileRevalidate = notNegative(time, "staleWhileRevalidate");
      return this;
    }

    /** How long a stale result is given when making a new one fails. Default zero. */
    public Builder staleIfError(Duration time) {
      this.staleIfError = notNegative(time, "staleIfError");
      return this;
    }

    /** How long before the end of its freshness a result that is asked for is made anew, once, while it is given. Default zero. */
    public Builder refreshAhead(Duration time) {
      this.refreshAhead = notNegative(time, "refreshAhead");
      return this;
    }

    /** The statuses that are kept for {@link #ttl}. */
    public Builder statuses(Integer... statuses) {
      this.statuses = Set.of(statuses);
      return this;
    }

    /** The methods answered from the cache; GET, with HEAD, when never set. */
    public Builder methods(String... methods) {
      this.methods = Set.of(methods);
      return this;
    }

    /** The most all results of the function may take. Default 16 MiB. */
    public Builder maxBytes(long bytes) {
      this.maxBytes = positive(bytes, "maxBytes");
      return this;
    }

    /** The most bytes of a body that is kept; longer ones pass through. Default 1 MiB. */
    public Builder maxEntryBytes(int bytes) {
      this.maxEntryBytes = (int) positive(bytes, "maxEntryBytes");
      return this;
    }

    /** Gives the error of a run to all who wait for it; otherwise each of them runs the function itself. */
    public Builder sharesErrors(boolean shares) {
      this.sharesErrors = shares;
      return this;
    }

    /** Keeps answers that set cookies; they are then set for everybody who is given the answer. */
    public Builder storesCookies(boolean stores) {
      this.storesCookies = stores;
      return this;
    }

    /**
     * Ends the description.
     *
     * @throws IllegalArgumentException if a method that has a body is to be cached and the body is not part of the key
     */
    public CacheSpec build() {
      CacheSpec spec = new CacheSpec(this);
      for (String method : methods) {
        if (!method.equals("GET") && !spec.needsBody()) {
          throw new IllegalArgumentException(
              "method "
                  + method
                  + " is cached and 'body' is not part of the key; add it, or cache GET only");
        }
      }
      return spec;
    }

    private static Duration notNegative(Duration value, String name) {
      requireNonNull(value, name);
      if (value.isNegative()) {
        throw new IllegalArgumentException(name + " is " + value + "; it must be zero or longer");
      }
      return value;
    }

    private static long positive(long value, String name) {
      if (value <= 0) {
        throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1 byte");
      }
      return value;
    }
  }
}
