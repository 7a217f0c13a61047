package dev.hearth.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hearth.pool.ConnectionPools;
import dev.hearth.pool.PoolSpec;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does borrowing and giving back a connection cost through Hearth, beside HikariCP's own? The driver's connections do nothing.
 *
 * <pre>benchmarks/jmh PoolBenchmark -prof gc</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PoolBenchmark {

  private static final String URL = "jdbc:nothing:here";

  @SuppressWarnings("NullAway.Init")
  private HikariDataSource plain;

  @SuppressWarnings("NullAway.Init")
  private ConnectionPools pools;

  @SuppressWarnings("NullAway.Init")
  private DataSource lent;

  /** Opens both. */
  @Setup
  public void open() throws SQLException {
    DriverManager.registerDriver(new Nothing());
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(URL);
    config.setMaximumPoolSize(4);
    plain = new HikariDataSource(config);
    pools =
        ConnectionPools.of(
            Map.of("orders", PoolSpec.builder(URL).max(4).build()),
            Objects.requireNonNull(PoolBenchmark.class.getClassLoader()));
    lent = Objects.requireNonNull(pools.lend(DataSource.class, "orders", "bill"));
    lent.getConnection().close();
  }

  /** Closes both. */
  @TearDown
  public void close() {
    plain.close();
    pools.close();
  }

  /** HikariCP alone. */
  @Benchmark
  public void hikari() throws SQLException {
    plain.getConnection().close();
  }

  /** As a function borrows. */
  @Benchmark
  public void lent() throws SQLException {
    lent.getConnection().close();
  }

  /** A driver whose connections do nothing. Found as a service. */
  public static final class Nothing implements Driver {

    @Override
    public @Nullable Connection connect(String url, Properties info) {
      return acceptsURL(url)
          ? (Connection)
              Proxy.newProxyInstance(
                  Nothing.class.getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (proxy, method, arguments) -> nothing(method.getReturnType()))
          : null;
    }

    private static @Nullable Object nothing(Class<?> type) {
      if (type == boolean.class) {
        return true;
      }
      return type == int.class ? (Object) 2 : null;
    }

    @Override
    public boolean acceptsURL(String url) {
      return url.equals(URL);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public @Nullable Logger getParentLogger() {
      return null;
    }
  }
}
