package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.contract.hearth.NativeContract;
import dev.hearth.http.ops.AdminServer;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.invoke.FunctionMeter.End;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More calls than there is room for (HOSTILE.md, chapter O). */
@Timeout(120)
class OverloadTest {

  private static final Duration BOUND = Duration.ofSeconds(30);

  /** Tells what it began with, waits where the path says so, and works ten milliseconds where it says that. */
  private static final String GATE =
      """
      package t;
      import dev.hearth.function.*;
      import java.util.*;
      import java.util.concurrent.*;
      public class Gate implements StreamFunction, Lifecycle {
        @SuppressWarnings("unchecked")
        static <T> T bag(String name) {
          return (T) ((Map<Object, Object>) System.getProperties().get("hearth.test.bag")).get(name);
        }
        public void init(Environment environment) throws Exception {
          OverloadInits.count(environment.function());
        }
        public void handle(Request in, Response out, Context context) throws Exception {
          String late = context.isCancelled() ? " late" : "";
          Gate.<Queue<String>>bag("overload.started").add(in.path() + late);
          if (in.path().contains("hold")) {
            Gate.<CountDownLatch>bag("overload.entered").countDown();
            Gate.<CountDownLatch>bag("overload.go").await(60, TimeUnit.SECONDS);
          }
          if (in.path().contains("work")) {
            new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
          }
          out.body().write("ok".getBytes());
        }
      }
      class OverloadInits {
        static void count(String function) throws Exception {
          Gate.<ConcurrentMap<String, Integer>>bag("overload.inits").merge(function, 1, Integer::sum);
          if (function.startsWith("cold")) {
            Gate.<CountDownLatch>bag("overload.go").await(60, TimeUnit.SECONDS);
          }
        }
      }
      """;

  private final Queue<String> started = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> inits = new ConcurrentHashMap<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private final List<RawClient> clients = new ArrayList<>();
  private Path jar;
  private Hearth hearth;
  private TestHost host;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    TestBag.put("overload.started", started);
    TestBag.put("overload.inits", inits);
    TestBag.put("overload.go", go);
    jar = TestJar.of(directory).withApi().source("t.Gate", GATE).build("gate.jar");
    hearth = Hearth.builder().drainLimit(Duration.ofSeconds(5)).build();
    host = TestHost.serve(hearth, new NativeContract(hearth), HttpLimits.defaults());
  }

  @AfterEach
  void stop() throws IOException {
    go.countDown();
    for (RawClient client : clients) {
      client.close();
    }
    host.close();
    for (String name : List.of("started", "inits", "go", "entered")) {
      TestBag.remove("overload." + name);
    }
  }

  private FunctionHandle deploy(
      String name, InstanceSettings instances, UnaryOperator<FunctionSpec.Builder> settings) {
    return hearth.deploy(
        name,
        settings.apply(FunctionSpec.builder(jar).handler("t.Gate").instances(instances)).build());
  }

  private FunctionHandle deploy(String name, int instances, int queue) {
    return deploy(name, new InstanceSettings(instances, instances, 1, queue), spec -> spec);
  }

  /** A request whose answer is read later. */
  private RawClient send(String path) throws IOException {
    RawClient client = host.connect();
    clients.add(client);
    return client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  /** Takes all places of a function. */
  private List<RawClient> hold(String path, int calls) throws Exception {
    CountDownLatch entered = new CountDownLatch(calls);
    TestBag.put("overload.entered", entered);
    List<RawClient> held = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      held.add(send(path));
    }
    assertThat(entered.await(60, TimeUnit.SECONDS)).isTrue();
    return held;
  }

  private static void awaitInFlight(FunctionHandle function, int calls) {
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(BOUND)
        .until(function::inFlight, inFlight -> inFlight == calls);
  }

  private static void assertTooMany(Answered answer) {
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isEqualTo("1");
    assertThat(answer.text()).contains("no free instance");
  }

  @Test
  void O01_moreThanCapacity_goodputStaysAndTheRestIsRefused() throws Exception {
    FunctionHandle gate =
        deploy(
            "gate",
            new InstanceSettings(4, 4, 1, 4),
            spec -> spec.queueTimeout(Duration.ofSeconds(2)));
    Flood best = new Flood("/gate/work", 4).during(Duration.ofMillis(1500));
    Flood over = new Flood("/gate/work", 40).during(Duration.ofSeconds(3));

    assertThat(best.others).isEmpty();
    assertThat(over.others).isEmpty();
    assertThat(over.refused.sum()).isPositive();
    assertThat(over.perSecond()).isGreaterThan(best.perSecond() * 0.5);
    assertThat(started).noneMatch(path -> path.endsWith(" late"));
    assertThat(started).hasSize((int) (best.served.sum() + over.served.sum()));
    awaitInFlight(gate, 0);
  }

  @Test
  void O02_oneFunctionFlooded_anotherIsAlwaysAnswered() throws Exception {
    deploy("flooded", 2, 2);
    deploy("quiet", 1, 10);
    hold("/flooded/hold", 2);
    Flood flood = new Flood("/flooded/x", 16);
    try (flood) {
      flood.begin();
      await().atMost(BOUND).until(() -> flood.refused.sum() > 100);
      for (int i = 0; i < 40; i++) {
        assertThat(host.get("/quiet/" + i).text()).isEqualTo("ok");
      }
      assertThat(flood.served.sum()).isZero();
      go.countDown();
    }
    assertThat(flood.others).isEmpty();
    assertThat(started)
        .filteredOn(path -> path.startsWith("/quiet") || path.length() <= 3)
        .hasSize(40);
  }

  @Test
  void O03_fullQueueRefusesAtOnce() throws Exception {
    FunctionHandle gate = deploy("gate", 1, 2);
    RawClient held = hold("/gate/hold", 1).get(0);
    RawClient first = send("/gate/first");
    RawClient second = send("/gate/second");
    awaitInFlight(gate, 3);

    Answered third = host.get("/gate/third"); // answered while the place is still taken

    assertTooMany(third);
    go.countDown();
    assertThat(List.of(held.read().status(), first.read().status(), second.read().status()))
        .containsOnly(200);
    assertThat(started).hasSize(3).noneMatch(path -> path.contains("third"));
    assertThat(gate.meter().count(End.REJECTED)).isEqualTo(1);
  }

  @Test
  void O03_timeInTheQueueCounts_andWhatExpiredThereIsNeverStarted() throws Exception {
    FunctionHandle gate =
        deploy(
            "gate",
            new InstanceSettings(1, 1, 1, 10),
            spec -> spec.queueTimeout(Duration.ofMillis(200)));
    RawClient held = hold("/gate/hold", 1).get(0);

    Answered expired = host.get("/gate/expired"); // the place is still taken: only time ends it

    assertThat(expired.status()).isEqualTo(504);
    assertThat(expired.text()).contains("'gate'").contains("in phase QUEUE");
    go.countDown();
    assertThat(held.read().status()).isEqualTo(200);
    assertThat(host.get("/gate/after").status()).isEqualTo(200);
    assertThat(started).hasSize(2).noneMatch(path -> path.contains("expired"));
    awaitInFlight(gate, 0);
  }

  @Test
  void O04_allInstancesHang_lineStaysBoundedAndAllRecovers() throws Exception {
    FunctionHandle gate =
        deploy(
            "gate",
            new InstanceSettings(2, 2, 1, 3),
            spec -> spec.queueTimeout(Duration.ofMillis(50)));
    List<RawClient> held = hold("/gate/hold", 2);

    Flood flood = new Flood("/gate/x", 8);
    try (flood) {
      flood.begin();
      await().atMost(BOUND).until(() -> gate.meter().count(End.TIMED_OUT) > 20);
      // Those who wait, those who run, and those who have ended and are not yet taken out of the
      // line.
      assertThat(gate.inFlight()).isLessThanOrEqualTo(5);
    }

    go.countDown();
    for (RawClient client : held) {
      assertThat(client.read().status()).isEqualTo(200);
    }
    assertThat(host.get("/gate/after").text()).isEqualTo("ok");
    awaitInFlight(gate, 0);
    gate.undeploy().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void O06_clientsThatLeftWhileQueued_areNeverRun() throws Exception {
    FunctionHandle gate = deploy("gate", 1, 100);
    RawClient held = hold("/gate/hold", 1).get(0);
    for (int i = 0; i < 20; i++) {
      RawClient client = send("/gate/left");
      awaitInFlight(gate, 2 + i);
      client.reset();
    }
    RawClient patient = send("/gate/patient");
    await().atMost(BOUND).until(() -> gate.meter().count(End.CANCELLED) == 20);
    awaitInFlight(gate, 22);

    go.countDown();

    assertThat(held.read().status()).isEqualTo(200);
    assertThat(patient.read().text()).isEqualTo("ok");
    assertThat(started).hasSize(2).noneMatch(path -> path.contains("left"));
    awaitInFlight(gate, 0);
  }

  @Test
  void O08_hundredColdFunctionsAtOnce_eachIsInitialisedOnce() throws Exception {
    List<FunctionHandle> functions = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      functions.add(
          deploy("cold" + i, new InstanceSettings(0, 1, 10, 10), spec -> spec.queueTimeout(BOUND)));
    }
    List<RawClient> calls = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      calls.add(send("/cold" + i % 100 + "/x"));
    }
    await()
        .atMost(BOUND)
        .until(
            () ->
                inits.size() == 100
                    && functions.stream().allMatch(function -> function.inFlight() == 3));
    assertThat(started).isEmpty();

    go.countDown();

    for (RawClient call : calls) {
      assertThat(call.read().text()).isEqualTo("ok");
    }
    assertThat(started).hasSize(300);
    assertThat(inits).hasSize(100).values().containsOnly(1);
  }

  @Test
  void O10_healthPages_answerDuringAFlood() throws Exception {
    deploy("gate", 2, 2);
    try (AdminServer admin = AdminServer.start(hearth, "127.0.0.1", 0, () -> null)) {
      hold("/gate/hold", 2);
      Flood flood = new Flood("/gate/x", 16);
      try (flood) {
        flood.begin();
        await().atMost(BOUND).until(() -> flood.refused.sum() > 100);
        long refused = flood.refused.sum();
        long begun = System.nanoTime();
        for (int i = 0; i < 50; i++) {
          assertThat(page(admin, "/healthz").status()).isEqualTo(200);
          assertThat(page(admin, "/readyz").status()).isEqualTo(200);
        }
        long each = (System.nanoTime() - begun) / 100;
        assertThat(Duration.ofNanos(each)).isLessThan(Duration.ofMillis(100));
        assertThat(flood.refused.sum()).isGreaterThan(refused);
        go.countDown();
      }
    }
  }

  private static Answered page(AdminServer admin, String path) throws IOException {
    try (RawClient client = RawClient.to(admin.port())) {
      return client
          .send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + admin.port() + "\r\n\r\n")
          .read();
    }
  }

  /** Clients that ask again as soon as they are answered. */
  private final class Flood implements AutoCloseable {
    final LongAdder served = new LongAdder();
    final LongAdder refused = new LongAdder();
    final Queue<String> others = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger number = new AtomicInteger();
    private final String path;
    private final int count;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();
    private long nanos;

    Flood(String path, int count) {
      this.path = path;
      this.count = count;
    }

    void begin() {
      for (int i = 0; i < count; i++) {
        running.add(threads.submit(this::ask));
      }
    }

    private @Nullable Void ask() throws IOException {
      try (RawClient client = host.connect()) {
        while (!over.get()) {
          Answered answer =
              client
                  .send("GET " + path + number.incrementAndGet() + " HTTP/1.1\r\nHost: x\r\n\r\n")
                  .readOne(false);
          note(answer);
        }
      }
      return null;
    }

    private void note(Answered answer) {
      if (answer.status() == 200) {
        served.increment();
      } else if (answer.status() == 429 && "1".equals(answer.header("Retry-After"))) {
        refused.increment();
      } else {
        others.add(answer.statusLine() + " " + answer.text());
      }
    }

    Flood during(Duration time) throws Exception {
      long begun = System.nanoTime();
      try (this) {
        begin();
        await().pollDelay(time).atMost(time.plus(BOUND)).until(() -> true);
      }
      nanos = System.nanoTime() - begun;
      return this;
    }

    double perSecond() {
      return served.sum() * 1e9 / nanos;
    }

    @Override
    public void close() {
      over.set(true);
      threads.shutdown();
      for (Future<?> each : running) {
        assertThat(each).succeedsWithin(BOUND);
      }
    }
  }
}
