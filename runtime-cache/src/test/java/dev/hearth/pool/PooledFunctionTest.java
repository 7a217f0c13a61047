package dev.hearth.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.testing.TestJar;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
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
  private final ConnectionPools pools;
  private final Hearth hearth;
  @TempDir Path directory;

  PooledFunctionTest(PostgresServer postgres) {
    this.postgres = postgres;
    pools =
        ConnectionPools.of(
            Map.of("orders", postgres.spec().property("ApplicationName", "pooled").build()));
    hearth = Hearth.builder().resources(pools).drainLimit(Duration.ofSeconds(5)).build();
  }

  @AfterEach
  void close() {
    hearth.close();
  }

  @Test
  void undeploy_functionThatBorrowed_letsItsLoaderGo() throws Exception {
    FunctionHandle bill = hearth.deploy("bill", spec());
    WeakReference<?> loader =
        new WeakReference<>(bill.invoke(pools.lend(DataSource.class, "orders", "bill")));
    assertThat(postgres.backends("pooled")).hasSize(1);

    bill.undeploy().toCompletableFuture().get(30, TimeUnit.SECONDS);

    await()
        .atMost(BOUND)
        .until(
            () -> {
              System.gc();
              return loader.get() == null;
            });
  }

  private FunctionSpec spec() {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Bill",
                """
                package acme;
                import java.util.function.Function;
                import javax.sql.DataSource;
                public class Bill implements Function<DataSource, Object> {
                  static final InheritableThreadLocal<Object> MINE = new InheritableThreadLocal<>();
                  @Override public Object apply(DataSource pool) {
                    MINE.set(this);
                    try (var connection = pool.getConnection()) {
                      return getClass().getClassLoader();
                    } catch (java.sql.SQLException e) {
                      throw new IllegalStateException(e);
                    } finally {
                      MINE.remove();
                    }
                  }
                }
                """)
            .build("bill.jar");
    return FunctionSpec.builder(jar).handler("acme.Bill").resources("orders").build();
  }
}
