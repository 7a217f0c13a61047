package dev.hearth.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The process stood still, and the network has forgotten its connections meanwhile without telling anybody. */
@ExtendWith(WithPostgres.class)
@Timeout(120)
final class StandstillTest {

  private final PostgresServer postgres;

  StandstillTest(PostgresServer postgres) {
    this.postgres = postgres;
  }

  private PoolSpec spec(SilentProxy proxy) {
    String url = postgres.url().replaceFirst(":\\d+/", ":" + proxy.port() + "/");
    assertThat(url).contains(":" + proxy.port() + "/");
    return postgres
        .spec(url)
        .max(2)
        .acquireTimeout(Duration.ofSeconds(2))
        .property(
            "socketTimeout", "1") // seconds, or a query on a dead connection would wait for ever
        .build();
  }

  private static int backend(DataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static DataSource lend(ConnectionPools pools) {
    return pools.lend(DataSource.class, "orders", "bill");
  }

  @Test
  void F10_afterAStandstill_noOldConnectionIsLent() throws Exception {
    MovableClocks clocks = new MovableClocks();
    try (SilentProxy proxy = SilentProxy.before(postgres.port());
        ConnectionPools pools =
            ConnectionPools.of(
                Map.of("orders", spec(proxy)), getClass().getClassLoader(), clocks)) {
      int before = backend(lend(pools));

      proxy.fallSilent();
      clocks.moveMonotonic(Duration.ofSeconds(90));

      assertThat(backend(lend(pools))).isNotEqualTo(before);
    }
  }

  @Test
  void F10_machineThatWasSuspended_isNoticedByTheWallClock() throws Exception {
    MovableClocks clocks = new MovableClocks();
    try (SilentProxy proxy = SilentProxy.before(postgres.port());
        ConnectionPools pools =
            ConnectionPools.of(
                Map.of("orders", spec(proxy)), getClass().getClassLoader(), clocks)) {
      int before = backend(lend(pools));

      proxy.fallSilent();
      clocks.moveWall(Duration.ofSeconds(90));

      assertThat(backend(lend(pools))).isNotEqualTo(before);
    }
  }

  /** What HikariCP does alone: it asks the dead connection whether it lives, until the borrower's time is up. */
  @Test
  void F10_withoutNotice_borrowersFail() throws Exception {
    try (SilentProxy proxy = SilentProxy.before(postgres.port());
        ConnectionPools pools =
            ConnectionPools.of(Map.of("orders", spec(proxy)), getClass().getClassLoader())) {
      backend(lend(pools));
      proxy.fallSilent();

      assertThatExceptionOfType(SQLException.class).isThrownBy(() -> backend(lend(pools)));
    }
  }
}
