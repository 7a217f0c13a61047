package dev.hearth.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.hearth.instance.spi.Gauge;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One pool of the host. Thread-safe.
 *
 * <pre>
 * NEW -> OPEN -> CLOSED     NEW may skip to CLOSED; a failed opening stays NEW and is tried by the next borrower
 * </pre>
 *
 * Both moves are made on the {@link HostThread}. Connections are only ever made on the pool's own threads: a
 * driver may start threads and fill thread locals when it connects.
 */
final class Pool implements AutoCloseable {

  private final String name;
  private final PoolSpec spec;
  private final HostThread host;
  private final Heartbeat heartbeat;
  private final ConcurrentMap<String, DataSource> lent = new ConcurrentHashMap<>();
  private final Thaw thaw = new Thaw();
  private volatile @Nullable HikariDataSource open; // written on the host thread only
  private volatile boolean closed; // written on the host thread only

  Pool(String name, PoolSpec spec, HostThread host, Heartbeat heartbeat) {
    this.heartbeat = heartbeat;
    this.name = name;
    this.spec = spec;
    this.host = host;
  }

  /** This pool for one function, the same at each call: it knows the function by name only. */
  DataSource lentTo(String function) {
    return lent.computeIfAbsent(function, borrower -> new LentPool(this, borrower));
  }

  String name() {
    return name;
  }

  /**
   * A connection of this pool, opening it if nobody did; closing the connection gives it back.
   *
   * @param function who borrows, for messages
   * @throws SQLTransientConnectionException if none came free or could be made in time
   * @throws SQLNonTransientConnectionException if the host has no driver for it, or is closed
   */
  Connection borrow(String function) throws SQLException {
    long start = System.nanoTime();
    HikariDataSource ready = open;
    if (ready == null) {
      ready = openOnHost(function);
    } else {
      heartbeat.check();
    }
    try {
      return ready.getConnection();
    } catch (SQLTransientConnectionException e) {
      throw unavailable(function, ready, System.nanoTime() - start, e);
    } catch (SQLException e) {
      throw closed ? closedFor(function, e) : e;
    }
  }

  /** Has connections replaced that may not be good any more. */
  private final class Thaw implements Heartbeat.Listener {
    private volatile @Nullable String password; // as last read

    /** A password that has changed: connections made with the one before are drained. */
    @Override
    public void tick() {
      String before = password;
      note();
      if (before != null && !before.equals(password)) {
        renew();
        LoggerFactory.getLogger(Pool.class)
            .info("pool '{}': its password has changed; its connections are replaced", name);
      }
    }

    void note() {
      try {
        password = spec.currentPassword();
      } catch (RuntimeException e) {
        // half written, or gone: whoever connects next says so
      }
    }

    /** Connections from before a standstill may be dead without anybody having told: none of them is lent again. */
    @Override
    public void thawed(long nanos) {
      renew();
      LoggerFactory.getLogger(Pool.class)
          .info(
              "pool '{}': the process stood still for {} ms; its connections are replaced as they are needed",
              name,
              TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }

  /**
   * Adds what it shows, by the names that HikariCP gives Prometheus.
   *
   * @param families by name, in the order they are shown
   */
  void gauges(Map<String, List<Gauge>> families) {
    HikariDataSource pool = open;
    HikariPoolMXBean counts = pool == null ? null : pool.getHikariPoolMXBean();
    add(
        families,
        "active_connections",
        "Connections that are lent.",
        counts == null ? 0 : counts.getActiveConnections());
    add(
        families,
        "idle_connections",
        "Connections that wait to be lent.",
        counts == null ? 0 : counts.getIdleConnections());
    add(
        families,
        "pending_threads",
        "Borrowers that wait.",
        counts == null ? 0 : counts.getThreadsAwaitingConnection());
    add(
        families,
        "connections",
        "All connections.",
        counts == null ? 0 : counts.getTotalConnections());
    add(families, "max_connections", "The most there may be.", spec.max());
    add(families, "min_connections", "How many are kept idle.", spec.minIdle());
  }

  private void add(Map<String, List<Gauge>> families, String what, String help, int value) {
    families
        .computeIfAbsent("hikaricp_" + what, family -> new ArrayList<>())
        .add(new Gauge("hikaricp_" + what, help, false, List.of("pool", name), value));
  }

  /** Has every connection replaced: idle ones now, those in use when they are given back. */
  void renew() {
    HikariDataSource pool = open;
    if (pool != null) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }

  /** Has a connection closed when it is given back, rather than lent again. */
  void evict(Connection connection) {
    HikariDataSource pool = open;
    if (pool != null) {
      pool.evictConnection(connection);
    }
  }

  /** Runs something on a thread of its own that remembers no function. */
  void onThread(String what, Runnable task) {
    try {
      host.threads("hearth-pool-" + name + "-" + what + "-").newThread(task).start();
    } catch (RejectedExecutionException e) {
      // the host is closed, and with it every connection
    }
  }

  private HikariDataSource openOnHost(String function) throws SQLException {
    try {
      return host.call(this::open);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException(
          "function '" + function + "': interrupted while pool '" + name + "' was opened", e);
    } catch (RejectedExecutionException e) {
      throw closedFor(function, e);
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new SQLNonTransientConnectionException(
          "function '" + function + "': pool '" + name + "' cannot be opened: " + why.getMessage(),
          why);
    }
  }

  private HikariDataSource open() throws SQLException {
    HikariDataSource ready = open;
    if (ready != null) {
      return ready;
    }
    if (closed) {
      throw new SQLNonTransientConnectionException("the host is closed");
    }
    ready = new HikariDataSource(config());
    open = ready;
    thaw.note();
    heartbeat.listen(thaw);
    return ready;
  }

  private HikariConfig config() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(new DriverDataSource(name, spec, Drivers.accepting(spec, host.loader())));
    config.setMaximumPoolSize(spec.max());
    config.setMinimumIdle(spec.minIdle());
    config.setConnectionTimeout(spec.acquireTimeout().toMillis());
    config.setMaxLifetime(spec.maxLifetime().toMillis());
    config.setKeepaliveTime(spec.keepalive().toMillis());
    config.setThreadFactory(host.threads("hearth-pool-" + name + "-"));
    config.setInitializationFailTimeout(-1); // opening never waits for the database
    return config;
  }

  private SQLException unavailable(
      String function,
      HikariDataSource pool,
      long waitedNanos,
      SQLTransientConnectionException cause) {
    HikariPoolMXBean counts = pool.getHikariPoolMXBean();
    int busy = counts.getActiveConnections();
    String advice =
        busy >= spec.max()
            ? "close connections sooner, raise the pool's max, or let the function take fewer calls at once"
            : "cannot connect to "
                + spec.shownUrl()
                + (cause.getCause() == null ? " in time" : ": " + cause.getCause().getMessage());
    return new SQLTransientConnectionException(
        "function '"
            + function
            + "': no connection from pool '"
            + name
            + "' after "
            + TimeUnit.NANOSECONDS.toMillis(waitedNanos)
            + " ms (max="
            + spec.max()
            + ", busy="
            + busy
            + ", idle="
            + counts.getIdleConnections()
            + ", waiting="
            + counts.getThreadsAwaitingConnection()
            + "); "
            + advice,
        cause.getSQLState(),
        cause.getErrorCode(),
        cause);
  }

  private SQLException closedFor(String function, Throwable cause) {
    return new SQLNonTransientConnectionException(
        "function '" + function + "': pool '" + name + "' is closed: the host is closing", cause);
  }

  /** Closes all connections, those in use as well. Twice is once. */
  @Override
  public void close() {
    HikariDataSource last = closeOnHost();
    if (last != null) {
      last.close(); // here: it waits, and its threads need the host thread meanwhile
    }
  }

  private @Nullable HikariDataSource closeOnHost() {
    boolean interrupted = Thread.interrupted(); // an interrupted caller still closes
    try {
      return host.call(this::markClosed).last();
    } catch (RejectedExecutionException e) {
      return null; // closed before
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("pool '" + name + "' cannot be closed", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Closing markClosed() {
    closed = true;
    heartbeat.forget(thaw);
    return new Closing(open);
  }

  private record Closing(@Nullable HikariDataSource last) {}
}
