package dev.hearth;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestJar;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand versions come and go, and nothing of them stays. */
@Timeout(600)
class UnloadVolumeTest {

  private static final int ROUNDS = 10_000;
  private static final int WARM_UP = 100;
  private static final long SLACK_BYTES = 2 << 20;

  @TempDir Path directory;

  @Test
  void deployInvokeUndeploy_tenThousandTimes_leavesNoLoaderAndFlatMetaspace() throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Who",
                """
                package acme;
                public class Who implements java.util.function.Function<Object, Object> {
                  public Object apply(Object ignored) { return getClass().getClassLoader(); }
                }
                """)
            .build("who.jar");
    FunctionSpec spec = FunctionSpec.builder(jar).handler("acme.Who").build();
    List<WeakReference<Object>> loaders = new ArrayList<>(ROUNDS);
    try (Hearth hearth = Hearth.builder().store(directory.resolve("store")).build()) {
      int threads = 0;
      long metaspace = 0;
      for (int round = 0; round < ROUNDS; round++) {
        loaders.add(new WeakReference<>(oneRound(hearth, spec)));
        if (round == WARM_UP) {
          awaitCollected(loaders);
          metaspace = metaspaceBytes();
          threads = Thread.activeCount();
        }
      }

      awaitCollected(loaders);
      assertThat(metaspaceBytes()).isLessThan(metaspace + SLACK_BYTES);
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 8);
      assertThat(directory.resolve("store").toFile().list()).hasSizeLessThan(8);
    }
  }

  private static Object oneRound(Hearth hearth, FunctionSpec spec) throws Exception {
    FunctionHandle handle = hearth.deploy("who", spec);
    Object loader = handle.invoke("x");
    assertThat(loader).isInstanceOf(ClassLoader.class);
    handle.undeploy().toCompletableFuture().get(30, SECONDS);
    return loader;
  }

  private static void awaitCollected(List<WeakReference<Object>> loaders) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(loaders.stream().filter(loader -> loader.get() != null).count()).isZero();
            });
  }

  private static long metaspaceBytes() {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals("Metaspace")) {
        return pool.getUsage().getUsed();
      }
    }
    throw new AssertionError("this JVM has no metaspace pool");
  }
}
