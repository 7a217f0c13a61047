package dev.hearth.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where functions leave things for the test that called them. Code of a function reaches it by {@link #NAME}: properties that it sets
 * itself are seen by nobody else.
 */
public final class TestBag {

  /** The system property that is the bag: a {@link Map}. */
  public static final String NAME = "hearth.test.bag";

  private static final Map<Object, Object> BAG = new ConcurrentHashMap<>();

  static {
    System.getProperties().put(NAME, BAG);
  }

  private TestBag() {}

  /** Puts the bag where functions find it. */
  static void open() {
    // done once, above
  }

  /** Leaves something for a function. */
  public static void put(Object name, Object value) {
    BAG.put(name, value);
  }

  /** What was left under a name. */
  public static @Nullable Object get(Object name) {
    return BAG.get(name);
  }

  /** Takes out what was left under a name. */
  public static @Nullable Object remove(Object name) {
    return BAG.remove(name);
  }

  /** The names under which something was left. */
  public static Iterable<Object> names() {
    return List.copyOf(BAG.keySet());
  }
}
