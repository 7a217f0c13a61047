package dev.hearth.loader;

import static java.util.Objects.requireNonNull;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
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
   */
  public record Pending(String function, String version, Duration age) {}

  private final LongSupplier nanoTime;
  private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
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
    retired.add(new Retired(function, version, nanoTime.getAsLong(), loader, collected));
    forgetCollected();
  }

  /** Versions retired but not collected, the oldest first. */
  public List<Pending> pending() {
    forgetCollected();
    long now = nanoTime.getAsLong();
    List<Pending> pending = new ArrayList<>();
    for (Retired one : retired) {
      pending.add(new Pending(one.function, one.version, Duration.ofNanos(now - one.sinceNanos)));
    }
    pending.sort(Comparator.comparing(Pending::age).reversed());
    return pending;
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
  private static final class Retired extends PhantomReference<ClassLoader> {
    final String function;
    final String version;
    final long sinceNanos;

    Retired(
        String function,
        String version,
        long sinceNanos,
        ClassLoader loader,
        ReferenceQueue<ClassLoader> queue) {
      super(requireNonNull(loader, "loader"), queue);
      this.function = function;
      this.version = version;
      this.sinceNanos = sinceNanos;
    }
  }
}
