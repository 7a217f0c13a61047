package dev.hearth.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Threads;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions leave connections in, and what the next borrower finds. */
@ExtendWith(WithPostgres.class)
@Timeout(120)
final class LentConnectionTest {

  private static final Duration BOUND = Duration.ofSeconds(60);

  private final PostgresServer postgres;
  private final Hearth hearth;
  @TempDir Path directory;
  private FunctionHandle function;

  LentConnectionTest(PostgresServer postgres) {
    this.postgres = postgres;
    PoolSpec one =
        postgres
            .spec()
            .property("ApplicationName", "lent")
            .max(1)
            .acquireTimeout(Duration.ofSeconds(10))
            .build();
    hearth =
        Hearth.builder()
            .resources(ConnectionPools.of(Map.of("orders", one)))
            .drainLimit(Duration.ofSeconds(5))
            .build();
  }

  @BeforeEach
  void deploy() {
    Path jar =
        TestJar.of(directory)
            .withApi()
            .options("-parameters")
            .source(
                "acme.Sql",
                """
                package acme;
                import java.sql.*;
                import java.util.concurrent.*;
                import java.util.function.Function;
                import javax.sql.DataSource;
                public class Sql implements Function<String, Object> {
                  private final DataSource orders;
                  public Sql(DataSource orders) { this.orders = orders; }
                  @Override public Object apply(String in) {
                    String sql = in.substring(in.indexOf(' ') + 1);
                    try {
                      switch (in.substring(0, in.indexOf(' '))) {
                        case "forget":
                          return text(orders.getConnection(), sql);
                        case "begin":
                          try (Connection c = orders.getConnection()) {
                            c.setAutoCommit(false);
                            c.createStatement().execute(sql);
                            return "left";
                          }
                        case "later":
                          Connection late = orders.getConnection();
                          return CompletableFuture.supplyAsync(() -> {
                            try (late) { return text(late, sql); }
                            catch (SQLException e) { throw new IllegalStateException(e); }
                          }, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
                        case "prepare":
                          try (Connection c = orders.getConnection(); PreparedStatement s = c.prepareStatement(sql)) {
                            s.execute();
                            return "prepared";
                          }
                        default:
                          try (Connection c = orders.getConnection()) { return text(c, sql); }
                      }
                    } catch (SQLException e) {
                      throw new IllegalStateException(e);
                    }
                  }
                  private static String text(Connection c, String sql) throws SQLException {
                    Statement s = c.createStatement();
                    if (!s.execute(sql)) return "none";
                    ResultSet rows = s.getResultSet();
                    return rows.next() ? rows.getString(1) : "empty";
                  }
                }
                """)
            .build("sql.jar");
    function =
        hearth.deploy(
            "bill",
            FunctionSpec.builder(jar)
                .handler("acme.Sql")
                .resources("orders")
                .threads(Threads.PLATFORM)
                .runTimeout(Duration.ofSeconds(20))
                .build());
  }

  @AfterEach
  void close() {
    hearth.close();
  }

  private Object call(String sql) {
    Outcome<?> outcome = function.invokeAsync(sql, BOUND).join();
    assertThat(outcome).as(sql).isInstanceOf(Outcome.Returned.class);
    return ((Outcome.Returned<?>) outcome).value();
  }

  @Test
  void R27_connectionThatIsNotClosed_isTakenBackWhenTheCallEnds() {
    for (int i = 0; i < 3; i++) { // of a pool that has one
      assertThat(call("forget select 1")).isEqualTo("1");
    }
    assertThat(call("do select 2")).isEqualTo("2");
  }

  @Test
  void R28_transactionThatIsLeftOpen_isRolledBack() {
    call("do create temporary table if not exists t (a int)");
    call("do create table if not exists kept (a int)");
    call("begin insert into kept values (1)");

    assertThat(call("do select count(*) from kept")).isEqualTo("0");
    call("do drop table kept");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "do set application_name = 'mine'",
        "do  -- a comment\n /* and another */ SET application_name TO mine",
        "prepare set application_name = 'mine'",
        "do select set_config('application_name', 'mine', false)",
      })
  void sessionThatIsChanged_isNotGivenToOthers(String sql) {
    Object before = call("do select pg_backend_pid()");

    call(sql);

    assertThat(call("do show application_name")).isEqualTo("lent");
    assertThat(call("do select pg_backend_pid()")).isNotEqualTo(before);
  }

  @Test
  void settingsOfTheTransactionAlone_leaveTheSessionAsItIs() {
    Object before = call("do select pg_backend_pid()");

    call("do set local statement_timeout = 1000");

    assertThat(call("do select pg_backend_pid()")).isEqualTo(before);
  }

  @Test
  void callThatIsTooLate_isCancelledOnTheServer() throws Exception {
    Outcome<?> outcome =
        function.invokeAsync("do select pg_sleep(600)", Duration.ofMillis(500)).join();

    assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
    await().atMost(BOUND).until(() -> sleeping() == 0);
    assertThat(call("do select 3")).isEqualTo("3");
  }

  @Test
  void promise_keepsItsConnectionUntilItIsKept() {
    assertThat(call("later select 4")).isEqualTo("4");
    assertThat(call("do select 5")).isEqualTo("5");
  }

  private int sleeping() throws SQLException {
    try (Connection own = postgres.connect();
        Statement statement = own.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where application_name = 'lent' and state ="
                    + " 'active'")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
