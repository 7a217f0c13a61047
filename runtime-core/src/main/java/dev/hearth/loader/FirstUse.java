package dev.hearth.loader;

import dev.hearth.guard.Facility;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;

/**
 * Uses what remembers for ever who used it first, before a function does: the desktop's application context, which image I/O makes, and
 * the shutdown hook of the preferences, which both keep the context class loader that they were made under.
 */
final class FirstUse {

  private static boolean images; // guarded by the class
  private static boolean preferences; // guarded by the class

  private FirstUse() {}

  /** Before a function may use what it names. */
  static void prepare(int marks) {
    if (Facility.IMAGES.isIn(marks)) {
      images();
    }
    if (Facility.PREFERENCES.isIn(marks)) {
      preferences();
    }
  }

  private static synchronized void images() {
    if (!images) {
      images = true;
      asHost(() -> Class.forName("javax.imageio.ImageIO").getMethod("getUseCache").invoke(null));
    }
  }

  private static synchronized void preferences() {
    if (!preferences) {
      preferences = true;
      // What other systems than Unix have instead has no such hook.
      asHost(() -> Class.forName("java.util.prefs.FileSystemPreferences"));
    }
  }

  private static void asHost(Callable<?> use) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      use.call();
    } catch (ClassNotFoundException e) {
      // a JDK without it: the function will hear so, too
    } catch (Exception | LinkageError e) {
      LoggerFactory.getLogger(FirstUse.class)
          .warn("a part of the JDK cannot be prepared; its first user may stay in memory", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
