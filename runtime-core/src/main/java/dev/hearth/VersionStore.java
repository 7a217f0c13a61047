package dev.hearth;

import static java.util.Objects.requireNonNull;

import dev.hearth.function.WarmStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A version's way to the values of its function, with the room that its spec gives. */
final class VersionStore implements WarmStore {

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final String function;
  private final KeptValues values;
  private final long bytes;

  VersionStore(String function, KeptValues values, long bytes) {
    this.function = function;
    this.values = values;
    this.bytes = bytes;
  }

  @Override
  public Optional<byte[]> get(String key) {
    byte[] kept = values.get(requireNonNull(key, "key"));
    return kept == null ? Optional.empty() : Optional.of(kept.clone());
  }

  @Override
  public byte[] get(String key, Duration lifetime, Callable<byte[]> maker) throws Exception {
    requireNonNull(key, "key");
    requireNonNull(maker, "maker");
    long nanos = nanos(lifetime);
    while (true) {
      byte[] kept = values.get(key);
      if (kept != null) {
        return kept.clone();
      }
      Making mine = new Making();
      Making others = values.begin(key, mine);
      if (others == null) {
        return make(key, nanos, maker, mine);
      }
      byte[] made = await(key, others);
      if (made != null) {
        return made.clone();
      }
    }
  }

  private byte[] make(String key, long nanos, Callable<byte[]> maker, Making mine)
      throws Exception {
    try {
      byte[] before = values.get(key); // whoever made it has just ended
      if (before != null) {
        mine.made(before);
        return before.clone();
      }
      byte[] made = maker.call();
      if (made == null) {
        throw new IllegalStateException(
            "function '"
                + function
                + "': the maker of '"
                + key
                + "' gave null; it must give bytes");
      }
      byte[] own = made.clone();
      values.put(key, own, nanos, bytes);
      mine.made(own);
      return made;
    } finally {
      values.end(key, mine);
    }
  }

  private byte @Nullable [] await(String key, Making others) throws InterruptedException {
    if (others.isMine()) {
      throw new IllegalStateException(
          "function '"
              + function
              + "': the maker of '"
              + key
              + "' asks for the same key, which would wait for itself; make it of other keys");
    }
    return others.await();
  }

  @Override
  public void put(String key, byte[] value, Duration lifetime) {
    requireNonNull(key, "key");
    requireNonNull(value, "value");
    if (!values.put(key, value.clone(), nanos(lifetime), bytes)) {
      throw new IllegalArgumentException(
          "function '"
              + function
              + "': the value of '"
              + key
              + "' takes "
              + KeptValues.weight(key, value.length)
              + " bytes and warmStore is "
              + bytes
              + "; keep less, or give it more room");
    }
  }

  @Override
  public boolean remove(String key) {
    return values.remove(requireNonNull(key, "key"));
  }

  private static long nanos(Duration lifetime) {
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new IllegalArgumentException(
          "lifetime is " + lifetime + "; it must be longer than zero");
    }
    return lifetime.compareTo(LONGEST) >= 0 ? LONGEST.toNanos() : lifetime.toNanos();
  }
}
