package dev.hearth.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import dev.hearth.testing.TestJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a call is told that the function's code begins and is done. */
@Timeout(60)
final class FollowedCallTest {

  private static final String FUNCTION =
      """
      package acme;
      import java.util.concurrent.*;
      public class F implements java.util.function.Function<String, Object> {
        public Object apply(String in) {
          if (in.equals("boom")) { throw new IllegalStateException(in); }
          if (in.equals("later")) {
            return System.getProperties().get("followed.promise");
          }
          if (in.equals("hold")) {
            try {
              ((CountDownLatch) System.getProperties().get("followed.go")).await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              return "interrupted";
            }
          }
          return in;
        }
      }
      """;

  @TempDir private Path directory;
  private final Hearth hearth = Hearth.builder().drainLimit(Duration.ofSeconds(5)).build();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private final CompletableFuture<Object> promise = new CompletableFuture<>();
  private Path jar;

  @BeforeEach
  void build() {
    System.getProperties().put("followed.go", go);
    System.getProperties().put("followed.promise", promise);
    jar = TestJar.of(directory).source("acme.F", FUNCTION).build("f.jar");
  }

  @AfterEach
  void close() {
    go.countDown();
    hearth.close();
    System.getProperties().remove("followed.go");
    System.getProperties().remove("followed.promise");
  }

  private FunctionHandle deploy(FunctionSpec.Builder spec) {
    return hearth.deploy("f", spec.instances(new InstanceSettings(1, 1, 1, 10)).build());
  }

  @Test
  void call_thatReturns_isToldBeforeItsOutcome() {
    FunctionHandle function = deploy(FunctionSpec.builder(jar));

    new Followed("a").on(function);

    assertThat(told).containsExactly("a entering", "a left Returned", "a ended Returned");
  }

  @Test
  void call_thatThrows_isToldWhatItThrew() {
    FunctionHandle function = deploy(FunctionSpec.builder(jar));

    new Followed("boom").on(function);

    assertThat(told).containsExactly("boom entering", "boom left Threw", "boom ended Threw");
  }

  @Test
  void call_thatPromises_isLeftWhenThePromiseIsKept() {
    FunctionHandle function = deploy(FunctionSpec.builder(jar));
    Followed call = new Followed("later");
    function.dispatch(call);
    Awaitility.await().until(() -> told.contains("later entering"));

    promise.complete("kept");
    call.await();

    assertThat(told)
        .containsExactly("later entering", "later left Returned", "later ended Returned");
  }

  @Test
  void call_thatWaits_entersAfterTheOneBeforeHasLeft() {
    FunctionHandle function = deploy(FunctionSpec.builder(jar));
    Followed first = new Followed("hold");
    Followed second = new Followed("b");
    function.dispatch(first);
    function.dispatch(second);
    Awaitility.await().until(() -> told.contains("hold entering"));

    go.countDown();
    second.await();
    first.await();

    assertThat(told.indexOf("hold left Returned")).isLessThan(told.indexOf("b entering"));
  }

  @Test
  void call_thatIsLate_isLeftWhenItsCodeHasGone() {
    FunctionHandle function = deploy(FunctionSpec.builder(jar).runTimeout(Duration.ofMillis(200)));

    new Followed("hold").on(function);
    Awaitility.await().until(() -> told.contains("hold left Returned"));

    assertThat(told).containsExactly("hold entering", "hold ended TimedOut", "hold left Returned");
  }

  @Test
  void call_cancelledWhileItWaits_isNeverEntered() {
    FunctionHandle function = deploy(FunctionSpec.builder(jar));
    function.dispatch(new Followed("hold"));
    Invocation waiting = function.dispatch(new Followed("b"));

    waiting.cancel("no longer wanted");
    go.countDown();
    Awaitility.await().until(() -> told.contains("hold ended Returned"));
    Awaitility.await().until(() -> function.inFlight() == 0);

    assertThat(told).contains("b ended Cancelled").doesNotContain("b entering");
  }

  private final class Followed implements Call {
    private final String name;
    private final MemoryExchange exchange;
    private final CountDownLatch ended = new CountDownLatch(1);

    Followed(String name) {
      this.name = name;
      this.exchange = MemoryExchange.post(name.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    void on(FunctionHandle function) {
      function.dispatch(this);
      await();
    }

    void await() {
      try {
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Request request() {
      return exchange.request();
    }

    @Override
    public Response response() {
      return exchange.response();
    }

    @Override
    public void entering(Invocation invocation) {
      told.add(name + " entering");
    }

    @Override
    public void left(Invocation invocation, Outcome<?> outcome) {
      told.add(name + " left " + outcome.getClass().getSimpleName());
    }

    @Override
    public void ended(Invocation invocation, Outcome<?> outcome) {
      told.add(name + " ended " + outcome.getClass().getSimpleName());
      ended.countDown();
    }
  }
}
