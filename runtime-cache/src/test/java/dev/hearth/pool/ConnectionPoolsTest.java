package dev.hearth.pool;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(WithPostgres.class)
@Timeout(120)
final class ConnectionPoolsTest {

  private static final Duration BOUND = Duration.ofSeconds(60);

  private final PostgresServer postgres;
  @TempDir Path directory;

  ConnectionPoolsTest(PostgresServer postgres) {
    this.postgres = postgres;
  }

  @Test
  void borrow_twice_reusesTheConnection() throws Exception {
    try (ConnectionPools pools = pools(postgres.spec().build())) {
      DataSource orders = lend(pools);

      assertThat(backend(orders)).isEqualTo(backend(orders));
    }
  }

  @Test
  void borrow_whateverTheContextLoader_findsTheDriver() throws Exception {
    try (ConnectionPools pools = pools(postgres.spec().build());
        URLClassLoader functions =
            new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
      DataSource orders = lend(pools);
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(functions);
      try {
        assertThat(backend(orders)).isPositive();
      } finally {
        thread.setContextClassLoader(before);
      }
      assertThat(poolThreads())
          .isNotEmpty()
          .allSatisfy(own -> assertThat(own.getContextClassLoader()).isSameAs(before));
    }
  }

  @Test
  void borrow_exhausted_namesFunctionPoolAndCounts() throws Exception {
    PoolSpec spec = postgres.spec().max(2).acquireTimeout(Duration.ofMillis(300)).build();
    try (ConnectionPools pools = pools(spec);
        Connection first = lend(pools).getConnection();
        Connection second = lend(pools).getConnection()) {
      assertThat(first).isNotSameAs(second);

      assertThatThrownBy(() -> lend(pools).getConnection())
          .isInstanceOf(SQLTransientConnectionException.class)
          .hasMessageMatching(
              "function 'bill': no connection from pool 'orders' after \\d+ ms"
                  + " \\(max=2, busy=2, idle=0, waiting=0\\); close connections sooner, .*")
          .hasCauseInstanceOf(SQLTransientConnectionException.class);
    }
  }

  @Test
  void borrow_databaseAway_opensAndSaysWhy() {
    PoolSpec spec =
        PoolSpec.builder("jdbc:postgresql://127.0.0.1:1/orders")
            .acquireTimeout(Duration.ofMillis(500))
            .build();
    try (ConnectionPools pools = pools(spec)) {
      assertThatThrownBy(() -> lend(pools).getConnection())
          .isInstanceOf(SQLTransientConnectionException.class)
          .hasMessageContaining("pool 'orders'")
          .hasMessageContaining("cannot connect to jdbc:postgresql://127.0.0.1:1/orders: ");
    }
  }

  @Test
  void borrow_wrongPassword_neverShowsIt() {
    PoolSpec spec =
        postgres.spec().password("swordfish").acquireTimeout(Duration.ofSeconds(2)).build();
    try (ConnectionPools pools = pools(spec)) {
      Throwable refused = catchThrowable(() -> lend(pools).getConnection());

      StringWriter trace = new StringWriter();
      refused.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString())
          .contains("password authentication failed for user \"app\"")
          .doesNotContain("swordfish");
    }
  }

  @Test
  void borrow_noDriver_saysWhereToPutIt() {
    try (ConnectionPools pools = pools(PoolSpec.of("jdbc:nosuch://db/orders?password=swordfish"))) {
      assertThatThrownBy(() -> lend(pools).getConnection())
          .isInstanceOf(SQLNonTransientConnectionException.class)
          .hasMessageContaining("function 'bill': pool 'orders'")
          .hasMessageContaining("jdbc:nosuch://db/orders?…")
          .hasMessageContaining("org.postgresql.Driver")
          .hasMessageContaining("put the driver's jar on the host's class path")
          .hasMessageNotContaining("swordfish");
    }
  }

  @Test
  void borrow_passwordFileCorrected_succeeds() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "wrong");
    PoolSpec spec =
        postgres.spec().passwordFile(file).acquireTimeout(Duration.ofSeconds(1)).build();
    try (ConnectionPools pools = pools(spec)) {
      DataSource orders = lend(pools);
      assertThatThrownBy(orders::getConnection).isInstanceOf(SQLException.class);

      Files.writeString(file, PostgresServer.PASSWORD);

      await().atMost(BOUND).ignoreExceptions().until(() -> backend(orders) > 0);
    }
  }

  @Test
  void borrow_interrupted_endsAndKeepsTheFlag() throws Exception {
    PoolSpec spec = postgres.spec().max(1).acquireTimeout(Duration.ofSeconds(60)).build();
    try (ConnectionPools pools = pools(spec);
        Connection only = lend(pools).getConnection()) {
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Thread borrower =
          new Thread(
              () -> {
                try (Connection none = lend(pools).getConnection()) {
                  flag.completeExceptionally(new AssertionError("got " + none + " beside " + only));
                } catch (SQLException e) {
                  flag.complete(Thread.currentThread().isInterrupted());
                }
              });
      borrower.start();
      borrower.interrupt();

      assertThat(flag.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void borrow_serverRestarted_recovers() throws Exception {
    PoolSpec spec = postgres.spec().acquireTimeout(Duration.ofSeconds(1)).build();
    try (ConnectionPools pools = pools(spec)) {
      DataSource orders = lend(pools);
      int before = backend(orders);
      postgres.stop();
      try {
        assertThatThrownBy(() -> backend(orders)).isInstanceOf(SQLException.class);
      } finally {
        postgres.startAgain();
      }

      await().atMost(BOUND).ignoreExceptions().until(() -> backend(orders) != before);
    }
  }

  @Test
  void lentPool_triedToChangeTheHosts_refuses() throws Exception {
    try (ConnectionPools pools = pools(postgres.spec().build())) {
      DataSource orders = lend(pools);

      assertThat(orders).isNotInstanceOf(AutoCloseable.class);
      assertThat(orders.isWrapperFor(HikariDataSource.class)).isFalse();
      assertThatThrownBy(() -> orders.unwrap(HikariDataSource.class))
          .isInstanceOf(SQLFeatureNotSupportedException.class)
          .hasMessageContaining("function 'bill': pool 'orders' belongs to the host");
      assertThatThrownBy(() -> orders.setLoginTimeout(1))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> orders.setLogWriter(new PrintWriter(new StringWriter())))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThatThrownBy(() -> orders.getConnection("postgres", "swordfish"))
          .isInstanceOf(SQLFeatureNotSupportedException.class)
          .hasMessageNotContaining("swordfish");
    }
  }

  @Test
  void lend_sameFunction_isTheSameObject() {
    try (ConnectionPools pools = pools(postgres.spec().build())) {
      assertThat(lend(pools)).isSameAs(lend(pools));
      assertThat(pools.lend(DataSource.class, "orders", "other")).isNotSameAs(lend(pools));
    }
  }

  @Test
  void lend_otherType_isNull() {
    try (ConnectionPools pools = pools(postgres.spec().build())) {
      assertThat(pools.lend(String.class, "orders", "bill")).isNull();
    }
  }

  @Test
  void lend_unknownName_listsThePools() {
    try (ConnectionPools pools = pools(postgres.spec().build())) {
      assertThat(pools.has("orderz")).isFalse();
      assertThatThrownBy(() -> pools.lend(DataSource.class, "orderz", "bill"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("function 'bill' asks for pool 'orderz'")
          .hasMessageContaining("[orders]");
    }
  }

  @Test
  void of_blankName_isRefused() {
    assertThatThrownBy(() -> ConnectionPools.of(Map.of(" ", postgres.spec().build())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a pool has the name ' '");
  }

  @Test
  void close_connectionsIdleAndInUse_closesAllAtTheServer() throws Exception {
    ConnectionPools pools = pools(named("closing").minIdle(2).build());
    try (Connection used = lend(pools).getConnection()) {
      await().atMost(BOUND).until(() -> postgres.backends("closing").size() == 3);

      pools.close();

      await().atMost(BOUND).until(() -> postgres.backends("closing").isEmpty());
      assertThat(used.isValid(1)).isFalse();
    }
    await().atMost(BOUND).until(() -> poolThreads().isEmpty());
  }

  @Test
  void close_twice_isOnce() throws Exception {
    ConnectionPools pools = pools(postgres.spec().build());
    DataSource orders = lend(pools);
    backend(orders);
    pools.close();
    pools.close();

    assertThatThrownBy(orders::getConnection)
        .isInstanceOf(SQLNonTransientConnectionException.class)
        .hasMessageContaining("function 'bill': pool 'orders' is closed");
  }

  @Test
  void close_neverOpened_refusesLaterBorrowers() {
    ConnectionPools pools = pools(postgres.spec().build());
    DataSource orders = lend(pools);
    pools.close();

    assertThatThrownBy(orders::getConnection)
        .isInstanceOf(SQLNonTransientConnectionException.class)
        .hasMessageContaining("pool 'orders' is closed");
  }

  private PoolSpec.Builder named(String application) {
    return postgres.spec().property("ApplicationName", application);
  }

  private static ConnectionPools pools(PoolSpec orders) {
    return ConnectionPools.of(Map.of("orders", orders));
  }

  private static DataSource lend(ConnectionPools pools) {
    return requireNonNull(pools.lend(DataSource.class, "orders", "bill"));
  }

  private static int backend(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static List<Thread> poolThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("hearth-pool"))
        .toList();
  }
}
