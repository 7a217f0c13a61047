package dev.hearth;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A value that one thread makes and others wait for. Holds bytes and the thread, and the thread for as long as it makes the value. */
final class Making {

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Thread maker = Thread.currentThread();
  private byte @Nullable [] made; // written before the latch opens, read after

  /** Whether the calling thread is the one that makes it. */
  boolean isMine() {
    return maker == Thread.currentThread();
  }

  /** Says what was made; the array is not changed any more. */
  void made(byte[] value) {
    made = value;
  }

  void end() {
    maker = null;
    ended.countDown();
  }

  /** Waits; null if making it failed. */
  byte @Nullable [] await() throws InterruptedException {
    ended.await();
    return made;
  }
}
