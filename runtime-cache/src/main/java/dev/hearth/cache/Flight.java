package dev.hearth.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Headers;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a function and those who wait for it. Thread-safe.
 *
 * <p>The run is nobody's own: it goes on although one of them has left. It ends once, by {@link #answered} or {@link #failed}; what comes
 * later is ignored.
 */
public final class Flight {

  /** One who waits; is told one of these, once, on any thread, outside every lock. It must not throw. */
  public interface Passenger {

    /**
     * The run gave an answer.
     *
     * @param shared whether it is that of another one's run
     */
    void answered(CachedAnswer answer, boolean shared);

    /** The run failed, or gave something that cannot be shared: the caller is to run the function itself. */
    void alone();
  }

  private final FunctionCache cache;
  private final CacheKey key;
  private final boolean sharesErrors;

  @GuardedBy("this")
  private final List<Passenger> waiting = new ArrayList<>(2);

  @GuardedBy("this")
  private boolean ended;

  Flight(FunctionCache cache, CacheKey key, boolean sharesErrors) {
    this.cache = cache;
    this.key = key;
    this.sharesErrors = sharesErrors;
  }

  CacheKey key() {
    return key;
  }

  /** Takes one on board; false if it has ended. */
  synchronized boolean join(Passenger passenger) {
    return !ended && waiting.add(passenger);
  }

  /** Ends with what the function answered, which is kept if it may be. */
  public void answered(Headers request, CachedAnswer answer) {
    // Kept before it lands, so that who comes next finds the one or the other.
    CachedAnswer given = cache.keep(key, request, answer);
    end(given == null ? answer : given, given != null);
  }

  /** Ends without one; the first who waits is told this, and all where errors are shared. */
  public void failed(CachedAnswer error) {
    end(error, sharesErrors);
  }

  private void end(CachedAnswer answer, boolean forAll) {
    List<Passenger> all;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      all = List.copyOf(waiting);
      waiting.clear();
    }
    cache.land(this);
    boolean first = true;
    for (Passenger passenger : all) {
      if (first || forAll) {
        passenger.answered(answer, !first);
      } else {
        passenger.alone();
      }
      first = false;
    }
  }
}
