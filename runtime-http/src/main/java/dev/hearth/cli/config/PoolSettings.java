package dev.hearth.cli.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code pools}; null where the file says nothing.
 *
 * @param name what functions list it by
 * @param url JDBC URL
 * @param user the database user
 * @param password where the password comes from
 * @param max the most connections
 * @param minIdle idle connections that are kept
 * @param acquireTimeout how long a function waits for a connection
 * @param maxLifetime how old a connection gets; zero for no limit
 * @param keepalive how often an idle connection is checked; zero for never
 * @param properties what the driver is given besides
 */
public record PoolSettings(
    String name,
    String url,
    @Nullable String user,
    @Nullable Password password,
    @Nullable Integer max,
    @Nullable Integer minIdle,
    @Nullable Duration acquireTimeout,
    @Nullable Duration maxLifetime,
    @Nullable Duration keepalive,
    Map<String, String> properties) {

  public PoolSettings {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /** Without URL and properties, which may hold a password. */
  @Override
  public String toString() {
    return "PoolSettings[" + name + ", user=" + user + ", max=" + max + "]";
  }

  /**
   * A password and the file it comes from, which may change while the host runs.
   *
   * @param value as it was when the settings were read
   * @param file null when the password stands in the settings
   */
  public record Password(Secret value, @Nullable Path file) {}
}
