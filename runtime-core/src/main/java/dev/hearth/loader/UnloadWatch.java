package dev.hearth.loader;

import static java.util.Objects.requireNonNull;

import dev.hearth.heap.HolderSearch;
import dev.hearth.heap.Mark;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Watches retired loaders go away. A version is gone when the JVM has collected its loader; one that stays is held by
 * something, and is listed with its age until it goes.
 *
 * <p>Keeps no loader alive and has no thread: it looks whenever it is asked or told. Thread-safe.
 */
public final class UnloadWatch {

  /**
   * A retired version whose loader has not been collected yet.
   *
   * @param age since it was retired
   * @param held whether the JVM has looked for loaders to unload often enough since then to say that something holds it; a cache that
   *     is given up when memory is short counts as well
   */
  public record Pending(String function, String version, Duration age, boolean held) {}

  /** One may have begun before the version was retired, and one before its last call had left the stack. */
  private static final int LOOKS = 3;

  private static final long SETTLE_NANOS = 20_000_000;

  private final LongSupplier nanoTime;
  private final UnloadProbe probe = new UnloadProbe();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
  private final Set<Retired> retired = ConcurrentHashMap.newKeySet();
  private final AtomicLong unloaded = new AtomicLong();

  /** A watch that has seen nothing yet. */
  public UnloadWatch() {
    this(new SystemClock());
  }

  UnloadWatch(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Begins to watch the loader of a version that has just been closed. */
  public void retired(String function, String version, ClassLoader loader) {
    requireNonNull(function, "function");
    requireNonNull(version, "version");
    retired.add(
        new Retired(
            mark(function, version),
            function,
            version,
            nanoTime.getAsLong(),
            probe.count(),
            loader,
            collected));
    forgetCollected();
  }

  /** Versions retired but not collected, the oldest first. */
  public List<Pending> pending() {
    forgetCollected();
    long now = nanoTime.getAsLong();
    long looks = probe.count();
    List<Pending> pending = new ArrayList<>();
    for (Retired one : retired) {
      boolean held = looks - one.looks >= LOOKS;
      pending.add(
          new Pending(one.function, one.version, Duration.ofNanos(now - one.sinceNanos), held));
    }
    pending.sort(Comparator.comparing(Pending::age).reversed());
    return pending;
  }

  /** How many versions of a function are retired and not collected. */
  public int pending(String function) {
    forgetCollected();
    int pending = 0;
    for (Retired one : retired) {
      pending += one.function.equals(function) ? 1 : 0;
    }
    return pending;
  }

  /** Has the JVM look for loaders to unload, often enough to tell which are held; what runs stands still for it. */
  public void look() {
    for (int look = 0; look < LOOKS && !retired.isEmpty(); look++) {
      System.gc();
      LockSupport.parkNanos(SETTLE_NANOS); // references are told a moment later
      probe.count();
      forgetCollected();
    }
  }

  /**
   * What holds the loader of a retired version; dumps the heap to find it, see {@link HolderSearch#dumpAndFind}.
   *
   * @return one line for each step from a root to it; empty if it is not held any more
   * @throws IOException if the heap cannot be dumped
   */
  public List<String> holder(String function, String version) throws IOException {
    return HolderSearch.dumpAndFind(mark(function, version));
  }

  private String mark(String function, String version) {
    return "retired " + System.identityHashCode(this) + " " + function + " " + version;
  }

  /** How many loaders have been collected since this watch began. */
  public long unloaded() {
    forgetCollected();
    return unloaded.get();
  }

  private void forgetCollected() {
    for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
      if (gone instanceof Retired one && retired.remove(one)) {
        unloaded.incrementAndGet();
      }
    }
  }

  /** Not a lambda: a host makes its watch before its first answer. */
  private static final class SystemClock implements LongSupplier {
    @Override
    public long getAsLong() {
      return System.nanoTime();
    }
  }

  /** Phantom: a loader that a finalizer could bring back is not gone. */
  private static final class Retired extends Mark {
    final String function;
    final String version;
    final long sinceNanos;
    final long looks; // that there were when it was retired

    Retired(
        String mark,
        String function,
        String version,
        long sinceNanos,
        long looks,
        ClassLoader loader,
        ReferenceQueue<Object> queue) {
      super(requireNonNull(loader, "loader"), mark, queue);
      this.function = function;
      this.version = version;
      this.sinceNanos = sinceNanos;
      this.looks = looks;
    }
  }
}
