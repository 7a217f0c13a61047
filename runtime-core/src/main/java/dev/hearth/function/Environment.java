package dev.hearth.function;

import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * What a function version is given for its whole life. Immutable and thread-safe.
 *
 * <p>A handler class may ask for it in its public constructor or in {@link Lifecycle#init}.
 */
public interface Environment {

  /** The name under which the function is deployed. */
  String function();

  /** The version that runs; changes with every swap, unique within the host. */
  String version();

  /** The variables of the function's spec; unmodifiable, possibly empty. */
  Map<String, String> variables();

  /** The properties of the function's spec: settings that are not variables of a process; unmodifiable, possibly empty. */
  default Map<String, String> properties() {
    return Map.of();
  }

  /** The names that {@link #secret} knows; unmodifiable, possibly empty. */
  default Set<String> secrets() {
    return Set.of();
  }

  /**
   * A secret that the function's spec lists, as its file holds it now: one that was rotated is seen by the next that asks, so do not keep
   * it longer than a call.
   *
   * @throws IllegalArgumentException if the spec lists no such secret, or its file has become unusable
   */
  default String secret(String name) {
    throw new IllegalArgumentException("there is no secret '" + name + "'");
  }

  /**
   * The names that {@link #resource} knows; unmodifiable, possibly empty. Empty unless the host says more, so
   * that stand-ins in tests need not say anything.
   */
  default Set<String> resources() {
    return Set.of();
  }

  /**
   * Something the host keeps warm and lends, such as a connection pool.
   *
   * @param type what the function expects it to be, a JDK type
   * @param name the name under which the function's spec lists it
   * @return the same object for as long as the version lives; the function must not close it
   * @throws IllegalArgumentException if the spec lists no such resource, or it is of another type
   */
  <T> T resource(Class<T> type, String name);

  /**
   * A connection pool that the host owns; short for {@link #resource resource(DataSource.class, name)}.
   *
   * @throws IllegalArgumentException if the spec lists no such pool
   */
  default DataSource dataSource(String name) {
    return resource(DataSource.class, name);
  }

  /**
   * What the host keeps for the function beyond the life of a version.
   *
   * @throws IllegalStateException if the function's spec gives it no room
   */
  default WarmStore warmStore() {
    throw new IllegalStateException(
        "function '" + function() + "' has no warm store; give it room by warmStore in its spec");
  }

  /** Where the version's lines are logged; see {@link Log#of} for code that has no environment at hand. */
  default Log log() {
    return PlatformLog.log();
  }
}
