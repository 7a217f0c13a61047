package dev.hearth.pool;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.atomic.AtomicInteger;

/** Something that was opened, with how many use it and whether it is doubted. Thread-safe. */
final class Held<T> {

  private final T value;
  private final AtomicInteger doubts = new AtomicInteger();
  private volatile int dispelled; // of the doubts; written by the one that checks

  @GuardedBy("this")
  private int users;

  @GuardedBy("this")
  private boolean retired;

  Held(T value) {
    this.value = value;
  }

  T value() {
    return value;
  }

  void doubt() {
    doubts.incrementAndGet();
  }

  boolean isDoubted() {
    return doubts.get() != dispelled;
  }

  /** The doubts so far: those that arise while it is checked are not dispelled by that check. */
  int doubts() {
    return doubts.get();
  }

  void trust(int doubtsSeen) {
    dispelled = doubtsSeen;
  }

  /** Begins a use; false if it has been replaced. */
  synchronized boolean enter() {
    if (retired) {
      return false;
    }
    users++;
    return true;
  }

  /** Ends a use; whether it was the last of one that has been replaced. */
  synchronized boolean leave() {
    users--;
    return retired && users == 0;
  }

  /** Takes no more users; whether it has none. */
  synchronized boolean retire() {
    retired = true;
    return users == 0;
  }

  synchronized int users() {
    return users;
  }
}
