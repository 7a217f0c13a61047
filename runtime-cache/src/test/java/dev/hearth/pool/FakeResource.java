package dev.hearth.pool;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A resource that notes what is done with it, and does as the test says. */
final class FakeResource implements WarmResource<Callable<String>> {

  /** What the real ones do when nobody listens. */
  static final Callable<Object> REFUSE =
      () -> {
        throw new IOException("connection refused");
      };

  final List<String> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger opened = new AtomicInteger();
  volatile Callable<Boolean> check = () -> true;
  volatile Callable<Object> opening = () -> "";
  volatile Callable<Object> use = () -> "";
  volatile Callable<Object> closing = () -> "";

  /** What is opened: says which one it is. */
  private record Numbered(int number, FakeResource by) implements Callable<String> {
    @Override
    public String call() throws Exception {
      by.use.call();
      return "#" + number;
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the class of a generic type
  public Class<Callable<String>> type() {
    return (Class<Callable<String>>) (Class<?>) Callable.class;
  }

  @Override
  public Callable<String> open() throws Exception {
    events.add("opening");
    opening.call();
    int number = opened.incrementAndGet();
    events.add("opened #" + number);
    return new Numbered(number, this);
  }

  @Override
  public boolean check(Callable<String> value) throws Exception {
    events.add("checking #" + ((Numbered) value).number());
    return check.call();
  }

  @Override
  public void close(Callable<String> value) throws Exception {
    events.add("closing #" + ((Numbered) value).number());
    closing.call();
    events.add("closed #" + ((Numbered) value).number());
  }
}
