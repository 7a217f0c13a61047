package dev.hearth.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.UnloadAssert;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class UnloadWatchTest {

  private final AtomicLong now = new AtomicLong(1_000);
  private final UnloadWatch watch = new UnloadWatch(now::get);

  private static ClassLoader loader() {
    return new URLClassLoader(new URL[0], null);
  }

  @Test
  void pending_loaderThatIsHeld_isListedWithItsAge() {
    ClassLoader held = loader();
    watch.retired("hello", "v1", held);
    now.addAndGet(TimeUnit.SECONDS.toNanos(3));

    assertThat(UnloadAssert.isCollected(new WeakReference<>(held))).isFalse();

    assertThat(watch.pending())
        .containsExactly(new UnloadWatch.Pending("hello", "v1", Duration.ofSeconds(3), false));
    assertThat(watch.unloaded()).isZero();
    assertThat(held).isNotNull(); // until here
  }

  @Test
  void pending_loaderThatNothingHolds_isForgotten() {
    watch.retired("hello", "v1", loader());

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(watch.pending()).isEmpty();
            });
    assertThat(watch.unloaded()).isEqualTo(1);
  }

  @Test
  void pending_several_theOldestFirst() {
    ClassLoader one = loader();
    ClassLoader two = loader();
    watch.retired("b", "v1", one);
    now.addAndGet(1);
    watch.retired("a", "v2", two);

    assertThat(watch.pending())
        .extracting(UnloadWatch.Pending::version)
        .containsExactly("v1", "v2");
    assertThat(one).isNotSameAs(two); // until here
  }
}
