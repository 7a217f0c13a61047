package dev.hearth;

import dev.hearth.function.WarmStore;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What a host keeps for its functions beyond the lives of their versions. Thread-safe. */
final class WarmStores {

  private final ConcurrentMap<String, KeptValues> kept = new ConcurrentHashMap<>();

  /**
   * A version's way to what is kept for its function.
   *
   * @param bytes the room that the version's spec gives; what is over it is given up when the version next keeps something
   */
  WarmStore of(String function, long bytes) {
    KeptValues values = kept.get(function);
    if (values == null) {
      KeptValues made = new KeptValues(System::nanoTime);
      KeptValues others = kept.putIfAbsent(function, made);
      values = others == null ? made : others;
    }
    return new VersionStore(function, values, bytes);
  }

  /** Gives up what is kept for a function that is gone. */
  void forget(String function) {
    kept.remove(function);
  }
}
