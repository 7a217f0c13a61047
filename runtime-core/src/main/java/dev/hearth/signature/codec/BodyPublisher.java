package dev.hearth.signature.codec;

import dev.hearth.signature.spi.InputException;
import java.io.IOException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as a publisher for one subscriber. It reads when it is asked for items, on the thread that asks, so that nothing is
 * read ahead of what the function wants.
 */
final class BodyPublisher implements Flow.Publisher<Object> {

  /** Gives the items of a body one by one. */
  interface Items {
    /**
     * The next, or null at the end.
     *
     * @throws IOException if the client left
     * @throws InputException if what was sent does not fit
     */
    @Nullable Object next() throws IOException, InputException;
  }

  private final Items items;
  private boolean taken; // guarded by this

  BodyPublisher(Items items) {
    this.items = items;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Object> subscriber) {
    boolean second;
    synchronized (this) {
      second = taken;
      taken = true;
    }
    Reading reading = new Reading(subscriber);
    subscriber.onSubscribe(reading);
    if (second) {
      reading.fail(new IllegalStateException("a request's body has one subscriber"));
    }
  }

  private final class Reading implements Flow.Subscription {
    private final Flow.Subscriber<? super Object> subscriber;
    private long wanted; // guarded by this
    private boolean emitting; // guarded by this
    private boolean ended; // guarded by this

    Reading(Flow.Subscriber<? super Object> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long count) {
      if (count <= 0) {
        fail(new IllegalArgumentException("asked for " + count + " items; ask for at least 1"));
        return;
      }
      synchronized (this) {
        wanted = wanted + count < 0 ? Long.MAX_VALUE : wanted + count;
        if (emitting) {
          return; // asked for from within onNext, or by a second thread: who emits goes on
        }
        emitting = true;
      }
      emit();
    }

    private void emit() {
      while (takeOne()) {
        Object item;
        try {
          item = items.next();
        } catch (IOException | InputException | RuntimeException e) {
          fail(e);
          return;
        }
        if (item == null) {
          complete();
          return;
        }
        subscriber.onNext(item);
      }
    }

    private synchronized boolean takeOne() {
      if (wanted == 0 || ended) {
        emitting = false;
        return false;
      }
      wanted--;
      return true;
    }

    private synchronized boolean end() {
      boolean first = !ended;
      ended = true;
      return first;
    }

    private void complete() {
      if (end()) {
        subscriber.onComplete();
      }
    }

    void fail(Throwable failure) {
      if (end()) {
        subscriber.onError(failure);
      }
    }

    @Override
    public void cancel() {
      end();
    }
  }
}
