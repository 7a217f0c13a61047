package dev.hearth.cli.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The {@linkplain LineBudget budget} of each function, by its name. Thread-safe. */
final class LineBudgets {

  /** Of more names than a host has functions those that are gone are forgotten, and the others begin anew. */
  private static final int MOST = 10_000;

  private final long perSecond;
  private final Map<String, LineBudget> ofFunctions = new ConcurrentHashMap<>();

  LineBudgets(long perSecond) {
    this.perSecond = perSecond;
  }

  /** Asks for room for a line of a function. */
  LineBudget.Verdict take(String function, long length) {
    long now = System.nanoTime();
    LineBudget budget = ofFunctions.get(function);
    if (budget == null) {
      if (ofFunctions.size() >= MOST) {
        ofFunctions.clear();
      }
      LineBudget made = new LineBudget(function, perSecond, now);
      LineBudget before = ofFunctions.putIfAbsent(function, made);
      budget = before == null ? made : before;
    }
    return budget.take(length, now);
  }
}
