package dev.hearth.http.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LineWriterTest {

  private final List<String> written = new CopyOnWriteArrayList<>();

  @Test
  void close_linesThatWait_areWrittenInOrder() {
    LineWriter writer = new LineWriter("test-lines", written::add);
    writer.add(() -> "one");
    writer.add(() -> "two");
    writer.open();

    writer.close();
    writer.close();

    assertThat(written).containsExactly("one", "two");
  }

  @Test
  void add_readerThatTakesNothing_neverWaitsAndCountsWhatIsLeftOut() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    LineWriter writer =
        new LineWriter(
            "test-lines",
            line -> {
              blocked.countDown();
              awaitUp(go);
              written.add(line);
            });
    writer.open();
    writer.add(() -> "first");
    assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();

    for (int i = 0; i < 5000; i++) {
      writer.add(() -> "next");
    }
    go.countDown();

    await().until(() -> written.contains("904 requests left out"));
    writer.close();
    assertThat(written).filteredOn("next"::equals).hasSize(4096);
  }

  private static void awaitUp(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody came");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
