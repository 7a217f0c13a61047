package dev.hearth.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.TestJar;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class HostThreadTest {

  private final ClassLoader loader = HostThreadTest.class.getClassLoader();
  private final HostThread host = HostThread.start("hearth-test", loader);
  @TempDir Path directory;

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void threads_askedForByAFunction_rememberOnlyTheHost() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Borrower borrower = new Borrower(host.threads("made-"), () -> awaitQuietly(end));
    Thread made = borrower.run(functionThatMakesThreads());
    try {
      assertThat(made.isAlive()).isTrue();
      assertThat(made.isDaemon()).isTrue();
      assertThat(made.getName()).isEqualTo("made-1");
      assertThat(made.getContextClassLoader()).isSameAs(loader);

      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                System.gc();
                return borrower.functionLoader.get() == null;
              });

      assertThat(made.isAlive()).isTrue();
    } finally {
      end.countDown();
      made.join(10_000);
    }
  }

  @Test
  void call_fromItself_runsAtOnce() throws Exception {
    String name = host.call(() -> host.call(() -> Thread.currentThread().getName()));

    assertThat(name).isEqualTo("hearth-test");
  }

  @Test
  void call_taskThrows_leavesTheThreadServing() throws Exception {
    assertThatThrownBy(
            () ->
                host.call(
                    () -> {
                      throw new AssertionError("of the task");
                    }))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("of the task");

    assertThat(host.call(() -> 1)).isEqualTo(1);
  }

  @Test
  void call_closed_isRejected() {
    host.close();

    assertThatThrownBy(() -> host.call(() -> 1)).isInstanceOf(RejectedExecutionException.class);
  }

  private Path functionThatMakesThreads() {
    return TestJar.of(directory)
        .source(
            "acme.Maker",
            """
            package acme;
            import java.util.concurrent.ThreadFactory;
            import java.util.function.BiFunction;
            public class Maker implements BiFunction<ThreadFactory, Runnable, Thread> {
              static final InheritableThreadLocal<Object> MINE = new InheritableThreadLocal<>();
              @Override public Thread apply(ThreadFactory factory, Runnable task) {
                MINE.set(this);
                try {
                  Thread made = factory.newThread(task);
                  made.start();
                  return made;
                } finally {
                  MINE.remove();
                }
              }
            }
            """)
        .build("maker.jar");
  }

  private static void awaitQuietly(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs the function in a loader of its own, and keeps nothing of it. */
  private static final class Borrower {
    final ThreadFactory factory;
    final Runnable task;
    WeakReference<ClassLoader> functionLoader = new WeakReference<>(null);

    Borrower(ThreadFactory factory, Runnable task) {
      this.factory = factory;
      this.task = task;
    }

    Thread run(Path jar) throws Exception {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      try (URLClassLoader own =
          new URLClassLoader(
              new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
        functionLoader = new WeakReference<>(own);
        thread.setContextClassLoader(own);
        @SuppressWarnings("unchecked") // what the source above implements
        BiFunction<ThreadFactory, Runnable, Thread> function =
            (BiFunction<ThreadFactory, Runnable, Thread>)
                own.loadClass("acme.Maker").getConstructor().newInstance();
        return function.apply(factory, task);
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }
}
