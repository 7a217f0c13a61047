package dev.hearth.instance.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lends functions something that the host owns and keeps warm across versions, such as connection pools.
 * Thread-safe. What is lent outlives every version it is lent to, and must not hold on to any class of theirs.
 */
public interface ResourceProvider extends AutoCloseable {

  /** What it lends, for messages; for example {@code pool}. */
  String kind();

  /** Whether it has something of this name. */
  boolean has(String name);

  /**
   * Lends it.
   *
   * @param type a JDK type that the function expects
   * @param function who borrows, for messages and metering
   * @return the resource; null if it is not of that type
   * @throws IllegalArgumentException if there is nothing of that name
   */
  <T> @Nullable T lend(Class<T> type, String name, String function);

  /** What it shows of its resources, family by family; none by default. */
  default List<Gauge> gauges() {
    return List.of();
  }

  /** Forgets what is kept of a function's answers; does nothing by default. */
  default void purge(String function) {}

  /** A function is not deployed any more; what is kept for it can go. Does nothing by default. */
  default void forget(String function) {}

  /** Closes everything it owns; the host calls it after the last version is gone. */
  @Override
  void close();
}
