package dev.hearth.pool;

import static java.util.Objects.requireNonNull;

import dev.hearth.instance.spi.Gauge;
import dev.hearth.instance.spi.ResourceProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The host's connection pools, by name.
 *
 * <pre>{@code
 * PoolSpec orders = PoolSpec.builder("jdbc:postgresql://127.0.0.1/orders").user("app").password(secret).max(8).build();
 * Hearth hearth = Hearth.builder().resources(ConnectionPools.of(Map.of("orders", orders))).build();
 * hearth.deploy("bill", FunctionSpec.builder(jar).resources("orders").build());
 * }</pre>
 *
 * <p>Thread-safe. Each pool is opened when a function first asks it for a connection, so that a database
 * that is away delays no deployment, and stays open across versions until {@link #close}, which the
 * host calls. Until then there is one idle thread, and a few more for each pool that is open.
 */
public final class ConnectionPools implements ResourceProvider {

  private final Map<String, Pool> pools = new LinkedHashMap<>();
  private final HostThread host;
  private final Heartbeat heartbeat;

  private ConnectionPools(
      Map<String, PoolSpec> specs, ClassLoader drivers, Heartbeat.Clocks clocks) {
    host = HostThread.start("hearth-pools", drivers);
    heartbeat = new Heartbeat(host, clocks);
    specs.forEach((name, spec) -> pools.put(name, new Pool(name, spec, host, heartbeat)));
  }

  /**
   * Pools whose drivers are found by the calling thread's context class loader, as services of type {@link
   * java.sql.Driver}. Must not be called from inside a function.
   *
   * @throws IllegalArgumentException if a name is blank
   */
  public static ConnectionPools of(Map<String, PoolSpec> specs) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return of(specs, context == null ? ConnectionPools.class.getClassLoader() : context);
  }

  /**
   * Pools whose drivers are found by the given loader, as services of type {@link java.sql.Driver}; a driver
   * beside Hearth is found as well.
   *
   * @throws IllegalArgumentException if a name is blank
   */
  public static ConnectionPools of(Map<String, PoolSpec> specs, ClassLoader drivers) {
    return of(specs, drivers, new Heartbeat.SystemClocks());
  }

  /** The same with other clocks. */
  static ConnectionPools of(
      Map<String, PoolSpec> specs, ClassLoader drivers, Heartbeat.Clocks clocks) {
    requireNonNull(drivers, "drivers");
    for (Map.Entry<String, PoolSpec> entry : specs.entrySet()) {
      requireNonNull(entry.getValue(), entry.getKey());
      if (entry.getKey().isBlank()) {
        throw new IllegalArgumentException(
            "a pool has the name '" + entry.getKey() + "'; give it one that functions can ask for");
      }
    }
    return new ConnectionPools(specs, drivers, clocks);
  }

  @Override
  public String kind() {
    return "pool";
  }

  @Override
  public boolean has(String name) {
    return pools.containsKey(name);
  }

  /**
   * Lends a pool as a {@link DataSource}. What the function does with it cannot close or reconfigure the pool.
   *
   * @return the pool for this function, the same at each call; null if {@code type} is not implemented by it
   * @throws IllegalArgumentException if there is no pool of that name
   */
  @Override
  public <T> @Nullable T lend(Class<T> type, String name, String function) {
    Pool pool = pools.get(name);
    if (pool == null) {
      throw new IllegalArgumentException(
          "function '"
              + function
              + "' asks for pool '"
              + name
              + "', which the host does not have; it has "
              + pools.keySet());
    }
    return type.isAssignableFrom(LentPool.class) ? type.cast(pool.lentTo(function)) : null;
  }

  @Override
  public List<Gauge> gauges() {
    Map<String, List<Gauge>> families = new LinkedHashMap<>();
    for (Pool pool : pools.values()) {
      pool.gauges(families);
    }
    List<Gauge> all = new ArrayList<>();
    families.values().forEach(all::addAll);
    return all;
  }

  /**
   * Closes every pool and its connections, those in use as well; waits for running ones to be closed, within
   * a bound. Twice is once.
   */
  @Override
  public void close() {
    List<Pool> closing = new ArrayList<>(pools.values());
    RuntimeException first = null;
    for (int i = closing.size() - 1; i >= 0; i--) {
      try {
        closing.get(i).close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    heartbeat.close();
    host.close();
    if (first != null) {
      throw first;
    }
  }
}
