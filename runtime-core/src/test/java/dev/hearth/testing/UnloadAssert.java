package dev.hearth.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Proves that a retired loader is collected. Needs {@code -XX:SoftRefLRUPolicyMSPerMB=0}, or soft
 * references in the JDK read as leaks.
 */
public final class UnloadAssert {

  private static final int ROUNDS = 40;
  private static final long PAUSE_NANOS = 50_000_000;

  private UnloadAssert() {}

  /**
   * Collects garbage until the reference is cleared, for about two seconds and the time the collections take.
   *
   * @throws AssertionError if it is not; the message says where the heap was dumped
   */
  public static void assertCollected(Reference<? extends ClassLoader> loader) {
    if (!isCollected(loader)) {
      throw new AssertionError(
          "the loader is still held after "
              + ROUNDS
              + " collections; find the path from a root to it in "
              + dumpHeap());
    }
  }

  /** As {@link #assertCollected}, but tells. */
  public static boolean isCollected(Reference<? extends ClassLoader> loader) {
    for (int round = 0; round < ROUNDS; round++) {
      System.gc();
      if (loader.refersTo(null)) {
        return true;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return false;
  }

  private static Path dumpHeap() {
    Path target = Path.of("target").toAbsolutePath();
    try {
      Path file =
          Files.createDirectories(target).resolve("leak-" + System.currentTimeMillis() + ".hprof");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpHeap(file.toString(), true);
      return file;
    } catch (IOException e) {
      throw new AssertionError("the loader is still held, and the heap cannot be dumped", e);
    }
  }
}
