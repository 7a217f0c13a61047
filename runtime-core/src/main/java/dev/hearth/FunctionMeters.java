package dev.hearth;

import dev.hearth.invoke.FunctionMeter;
import dev.hearth.invoke.HeapWatch;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The meters of a host's functions, which outlive their versions. Thread-safe. */
final class FunctionMeters {

  private final ConcurrentMap<String, FunctionMeter> meters = new ConcurrentHashMap<>();

  private final HeapWatch heap;

  /**
   * @param heap told of calls that failed
   */
  FunctionMeters(HeapWatch heap) {
    this.heap = heap;
  }

  /** Whether a call ran out of memory and it is not known yet that there is enough again. */
  boolean isShortOfMemory() {
    return heap.isLooking();
  }

  /**
   * Makes ready what limits of a call's use are measured with.
   *
   * @throws IllegalStateException if this JVM does not measure it
   */
  static void prepareForLimits() {
    FunctionMeter.prepare();
  }

  /** The one of a function. */
  FunctionMeter of(String function) {
    FunctionMeter known = meters.get(function);
    if (known == null) {
      FunctionMeter made = new FunctionMeter(function, heap);
      known = meters.putIfAbsent(function, made);
      known = known == null ? made : known;
    }
    return known;
  }

  /** A function is gone; one of the same name begins anew. */
  void forget(String function) {
    meters.remove(function);
  }
}
