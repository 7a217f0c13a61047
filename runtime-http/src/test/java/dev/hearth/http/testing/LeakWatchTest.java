package dev.hearth.http.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The control: a leak made on purpose is caught. */
class LeakWatchTest {

  @Test
  void found_bufferDropped_isReported() {
    drop();

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(LeakWatch.found()).isNotEmpty());

    LeakWatch.found().clear();
  }

  private static void drop() {
    ByteBufAllocator.DEFAULT.buffer(16).writeByte(1);
  }
}
