package dev.hearth.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class HolderSearchTest {

  private static final List<Object> HELD = new ArrayList<>();
  private static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();
  private static Object soft = new Object();

  private final ReferenceQueue<Object> queue = new ReferenceQueue<>();

  private List<String> search(String text) throws IOException {
    Path before = Path.of(System.getProperty("java.io.tmpdir"));
    List<String> path = HolderSearch.dumpAndFind(text);
    try (var left = Files.newDirectoryStream(before, "hearth-heap*")) {
      assertThat(left).as("no dump stays behind").isEmpty();
    }
    return path;
  }

  @Test
  void find_heldByAStaticList_namesClassFieldAndIndex() throws IOException {
    Mark mark = inStaticList();

    String path = String.join(" ", search("static-list"));

    assertThat(path)
        .contains("dev.hearth.heap.HolderSearchTest.HELD java.util.ArrayList.elementData")
        .endsWith("java.lang.Object[]");
    assertThat(mark.mark()).isEqualTo("static-list");
  }

  private Mark inStaticList() {
    Object[] marked = {new int[3]};
    HELD.add(List.of("before", marked));
    return new Mark(marked, "static-list", queue);
  }

  @Test
  void find_heldByAThreadLocalOfAThread_namesTheThread() throws Exception {
    CountDownLatch set = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              Mark mark = inThreadLocal();
              set.countDown();
              try {
                assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              HELD.add(mark);
            },
            "the-holder");
    thread.start();
    try {
      assertThat(set.await(60, TimeUnit.SECONDS)).isTrue();

      List<String> path = search("thread-local");

      assertThat(path.get(0)).startsWith("thread 'the-holder': java.lang.Thread.threadLocals");
      assertThat(String.join(" ", path))
          .contains("ThreadLocal$ThreadLocalMap.table", "ThreadLocal$ThreadLocalMap$Entry.value");
    } finally {
      end.countDown();
      thread.join();
    }
  }

  private Mark inThreadLocal() {
    Object marked = new byte[1];
    LOCAL.set(List.of(marked));
    return new Mark(marked, "thread-local", queue);
  }

  @Test
  void find_heldSoftlyOnly_saysSoAndHeldWeaklyIsNotHeld() throws IOException {
    Mark mark = softly();
    WeakReference<Object> weak = weakly();
    HELD.add(mark);
    HELD.add(weak);

    assertThat(String.join(" ", search("softly"))).contains("java.lang.ref.SoftReference.referent");
    assertThat(search("weakly")).isEmpty();
    assertThat(soft).isNotNull();
  }

  private Mark softly() {
    Object marked = new byte[2];
    soft = new SoftReference<>(marked);
    return new Mark(marked, "softly", queue);
  }

  private WeakReference<Object> weakly() {
    Object marked = new byte[2];
    HELD.add(new Mark(marked, "weakly", queue));
    return new WeakReference<>(marked);
  }

  @Test
  void find_fileThatIsNoDump_isRefused(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("x.hprof"), "no dump\0 at all");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> HolderSearch.find(file, "x"))
        .withMessageContaining("is no heap dump");
  }
}
