package dev.hearth.invoke;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The threads of a host that are inside a function's code which nothing could stop. Each is replaced, gets no more work, and is taken
 * back when it leaves that code after all. Thread-safe.
 */
public final class Quarantine {

  /**
   * A thread that was given up.
   *
   * @param thread its name
   * @param reason why its code had to end
   * @param where its state, what it waits for, and the first frames of its stack when it was given up
   * @param age since then
   */
  public record Held(
      String function, String version, String thread, String reason, String where, Duration age) {}

  /** One entry, for {@link #release}. */
  static final class Entry {
    private final Thread thread;
    private final String function;
    private final String version;
    private final String reason;
    private final String where;
    private final long sinceNanos = System.nanoTime();

    Entry(Thread thread, String function, String version, String reason, String where) {
      this.thread = thread;
      this.function = function;
      this.version = version;
      this.reason = reason;
      this.where = where;
    }
  }

  private final Workers workers;
  private final int most;
  private final Set<Entry> held = ConcurrentHashMap.newKeySet();
  private final AtomicLong total = new AtomicLong();

  /**
   * @param workers whose threads are replaced
   * @param most how many the host bears before it is not ready
   */
  public Quarantine(Workers workers, int most) {
    this.workers = workers;
    this.most = most;
  }

  Entry add(Thread thread, String function, String version, String reason) {
    String where = StuckThread.describe(thread);
    Entry entry = new Entry(thread, function, version, reason, where);
    held.add(entry);
    total.incrementAndGet();
    workers.lost(thread);
    LoggerFactory.getLogger(Quarantine.class)
        .warn(
            "function '{}' version {}: thread {} cannot be stopped ({}) and is replaced; {} such threads, the host is ready up to {}: {}",
            function,
            version,
            thread.getName(),
            reason,
            held.size(),
            most,
            where);
    return entry;
  }

  void release(Entry entry) {
    if (held.remove(entry)) {
      workers.regained(entry.thread);
      LoggerFactory.getLogger(Quarantine.class)
          .info(
              "function '{}' version {}: thread {} has come back",
              entry.function,
              entry.version,
              entry.thread.getName());
    }
  }

  /** The threads held now, the oldest first. */
  public List<Held> held() {
    long now = System.nanoTime();
    List<Held> all = new ArrayList<>();
    for (Entry entry : held) {
      if (entry.thread.isAlive()) {
        all.add(
            new Held(
                entry.function,
                entry.version,
                entry.thread.getName(),
                entry.reason,
                entry.where,
                Duration.ofNanos(now - entry.sinceNanos)));
      }
    }
    all.sort(Comparator.comparing(Held::age).reversed());
    return all;
  }

  /** How many threads were given up since the host began, those that came back included. */
  public long total() {
    return total.get();
  }

  /** Why the host should get no more calls, one line; null while it bears what it holds. */
  public @Nullable String unready() {
    int now = held.size();
    return now <= most
        ? null
        : now
            + " threads are held by functions that cannot be stopped, more than the "
            + most
            + " that are borne: "
            + functions()
            + "; restart the process";
  }

  private List<String> functions() {
    List<String> names = new ArrayList<>();
    for (Entry entry : held) {
      if (!names.contains(entry.function)) {
        names.add(entry.function);
      }
    }
    names.sort(Comparator.naturalOrder());
    return names;
  }
}
