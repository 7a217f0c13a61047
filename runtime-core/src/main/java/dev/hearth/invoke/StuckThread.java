package dev.hearth.invoke;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/** Says where a thread is, and who keeps it there. */
final class StuckThread {

  private static final int FRAMES = 12;

  private StuckThread() {}

  /** One line: state, the lock it waits for with its owner's stack, whether that is a deadlock, and the first frames. */
  static String describe(Thread thread) {
    StringBuilder text = new StringBuilder().append(thread.getState());
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    ThreadInfo info = threads.getThreadInfo(thread.getId(), FRAMES);
    if (info != null && info.getLockOwnerName() != null) {
      text.append(", waits for ").append(info.getLockName());
      text.append(" held by ").append(info.getLockOwnerName());
      ThreadInfo owner = threads.getThreadInfo(info.getLockOwnerId(), FRAMES);
      if (owner != null) {
        text.append(" (").append(owner.getThreadState());
        append(text, owner.getStackTrace()).append(')');
      }
      if (isDeadlocked(threads.findDeadlockedThreads(), thread.getId())) {
        text.append(", a deadlock");
      }
    }
    return append(text, thread.getStackTrace()).toString();
  }

  private static boolean isDeadlocked(long @Nullable [] deadlocked, long id) {
    if (deadlocked != null) {
      for (long one : deadlocked) {
        if (one == id) {
          return true;
        }
      }
    }
    return false;
  }

  private static StringBuilder append(StringBuilder text, StackTraceElement[] frames) {
    for (int i = 0; i < frames.length && i < FRAMES; i++) {
      text.append(i == 0 ? " at " : " < ").append(frames[i]);
    }
    return text;
  }
}
