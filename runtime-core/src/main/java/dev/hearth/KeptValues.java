package dev.hearth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The values of one function by key, the one not asked for longest first. Thread-safe; the lock is never held while a function's code runs. */
final class KeptValues {

  /** What an entry takes beside its key and value, about. */
  private static final int ENTRY_BYTES = 128;

  private final LongSupplier nanoTime;

  @GuardedBy("this")
  private final Map<String, Value> values = new LinkedHashMap<>(16, 0.75f, true);

  @GuardedBy("this")
  private long weight;

  /** Values that are being made now. */
  private final ConcurrentMap<String, Making> makings = new ConcurrentHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Value(byte[] bytes, long keptNanos, long lifetimeNanos, long weight) {}

  KeptValues(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** What is kept under a key, the array itself; null if nothing is, or no longer. */
  synchronized byte @Nullable [] get(String key) {
    Value value = values.get(key);
    if (value == null) {
      return null;
    }
    if (nanoTime.getAsLong() - value.keptNanos() >= value.lifetimeNanos()) {
      remove(key);
      return null;
    }
    return value.bytes();
  }

  /**
   * Keeps an array that nobody changes.
   *
   * @param most what all values may take
   * @return whether there was room; if not, nothing has changed
   */
  synchronized boolean put(String key, byte[] bytes, long lifetimeNanos, long most) {
    long own = weight(key, bytes.length);
    if (own > most) {
      return false;
    }
    remove(key);
    Iterator<Value> oldest = values.values().iterator();
    while (weight + own > most && oldest.hasNext()) {
      weight -= oldest.next().weight();
      oldest.remove();
    }
    values.put(key, new Value(bytes, nanoTime.getAsLong(), lifetimeNanos, own));
    weight += own;
    return true;
  }

  synchronized boolean remove(String key) {
    Value value = values.remove(key);
    if (value == null) {
      return false;
    }
    weight -= value.weight();
    return true;
  }

  /** What a value takes, about; in bytes. */
  static long weight(String key, int length) {
    return ENTRY_BYTES + 2L * key.length() + length;
  }

  /** What all values take, about; in bytes. */
  synchronized long weight() {
    return weight;
  }

  /** Takes it on the caller to make a value; null if it has, else the one who is making it now. */
  @Nullable Making begin(String key, Making mine) {
    return makings.putIfAbsent(key, mine);
  }

  /** Ends what {@link #begin} began, after the value was kept. */
  void end(String key, Making mine) {
    makings.remove(key, mine);
    mine.end();
  }
}
