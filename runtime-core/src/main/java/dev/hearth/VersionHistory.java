package dev.hearth;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.loader.StoredArchive;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions that a function had before its present one, the newest first: some kept as they were, warm, the older ones only
 * remembered by what they were made of. Thread-safe.
 */
final class VersionHistory {

  /** Remembered, not warm: a spec and the name of a stored archive each. */
  private static final int MOST = 10;

  private final int warm;

  @GuardedBy("this")
  private final Deque<Past> past = new ArrayDeque<>();

  /**
   * One of them.
   *
   * @param version null when it would have to be opened again
   */
  record Past(
      String id, FunctionSpec spec, StoredArchive archive, @Nullable FunctionVersion version) {

    Past cold() {
      return new Past(id, spec, archive, null);
    }
  }

  VersionHistory(int warm) {
    this.warm = warm;
  }

  /**
   * Adds the version that has just been replaced.
   *
   * @return what is not to be kept any more, which may be that one
   */
  synchronized @Nullable FunctionVersion push(FunctionVersion replaced) {
    past.addFirst(new Past(replaced.id(), replaced.spec, replaced.archive, replaced));
    List<Past> all = new ArrayList<>(past);
    FunctionVersion superfluous = null;
    past.clear();
    for (int i = 0; i < all.size() && i < MOST; i++) {
      Past each = all.get(i);
      superfluous = i >= warm && each.version() != null ? each.version() : superfluous;
      past.addLast(i < warm ? each : each.cold());
    }
    return superfluous;
  }

  /** The newest; null if there is none. */
  synchronized @Nullable Past newest() {
    return past.peekFirst();
  }

  /** Takes the newest out if it still is this one. */
  synchronized boolean take(Past expected) {
    Past newest = past.peekFirst();
    boolean same = newest != null && newest.id().equals(expected.id()); // never given twice
    return same && past.pollFirst() != null;
  }

  /** All, the newest first. */
  synchronized List<Past> all() {
    return List.copyOf(past);
  }

  /** Forgets all; gives those that are warm. */
  synchronized List<FunctionVersion> clear() {
    List<FunctionVersion> kept = new ArrayList<>();
    for (Past each : past) {
      if (each.version() != null) {
        kept.add(each.version());
      }
    }
    past.clear();
    return kept;
  }
}
