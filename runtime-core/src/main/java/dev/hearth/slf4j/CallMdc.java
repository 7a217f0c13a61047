package dev.hearth.slf4j;

import dev.hearth.function.Context;
import dev.hearth.function.Log;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.MDCAdapter;

/**
 * The MDC of each thread and call: what one call leaves behind is not there in the next. Thread-safe.
 *
 * <p>The threads are the host's and outlive the function. So all that they keep is of the JDK's classes: text, and a weak reference to
 * the call it belongs to.
 */
public final class CallMdc implements MDCAdapter {

  // What a thread keeps, in this order.
  private static final int CALL = 0; // WeakReference, or null outside of calls
  private static final int MAP = 1;
  private static final int STACKS = 2;

  private static final ThreadLocal<@Nullable Object @Nullable []> KEPT = new ThreadLocal<>();

  private final Log log = Log.of(CallMdc.class);

  /** For SLF4J. */
  public CallMdc() {}

  @Override
  public void put(String key, @Nullable String value) {
    map(true).put(key, value);
  }

  @Override
  public @Nullable String get(String key) {
    return map(false).get(key);
  }

  @Override
  public void remove(String key) {
    map(false).remove(key);
  }

  @Override
  public void clear() {
    KEPT.remove();
  }

  @Override
  public Map<String, @Nullable String> getCopyOfContextMap() {
    return new LinkedHashMap<>(map(false));
  }

  @Override
  public void setContextMap(Map<String, String> values) {
    Map<String, @Nullable String> map = map(true);
    map.clear();
    map.putAll(values);
  }

  @Override
  public void pushByKey(String key, @Nullable String value) {
    if (value != null) {
      stacks(true).computeIfAbsent(key, absent -> new ArrayDeque<>()).push(value);
    }
  }

  @Override
  public @Nullable String popByKey(String key) {
    Deque<String> stack = stacks(false).get(key);
    return stack == null ? null : stack.poll();
  }

  @Override
  public @Nullable Deque<String> getCopyOfDequeByKey(String key) {
    Deque<String> stack = stacks(false).get(key);
    return stack == null ? null : new ArrayDeque<>(stack);
  }

  @Override
  public void clearDequeByKey(String key) {
    stacks(false).remove(key);
  }

  @SuppressWarnings("unchecked") // written here only
  private Map<String, @Nullable String> map(boolean keep) {
    return (Map<String, @Nullable String>) part(MAP, keep);
  }

  @SuppressWarnings("unchecked") // written here only
  private Map<String, Deque<String>> stacks(boolean keep) {
    return (Map<String, Deque<String>>) part(STACKS, keep);
  }

  /** A part of what the thread keeps for its call; where it keeps nothing yet, an empty map. */
  private Map<?, ?> part(int part, boolean keep) {
    Context call = log.call();
    @Nullable Object[] known = KEPT.get();
    if (known != null && isOf(known[CALL], call)) {
      return (Map<?, ?>) known[part];
    }
    Map<String, String> map = new LinkedHashMap<>();
    Map<String, Deque<String>> stacks = new HashMap<>();
    if (keep) {
      KEPT.set(new Object[] {call == null ? null : new WeakReference<>(call), map, stacks});
    }
    return part == MAP ? map : stacks;
  }

  private static boolean isOf(@Nullable Object owner, @Nullable Context call) {
    return owner instanceof WeakReference<?> reference
        ? reference.get() == call && call != null
        : call == null;
  }
}
