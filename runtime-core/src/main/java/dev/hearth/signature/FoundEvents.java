package dev.hearth.signature;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.signature.spi.Events;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Events of the function's copy of {@code io.cloudevents}; what binds them is defined when the first one is met. Until
 * then a name is all that is looked for.
 */
final class FoundEvents implements Events {

  private static final String TYPE = "io.cloudevents.CloudEvent";

  private final World world;
  private final ReentrantLock lock = new ReentrantLock();

  /** Written once, under the lock. */
  @GuardedBy("lock")
  private volatile @Nullable Events found;

  private volatile @Nullable Class<?>
      other; // the last class that was none: most functions give one

  FoundEvents(World world) {
    this.world = world;
  }

  @Override
  public boolean isEvent(Object value) {
    Class<?> type = value.getClass();
    if (type == other) {
      return false;
    }
    boolean is = isNamed(type);
    if (!is) {
      other = type;
    }
    return is;
  }

  private static boolean isNamed(@Nullable Class<?> type) {
    if (type == null) {
      return false;
    }
    if (type.getName().equals(TYPE)) {
      return true;
    }
    for (Class<?> each : type.getInterfaces()) {
      if (isNamed(each)) {
        return true;
      }
    }
    return isNamed(type.getSuperclass());
  }

  @Override
  public Object read(Request request) throws InputException {
    return events().read(request);
  }

  @Override
  public void write(Object event, Response response) throws OutputException, IOException {
    events().write(event, response);
  }

  @SuppressWarnings("GuardedBy") // read without the lock; it is written once
  private Events events() {
    Events known = found;
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      known = found;
      if (known == null) {
        known = world.events();
        found = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }
}
