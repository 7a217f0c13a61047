package dev.hearth.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.awaitility.Awaitility.await;

import dev.hearth.instance.spi.Gauge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A password that changes while functions borrow. */
@ExtendWith(WithPostgres.class)
@Timeout(120)
final class RotationTest {

  private final PostgresServer postgres;
  @TempDir Path directory;

  RotationTest(PostgresServer postgres) {
    this.postgres = postgres;
  }

  @Test
  void passwordChanges_underLoad_failsNoCallAndDrainsOldConnections() throws Exception {
    Path file = directory.resolve("password");
    Files.writeString(file, "first");
    postgres.execute("create role rotating login password 'first'");
    PoolSpec spec =
        PoolSpec.builder(postgres.url())
            .user("rotating")
            .passwordFile(file)
            .max(3)
            .property("ApplicationName", "rotating")
            .build();
    AtomicBoolean over = new AtomicBoolean();
    List<SQLException> failed = new CopyOnWriteArrayList<>();
    Set<Integer> backends = ConcurrentHashMap.newKeySet();
    ExecutorService callers = Executors.newFixedThreadPool(3);
    try (ConnectionPools pools = ConnectionPools.of(Map.of("orders", spec))) {
      DataSource pool = pools.lend(DataSource.class, "orders", "bill");
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        running.add(callers.submit(() -> borrow(pool, over, backends, failed)));
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> !backends.isEmpty());
      List<Integer> before = postgres.backends("rotating");

      postgres.execute("alter role rotating password 'second'");
      Files.writeString(file, "second");

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> postgres.backends("rotating").stream().noneMatch(before::contains));
      over.set(true);
      for (Future<?> each : running) {
        each.get(60, TimeUnit.SECONDS);
      }
      assertThat(failed).isEmpty();
      assertThat(pools.gauges())
          .extracting(Gauge::name, Gauge::labels)
          .contains(tuple("hikaricp_active_connections", List.of("pool", "orders")));
    } finally {
      over.set(true);
      callers.shutdownNow();
      await().until(() -> postgres.backends("rotating").isEmpty());
      postgres.execute("drop role rotating");
    }
  }

  private static void borrow(
      DataSource pool, AtomicBoolean over, Set<Integer> backends, List<SQLException> failed) {
    while (!over.get()) {
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
        row.next();
        backends.add(row.getInt(1));
      } catch (SQLException e) {
        failed.add(e);
      }
    }
  }
}
