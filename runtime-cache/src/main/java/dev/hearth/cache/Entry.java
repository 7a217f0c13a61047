package dev.hearth.cache;

import java.util.List;

/** What is kept under a key. */
sealed interface Entry {

  /** What it takes in memory, about; in bytes. */
  int weight();

  /** How long it is kept, in nanoseconds. */
  long kept();

  /**
   * An answer.
   *
   * @param madeNanos when it was kept, by the cache's clock
   */
  record Kept(CachedAnswer answer, Lifetime lifetime, long madeNanos) implements Entry {
    @Override
    public int weight() {
      return answer.weight();
    }

    @Override
    public long kept() {
      return lifetime.kept();
    }
  }

  /**
   * The answers differ by headers of the request: they are under keys that hold those as well.
   *
   * @param names in lower case, sorted
   */
  record Varies(List<String> names, long kept) implements Entry {
    @Override
    public int weight() {
      return 64 + 64 * names.size();
    }
  }
}
