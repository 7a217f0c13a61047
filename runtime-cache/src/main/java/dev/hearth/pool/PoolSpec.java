package dev.hearth.pool;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How to connect to one database and how many connections to keep. Immutable.
 *
 * <p>Neither the password nor the value of any driver property appears in {@link #toString} or in a
 * message; of the URL only the part that cannot hold a secret does.
 */
public final class PoolSpec {

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);
  private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(30);

  private final String url;
  private final @Nullable String user;
  private final @Nullable Supplier<String> password;
  private final int max;
  private final int minIdle;
  private final Duration acquireTimeout;
  private final Duration maxLifetime;
  private final Duration keepalive;
  private final Map<String, String> properties;

  private PoolSpec(Builder from, int minIdle, Duration keepalive) {
    url = from.url;
    user = from.user;
    password = from.password;
    max = from.max;
    this.minIdle = minIdle;
    acquireTimeout = from.acquireTimeout;
    maxLifetime = from.maxLifetime;
    this.keepalive = keepalive;
    properties = Map.copyOf(from.properties);
  }

  /** A spec with the defaults, for a URL that says everything. */
  public static PoolSpec of(String url) {
    return builder(url).build();
  }

  /**
   * A builder with the defaults.
   *
   * @param url {@code jdbc:…}, as the driver wants it
   * @throws IllegalArgumentException if it does not begin with {@code jdbc:} and a driver's name
   */
  public static Builder builder(String url) {
    return new Builder(url);
  }

  /** The URL as given; it may hold a secret. */
  public String url() {
    return url;
  }

  /** The database user; null when the URL, a property or the driver tells. */
  public @Nullable String user() {
    return user;
  }

  /** The most connections open at once. */
  public int max() {
    return max;
  }

  /** How many idle connections are kept for the next call. */
  public int minIdle() {
    return minIdle;
  }

  /** How long a function waits for a connection. */
  public Duration acquireTimeout() {
    return acquireTimeout;
  }

  /** How old a connection gets before it is replaced; zero for no limit. */
  public Duration maxLifetime() {
    return maxLifetime;
  }

  /** How often an idle connection is checked; zero for never. */
  public Duration keepalive() {
    return keepalive;
  }

  /** What the driver is given besides user and password; unmodifiable. The values may hold secrets. */
  public Map<String, String> properties() {
    return properties;
  }

  /** The password as it is now; null when there is none. */
  @Nullable String currentPassword() {
    return password == null
        ? null
        : requireNonNull(password.get(), "the password supplier's result");
  }

  /** The URL without what may be a secret: its options, and all of it that a user name could precede. */
  String shownUrl() {
    if (url.indexOf('@') >= 0) {
      return url.substring(0, url.indexOf(':', "jdbc:".length()) + 1) + "…";
    }
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '?' || c == ';' || c == '(') {
        return url.substring(0, i) + c + "…";
      }
    }
    return url;
  }

  @Override
  public String toString() {
    return "PoolSpec["
        + shownUrl()
        + (user == null ? "" : ", user=" + user)
        + ", max="
        + max
        + ", minIdle="
        + minIdle
        + ", acquireTimeout="
        + acquireTimeout
        + ", maxLifetime="
        + maxLifetime
        + ", keepalive="
        + keepalive
        + (properties.isEmpty() ? "" : ", properties=" + new TreeSet<>(properties.keySet()))
        + "]";
  }

  /** Builds a {@link PoolSpec}. Not thread-safe. */
  public static final class Builder {
    private final String url;
    private @Nullable String user;
    private @Nullable Supplier<String> password;
    private int max = 10;
    private @Nullable Integer minIdle;
    private Duration acquireTimeout = Duration.ofSeconds(5);
    private Duration maxLifetime = Duration.ofMinutes(30);
    private @Nullable Duration keepalive;
    private final Map<String, String> properties = new TreeMap<>();

    private Builder(String url) {
      this.url = requireNonNull(url, "url");
      if (!url.startsWith("jdbc:") || url.indexOf(':', "jdbc:".length()) < 0) {
        // What was given is not repeated: it may hold a password.
        throw new IllegalArgumentException(
            "url is not a JDBC URL; it must begin with 'jdbc:' and the driver's name, as in"
                + " jdbc:postgresql://127.0.0.1:5432/orders");
      }
    }

    /** The database user; by default the URL, a property or the driver tells. */
    public Builder user(String user) {
      this.user = requireNonNull(user, "user");
      return this;
    }

    /** The password; none by default. */
    public Builder password(String password) {
      requireNonNull(password, "password");
      this.password = () -> password;
      return this;
    }

    /**
     * What gives the password. It is asked for every new connection, on the host's threads, and must be
     * thread-safe; what it throws becomes a failed connection.
     */
    public Builder password(Supplier<String> password) {
      this.password = requireNonNull(password, "password");
      return this;
    }

    /** A file that holds the password, read for every new connection; one line break at its end is ignored. */
    public Builder passwordFile(Path file) {
      requireNonNull(file, "file");
      this.password = () -> read(file);
      return this;
    }

    /** The most connections open at once; 10 by default, at least 1. */
    public Builder max(int connections) {
      if (connections < 1) {
        throw new IllegalArgumentException("max is " + connections + "; it must be at least 1");
      }
      this.max = connections;
      return this;
    }

    /** How many idle connections are kept for the next call; 1 by default, at most {@code max}, 0 for none. */
    public Builder minIdle(int connections) {
      if (connections < 0) {
        throw new IllegalArgumentException("minIdle is " + connections + "; it must be 0 or more");
      }
      this.minIdle = connections;
      return this;
    }

    /** How long a function waits for a connection. Default 5 s, at least 250 ms. */
    public Builder acquireTimeout(Duration timeout) {
      requireNonNull(timeout, "acquireTimeout");
      if (timeout.compareTo(SHORTEST_WAIT) < 0) {
        throw new IllegalArgumentException(
            "acquireTimeout is " + timeout + "; it must be 250 ms or longer");
      }
      this.acquireTimeout = timeout;
      return this;
    }

    /**
     * How old a connection gets before it is replaced, when it is idle; keep it below what the database or
     * the network allow. Default 30 min, at least 30 s; zero for no limit.
     */
    public Builder maxLifetime(Duration lifetime) {
      this.maxLifetime = zeroOrPeriod(lifetime, "maxLifetime");
      return this;
    }

    /**
     * How often an idle connection is checked, so that nothing on the way forgets it. Default 2 min, or never
     * when connections do not live longer than that; at least 30 s and less than {@code maxLifetime}; zero
     * for never.
     */
    public Builder keepalive(Duration period) {
      this.keepalive = zeroOrPeriod(period, "keepalive");
      return this;
    }

    /** Gives the driver a property; user and password have their own methods. */
    public Builder property(String name, String value) {
      requireNonNull(name, "name");
      requireNonNull(value, "value");
      if (name.equals("user") || name.equals("password")) {
        throw new IllegalArgumentException(
            "property '" + name + "' is not set here; use " + name + "(...)");
      }
      properties.put(name, value);
      return this;
    }

    /** Gives the driver several properties. */
    public Builder properties(Map<String, String> properties) {
      properties.forEach(this::property);
      return this;
    }

    /**
     * The spec.
     *
     * @throws IllegalArgumentException if {@code minIdle} is more than {@code max}, or {@code keepalive} not
     *     less than {@code maxLifetime}
     */
    public PoolSpec build() {
      if (minIdle != null && minIdle > max) {
        throw new IllegalArgumentException(
            "minIdle is " + minIdle + " and max is " + max + "; minIdle must not be more than max");
      }
      boolean mortal = !maxLifetime.isZero();
      if (keepalive != null && mortal && keepalive.compareTo(maxLifetime) >= 0) {
        throw new IllegalArgumentException(
            "keepalive is "
                + keepalive
                + " and maxLifetime is "
                + maxLifetime
                + "; keepalive must be less than maxLifetime");
      }
      Duration usual = Duration.ofMinutes(2);
      Duration fitting = mortal && usual.compareTo(maxLifetime) >= 0 ? Duration.ZERO : usual;
      return new PoolSpec(
          this, minIdle == null ? 1 : minIdle, keepalive == null ? fitting : keepalive);
    }

    private static Duration zeroOrPeriod(Duration period, String name) {
      requireNonNull(period, name);
      if (!period.isZero() && period.compareTo(SHORTEST_PERIOD) < 0) {
        throw new IllegalArgumentException(
            name + " is " + period + "; it must be 30 s or longer, or zero");
      }
      return period;
    }

    private static String read(Path file) {
      try {
        String text = Files.readString(file);
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\n') {
          end -= end > 1 && text.charAt(end - 2) == '\r' ? 2 : 1;
        }
        return text.substring(0, end);
      } catch (IOException e) {
        throw new UncheckedIOException("password file " + file + " cannot be read", e);
      }
    }
  }
}
