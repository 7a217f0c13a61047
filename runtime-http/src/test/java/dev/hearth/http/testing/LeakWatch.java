package dev.hearth.http.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class when Netty finds a buffer that was not given back. Registered for every class of the module,
 * whose tests run with {@code io.netty.leakDetection.level=paranoid}.
 */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {

  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  static {
    // Before any buffer class is initialised: they take their detector from the factory then.
    ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Detectors());
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
      throw new IllegalStateException(
          "tests of this module need -Dio.netty.leakDetection.level=paranoid; it is "
              + ResourceLeakDetector.getLevel());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    found();
    if (!LEAKS.isEmpty()) {
      String all = String.join("\n", LEAKS);
      LEAKS.clear();
      throw new AssertionError("buffers were not given back:\n" + all);
    }
  }

  /** What was found so far, after a collection. */
  static Queue<String> found() {
    System.gc();
    // The detector looks at what was collected when the next buffer is tracked.
    for (int i = 0; i < 3; i++) {
      ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(16);
      buffer.release();
    }
    return LEAKS;
  }

  private static final class Detectors extends ResourceLeakDetectorFactory {
    @Override
    @SuppressWarnings("deprecation") // the one that is abstract
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(
        Class<T> resource, int samplingInterval, long maxActive) {
      return new Detector<>(resource, samplingInterval);
    }
  }

  private static final class Detector<T> extends ResourceLeakDetector<T> {
    Detector(Class<T> resource, int samplingInterval) {
      super(resource, samplingInterval);
    }

    @Override
    protected boolean needReport() {
      return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
      LEAKS.add(resourceType + ": " + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
      LEAKS.add(resourceType);
    }
  }
}
