package dev.hearth.unload;

/** Takes a loader away from threads of the JDK that were started under its code, and keep it as their context. */
final class ThreadSweep {

  private ThreadSweep() {}

  /** Gives every thread that has this loader, or one below it, the host's instead. */
  static void sweep(ClassLoader loader) {
    ClassLoader host = ThreadSweep.class.getClassLoader();
    for (Thread thread : all()) {
      if (thread != null && Loaders.isBelow(thread.getContextClassLoader(), loader)) {
        try {
          thread.setContextClassLoader(host);
        } catch (SecurityException e) {
          // one of the JDK's own that may not be given any: it does not keep it for long
        }
      }
    }
  }

  private static Thread[] all() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] all = new Thread[root.activeCount() * 2 + 16]; // room for those that begin meanwhile
    root.enumerate(all, true);
    return all;
  }
}
