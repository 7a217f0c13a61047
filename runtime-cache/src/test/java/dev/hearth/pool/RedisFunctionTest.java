package dev.hearth.pool;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionFailedException;
import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;

/** Functions, from real jars without Jedis, that use the host's Jedis against a real server by interfaces of their own. */
@Timeout(120)
final class RedisFunctionTest {

  private static final Duration BOUND = Duration.ofSeconds(60);

  private final MovableClocks clocks = new MovableClocks();
  private final RedisServer redis;
  private final JedisResource jedis;
  private final Hearth hearth;
  @TempDir Path directory;

  RedisFunctionTest() throws IOException {
    redis = RedisServer.start();
    jedis = new JedisResource(redis.address());
    hearth = host(jedis);
  }

  private Hearth host(JedisResource sessions) {
    return Hearth.builder()
        .resources(
            WarmResources.builder()
                .clocks(clocks)
                .openLimit(Duration.ofSeconds(30))
                .checkLimit(Duration.ofSeconds(30))
                .lazy("sessions", sessions)
                .build())
        .drainLimit(Duration.ofSeconds(5))
        .build();
  }

  @AfterEach
  void stop() {
    hearth.close();
    redis.close();
    TestBag.remove("loader");
  }

  @Test
  void swap_whatOneVersionSet_theNextGetsByTheSameClient() throws Exception {
    FunctionHandle login = hearth.deploy("login", spec("acme.First", FIRST));
    assertThat(login.invoke("ada", String.class)).isEqualTo("OK");
    WeakReference<ClassLoader> loader =
        new WeakReference<>((ClassLoader) requireNonNull(TestBag.remove("loader")));

    login.swap(spec("acme.Second", SECOND));

    assertThat(login.invoke("ada", String.class)).isEqualTo("ada is in, visit 1");
    assertThat(jedis.opened).hasValue(1);
    UnloadAssert.assertCollected(loader);
  }

  @Test
  void serverRestarted_isCheckedAndWorksAgain() throws Exception {
    FunctionHandle login = hearth.deploy("login", spec("acme.Second", SECOND));
    assertThat(login.invoke("ada", String.class)).isEqualTo("null is in, visit 1");

    redis.kill();
    assertThatThrownBy(() -> login.invoke("ada"))
        .isInstanceOf(FunctionFailedException.class)
        .hasStackTraceContaining("JedisConnectionException");
    assertThatThrownBy(() -> login.invoke("ada"))
        .isInstanceOf(FunctionFailedException.class)
        .hasStackTraceContaining("function 'login': resource 'sessions' cannot be used")
        .hasStackTraceContaining("see that what it connects to is up");
    redis.startAgain();

    assertThat(login.invoke("ada", String.class)).isEqualTo("null is in, visit 1");
    // Once while it was away, and once when Jedis had mended itself.
    assertThat(jedis.checked).hasValue(2);
    await().atMost(BOUND).until(() -> redis.clients() == 1);
  }

  @Test
  void serverRestartedDuringAStandstill_isRenewedAndFailsNoCall() throws Exception {
    FunctionHandle login = hearth.deploy("login", spec("acme.Second", SECOND));
    login.invoke("ada");

    redis.kill();
    redis.startAgain();
    clocks.moveWall(Duration.ofSeconds(90));

    assertThat(login.invoke("ada", String.class)).isEqualTo("null is in, visit 1");
    assertThat(jedis.opened).hasValue(2);
    await().atMost(BOUND).until(() -> jedis.closed.get() == 1);
  }

  @Test
  void standstill_serverAnswers_keepsTheClient() throws Exception {
    FunctionHandle login = hearth.deploy("login", spec("acme.Second", SECOND));
    login.invoke("ada");

    clocks.moveMonotonic(Duration.ofSeconds(90));

    assertThat(login.invoke("ada", String.class)).isEqualTo("null is in, visit 2");
    assertThat(jedis.opened).hasValue(1);
  }

  @Test
  void deploy_serverAway_succeeds() {
    JedisResource away = new JedisResource(new HostAndPort("127.0.0.1", 1));
    try (Hearth cut = host(away)) {
      FunctionHandle login = cut.deploy("login", spec("acme.First", FIRST));

      assertThatThrownBy(() -> login.invoke("ada"))
          .isInstanceOf(FunctionFailedException.class)
          .hasStackTraceContaining("function 'login': resource 'sessions' cannot be used");
    }
  }

  @Test
  void hostClosed_leavesNoConnection() throws Exception {
    FunctionHandle login = hearth.deploy("login", spec("acme.First", FIRST));
    login.invoke("ada");
    await().atMost(BOUND).until(() -> redis.clients() == 1);

    hearth.close();

    assertThat(jedis.closed).hasValue(1);
    await().atMost(BOUND).until(() -> redis.clients() == 0);
  }

  @Test
  void ownCopyOfTheClient_isRefusedWithWhatToDo() {
    FunctionHandle login =
        hearth.deploy(
            "login",
            spec("acme.Copying", COPYING, Map.of("redis.clients.jedis.RedisClient", COPY)));

    assertThatThrownBy(() -> login.invoke("ada"))
        .isInstanceOf(FunctionFailedException.class)
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("function 'login' asks for resource 'sessions'")
        .hasMessageContaining(
            "as a redis.clients.jedis.RedisClient, which is a copy in its own archive")
        .hasMessageContaining("declare an interface");
  }

  @Test
  void interfaceThatDoesNotFit_isRefusedWithTheMethod() {
    FunctionHandle login = hearth.deploy("login", spec("acme.Misfit", MISFIT));

    assertThatThrownBy(() -> login.invoke("ada"))
        .isInstanceOf(FunctionFailedException.class)
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "redis.clients.jedis.RedisClient has no method int get(class java.lang.String)");
  }

  @Test
  void interfaceWithDefaultsAndClose_keepsTheHostsClientOpen() throws Exception {
    FunctionHandle login = hearth.deploy("login", spec("acme.Closing", CLOSING));

    assertThat(login.invoke("ada", String.class)).isEqualTo("hello ada true");
    assertThat(login.invoke("ada", String.class)).isEqualTo("hello ada true");
    assertThat(jedis.opened).hasValue(1);
    login.undeploy().toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(jedis.closed).hasValue(0);
  }

  private FunctionSpec spec(String handler, String source) {
    return spec(handler, source, Map.of());
  }

  private FunctionSpec spec(String handler, String source, Map<String, String> more) {
    TestJar jar = TestJar.of(directory).withApi().source(handler, source);
    more.forEach(jar::source);
    return FunctionSpec.builder(jar.build(handler + ".jar"))
        .handler(handler)
        .resources("sessions")
        .build();
  }

  private static final String FIRST =
      """
      package acme;
      import dev.hearth.function.Context;
      import dev.hearth.function.ContextFunction;
      public class First implements ContextFunction<String, String> {
        interface Sessions {
          String set(String key, String value);
        }
        @Override public String apply(String user, Context context) {
          ((java.util.Map) System.getProperties().get("hearth.test.bag")).put("loader", getClass().getClassLoader());
          return context.environment().resource(Sessions.class, "sessions").set("user", user);
        }
      }
      """;

  private static final String SECOND =
      """
      package acme;
      import dev.hearth.function.Environment;
      import dev.hearth.function.Lifecycle;
      import java.util.function.Function;
      public class Second implements Function<String, String>, Lifecycle {
        public interface Sessions {
          String get(String key);
          Long incr(String key);
        }
        private Sessions sessions;
        @Override public void init(Environment environment) {
          sessions = environment.resource(Sessions.class, "sessions");
          if (sessions != environment.resource(Sessions.class, "sessions")) throw new IllegalStateException("another");
        }
        @Override public String apply(String user) {
          return sessions.get("user") + " is in, visit " + sessions.incr("visits");
        }
      }
      """;

  private static final String CLOSING =
      """
      package acme;
      import dev.hearth.function.Context;
      import dev.hearth.function.ContextFunction;
      public class Closing implements ContextFunction<String, String> {
        public interface Sessions extends AutoCloseable {
          void set(String key, String value);
          Object get(String key);
          default String greeting(String key) { return "hello " + get(key); }
          @Override void close();
        }
        @Override public String apply(String user, Context context) {
          Sessions sessions = context.environment().resource(Sessions.class, "sessions");
          sessions.close();
          sessions.set("user", user);
          return sessions.greeting("user") + " " + sessions.equals(sessions);
        }
      }
      """;

  private static final String MISFIT =
      """
      package acme;
      import dev.hearth.function.Context;
      import dev.hearth.function.ContextFunction;
      public class Misfit implements ContextFunction<String, String> {
        public interface Sessions {
          int get(String key);
        }
        @Override public String apply(String user, Context context) {
          return "" + context.environment().resource(Sessions.class, "sessions").get("user");
        }
      }
      """;

  private static final String COPYING =
      """
      package acme;
      import dev.hearth.function.Context;
      import dev.hearth.function.ContextFunction;
      import redis.clients.jedis.RedisClient;
      public class Copying implements ContextFunction<String, String> {
        @Override public String apply(String user, Context context) {
          return context.environment().resource(RedisClient.class, "sessions").get("user");
        }
      }
      """;

  /** As an archive that brings Jedis has it. */
  private static final String COPY =
      """
      package redis.clients.jedis;
      public class RedisClient {
        public String get(String key) { return "own"; }
      }
      """;
}
