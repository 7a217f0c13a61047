package dev.hearth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.loader.DeployException;
import dev.hearth.loader.UnloadWatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Refuses further versions of a function whose replaced ones stay in memory, before the host dies of them. Thread-safe.
 *
 * <p>To be sure it has the JVM look for loaders to unload, at most every ten seconds, and only for a function that has so many; and it
 * says what holds the newest of them, where the heap is small enough to be looked at without harm.
 */
final class HeldVersions {

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long SMALL_HEAP_BYTES = 256L << 20;

  private final UnloadWatch unloads;
  private final int most;

  @GuardedBy("this")
  private long lookedNanos = System.nanoTime() - LOOK_NANOS;

  @GuardedBy("this")
  private final Map<String, String> holders = new HashMap<>(); // by version, of refused functions

  HeldVersions(UnloadWatch unloads, int most) {
    this.unloads = unloads;
    this.most = most;
  }

  /**
   * Lets a function have one more version.
   *
   * @throws DeployException if it has too many that are held
   */
  void require(String function) {
    if (unloads.pending(function) < most) {
      return;
    }
    look();
    List<UnloadWatch.Pending> held = held(function);
    if (held.size() >= most) {
      UnloadWatch.Pending newest = held.get(held.size() - 1);
      throw new DeployException(
          "function '"
              + function
              + "': "
              + held.size()
              + " replaced versions are still held in memory, the oldest for "
              + held.get(0).age().toSeconds()
              + " s, so no further one is taken (limit="
              + most
              + "); version "
              + newest.version()
              + " "
              + holder(newest)
              + "; have the function let go of it when it is closed, and restart the host");
    }
  }

  private List<UnloadWatch.Pending> held(String function) {
    List<UnloadWatch.Pending> held = new ArrayList<>();
    for (UnloadWatch.Pending each : unloads.pending()) {
      if (each.held() && each.function().equals(function)) {
        held.add(each);
      }
    }
    return held;
  }

  private synchronized void look() {
    long now = System.nanoTime();
    if (now - lookedNanos >= LOOK_NANOS) {
      unloads.look();
      lookedNanos = System.nanoTime();
    }
  }

  private synchronized String holder(UnloadWatch.Pending version) {
    String known = holders.get(version.version());
    if (known == null) {
      known = search(version);
      holders.put(version.version(), known);
    }
    return known;
  }

  private String search(UnloadWatch.Pending version) {
    Runtime jvm = Runtime.getRuntime();
    if (jvm.totalMemory() - jvm.freeMemory() > SMALL_HEAP_BYTES) {
      return "is held by what a heap dump would show, for which the host would stand still: ask for it"
          + " by POST /functions/"
          + version.function()
          + "/holders, or Hearth.holder";
    }
    try {
      List<String> path = unloads.holder(version.function(), version.version());
      return path.isEmpty()
          ? "has just been let go of: try again"
          : "is held by " + String.join(" -> ", path);
    } catch (IOException e) {
      return "is held by something unknown: " + e.getMessage();
    }
  }
}
