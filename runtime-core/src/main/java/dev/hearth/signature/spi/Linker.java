package dev.hearth.signature.spi;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Makes the classes that call methods, off the threads that call: the first takes the JDK some ten milliseconds. Loaded for the first of
 * them only, not by a process that answers a few times. Its thread ends when there
 * is nothing to do, as it may know the function on whose behalf it was started.
 */
final class Linker {

  private static final int WAITING_AT_MOST = 1024;
  private static final long IDLE_MILLIS = 200;

  private static final ThreadPoolExecutor THREAD = thread();

  private Linker() {}

  private static ThreadPoolExecutor thread() {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_MILLIS,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(WAITING_AT_MOST),
            Linker::newThread);
    one.allowCoreThreadTimeOut(true);
    return one;
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(null, work, "hearth-invokers", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Linker.class.getClassLoader());
    return thread;
  }

  /** Has the class made soon; false if too many wait for theirs already. */
  static boolean submit(MethodCall method, BoundMethod first) {
    try {
      THREAD.execute(() -> link(method, first));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private static void link(MethodCall method, BoundMethod first) {
    try {
      method.link(first);
    } catch (Throwable e) { // reflection is always there
      LoggerFactory.getLogger(Linker.class)
          .debug("{} goes on being called by reflection: no class could be made", method, e);
    }
  }
}
