package dev.hearth.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class RecordMethodsTest {

  @TempDir private Path directory;

  /** Calls the methods of a record of the function, as its own code does. */
  private FunctionLoader used(String name) throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Pair",
                """
                package acme;
                public record Pair(Thread.State one, Pair other) implements Runnable {
                  public void run() {
                    Pair pair = new Pair(Thread.State.NEW, this);
                    String all = "" + pair.equals(new Pair(Thread.State.NEW, this)) + pair.hashCode() + pair;
                    if (!all.startsWith("true")) { throw new IllegalStateException(all); }
                  }
                }
                """)
            .build(name + ".jar");
    FunctionLoader loader =
        FunctionLoader.open(name, ArchiveStore.open(directory.resolve("store")).add(jar));
    Class<?> pair = Class.forName("acme.Pair", true, loader);
    ((Runnable) pair.getConstructors()[0].newInstance(Thread.State.NEW, null)).run();
    return loader;
  }

  @Test
  void loader_whoseRecordWasUsedLast_isCollectedOnceClosed() throws Exception {
    FunctionLoader loader = used("closed");
    WeakReference<ClassLoader> collected = new WeakReference<>(loader);

    loader.close();
    loader = null;

    UnloadAssert.assertCollected(collected);
    assertThat(loader).isNull();
  }
}
