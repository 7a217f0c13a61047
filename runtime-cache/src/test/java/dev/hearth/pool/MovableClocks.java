package dev.hearth.pool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Clocks that go only when they are put forward: a machine that is busy does not stand still by them. */
final class MovableClocks implements Heartbeat.Clocks {

  private final AtomicLong monotonic = new AtomicLong();
  private final AtomicLong wall = new AtomicLong();

  void moveMonotonic(Duration by) {
    monotonic.addAndGet(by.toNanos());
  }

  void moveWall(Duration by) {
    wall.addAndGet(by.toMillis());
  }

  @Override
  public long nanos() {
    return monotonic.get();
  }

  @Override
  public long millis() {
    return wall.get();
  }
}
