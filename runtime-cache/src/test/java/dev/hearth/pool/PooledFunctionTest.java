package dev.hearth.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionFailedException;
import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestJar;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Functions, from real jars, that borrow from the host's pools. */
@ExtendWith(WithPostgres.class)
@Timeout(120)
final class PooledFunctionTest {

  private static final Duration BOUND = Duration.ofSeconds(60);

  private final PostgresServer postgres;
  private final Hearth hearth;
  @TempDir Path directory;

  PooledFunctionTest(PostgresServer postgres) {
    this.postgres = postgres;
    PoolSpec orders = postgres.spec().property("ApplicationName", "pooled").max(2).build();
    hearth =
        Hearth.builder()
            .resources(ConnectionPools.of(Map.of("orders", orders, "other", orders)))
            .drainLimit(Duration.ofSeconds(5))
            .build();
  }

  @AfterEach
  void close() {
    hearth.close();
  }

  @Test
  void constructor_asksForADataSource_isGivenThePool() throws Exception {
    FunctionHandle bill = hearth.deploy("bill", spec("acme.Injected", INJECTED, "orders"));

    int borrowed = backend(bill);
    assertThat(postgres.backends("pooled")).contains(borrowed);
  }

  @Test
  void init_asksTheEnvironment_isGivenThePool() throws Exception {
    FunctionHandle bill = hearth.deploy("bill", spec("acme.Initialised", INITIALISED, "orders"));

    int borrowed = backend(bill);
    assertThat(postgres.backends("pooled")).contains(borrowed);
  }

  @Test
  void call_asksItsContext_isGivenThePool() throws Exception {
    FunctionHandle bill = hearth.deploy("bill", spec("acme.Asking", ASKING, "orders"));

    int borrowed = backend(bill);
    assertThat(postgres.backends("pooled")).contains(borrowed);
  }

  @Test
  void swap_poolInUse_keepsItsConnections() throws Exception {
    FunctionHandle bill = hearth.deploy("bill", spec("acme.Injected", INJECTED, "orders"));
    int before = backend(bill);
    Set<Integer> connections = new LinkedHashSet<>(postgres.backends("pooled"));

    bill.swap(spec("acme.Asking", ASKING, "orders"));

    assertThat(backend(bill)).isEqualTo(before);
    assertThat(postgres.backends("pooled")).containsExactlyElementsOf(connections);
  }

  @Test
  void twoFunctions_samePool_shareItsConnections() throws Exception {
    FunctionHandle bill = hearth.deploy("bill", spec("acme.Injected", INJECTED, "orders"));
    FunctionHandle ship = hearth.deploy("ship", spec("acme.Asking", ASKING, "orders"));

    assertThat(backend(ship)).isEqualTo(backend(bill));
  }

  @Test
  void deploy_initAsksForAPoolNotGranted_isRefused() {
    assertThatThrownBy(() -> hearth.deploy("bill", spec("acme.Initialised", INITIALISED, "other")))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("function 'bill'")
        .hasMessageContaining("'orders'")
        .hasMessageContaining("[other]");
  }

  @Test
  void call_asksForAPoolNotGranted_isRefused() {
    FunctionHandle bill = hearth.deploy("bill", spec("acme.Asking", ASKING, "other"));

    assertThatThrownBy(() -> bill.invoke("x"))
        .isInstanceOf(FunctionFailedException.class)
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .rootCause()
        .hasMessageContaining("function 'bill' asks for resource 'orders'")
        .hasMessageContaining("[other]");
  }

  @Test
  void deploy_databaseAway_succeeds() {
    PoolSpec away =
        PoolSpec.builder("jdbc:postgresql://127.0.0.1:1/orders")
            .acquireTimeout(Duration.ofMillis(300))
            .build();
    try (Hearth cut =
        Hearth.builder().resources(ConnectionPools.of(Map.of("orders", away))).build()) {
      FunctionHandle bill = cut.deploy("bill", spec("acme.Injected", INJECTED, "orders"));

      assertThatThrownBy(() -> bill.invoke("x"))
          .isInstanceOf(FunctionFailedException.class)
          .hasStackTraceContaining("cannot connect to jdbc:postgresql://127.0.0.1:1/orders");
    }
  }

  @Test
  void close_functionsBorrowed_leavesNoConnection() throws Exception {
    FunctionHandle bill = hearth.deploy("bill", spec("acme.Injected", INJECTED, "orders"));
    backend(bill);

    hearth.close();

    await().atMost(BOUND).until(() -> postgres.backends("pooled").isEmpty());
  }

  @Test
  void undeploy_functionThatBorrowed_letsItsLoaderGoAndServesOthers() throws Exception {
    FunctionHandle bill = hearth.deploy("bill", spec("acme.Leaving", LEAVING, "orders"));
    FunctionHandle ship = hearth.deploy("ship", spec("acme.Asking", ASKING, "orders"));
    WeakReference<@Nullable Object> loader = new WeakReference<>(bill.invoke("x"));

    bill.undeploy().toCompletableFuture().get(30, TimeUnit.SECONDS);

    await()
        .atMost(BOUND)
        .until(
            () -> {
              System.gc();
              return loader.get() == null;
            });
    int borrowed = backend(ship);
    assertThat(postgres.backends("pooled")).contains(borrowed);
  }

  private static int backend(FunctionHandle function) {
    Integer pid = function.invoke("x", Integer.class);
    assertThat(pid).isNotNull();
    return pid == null ? -1 : pid;
  }

  private FunctionSpec spec(String handler, String source, String pool) {
    Path jar =
        TestJar.of(directory)
            .withApi()
            .options("-parameters")
            .source("acme.Backend", BACKEND)
            .source(handler, source)
            .build(handler + ".jar");
    return FunctionSpec.builder(jar).handler(handler).resources(pool).build();
  }

  private static final String BACKEND =
      """
      package acme;
      final class Backend {
        static Integer of(javax.sql.DataSource pool) {
          try (var connection = pool.getConnection();
              var statement = connection.createStatement();
              var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
          } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      """;

  private static final String INJECTED =
      """
      package acme;
      import java.util.function.Function;
      import javax.sql.DataSource;
      public class Injected implements Function<String, Integer> {
        private final DataSource orders;
        public Injected(DataSource orders) { this.orders = orders; }
        @Override public Integer apply(String input) { return Backend.of(orders); }
      }
      """;

  private static final String INITIALISED =
      """
      package acme;
      import dev.hearth.function.Environment;
      import dev.hearth.function.Lifecycle;
      import java.util.function.Function;
      import javax.sql.DataSource;
      public class Initialised implements Function<String, Integer>, Lifecycle {
        private DataSource orders;
        @Override public void init(Environment environment) { orders = environment.dataSource("orders"); }
        @Override public Integer apply(String input) { return Backend.of(orders); }
      }
      """;

  private static final String ASKING =
      """
      package acme;
      import dev.hearth.function.Context;
      import dev.hearth.function.ContextFunction;
      public class Asking implements ContextFunction<String, Integer> {
        @Override public Integer apply(String input, Context context) {
          return Backend.of(context.environment().dataSource("orders"));
        }
      }
      """;

  /** Gives its loader, and leaves an inheritable thread local to whatever thread is made meanwhile. */
  private static final String LEAVING =
      """
      package acme;
      import dev.hearth.function.Context;
      import dev.hearth.function.ContextFunction;
      public class Leaving implements ContextFunction<String, Object> {
        static final InheritableThreadLocal<Object> MINE = new InheritableThreadLocal<>();
        @Override public Object apply(String input, Context context) {
          MINE.set(this);
          try {
            Backend.of(context.environment().dataSource("orders"));
            return getClass().getClassLoader();
          } finally {
            MINE.remove();
          }
        }
      }
      """;
}
