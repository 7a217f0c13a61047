package dev.hearth.loader;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Counts the collections in which the JVM looked for class loaders to unload, which most collections do not: by a loader with one class
 * that nobody holds, and that only such a collection takes away. Thread-safe.
 */
final class UnloadProbe {

  /** A class without anything, {@code P extends Object}, in the format of Java 8. */
  private static final byte[] PLAIN = {
    (byte) 0xca,
    (byte) 0xfe,
    (byte) 0xba,
    (byte) 0xbe,
    0,
    0,
    0,
    52,
    0,
    5,
    7,
    0,
    2,
    1,
    0,
    1,
    'P',
    7,
    0,
    4,
    1,
    0,
    16,
    'j',
    'a',
    'v',
    'a',
    '/',
    'l',
    'a',
    'n',
    'g',
    '/',
    'O',
    'b',
    'j',
    'e',
    'c',
    't',
    0,
    0x21,
    0,
    1,
    0,
    3,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0
  };

  private @Nullable WeakReference<ClassLoader> probe;
  private long seen;

  /** How many there were since the first call; counts one at most between two calls. */
  synchronized long count() {
    WeakReference<ClassLoader> now = probe;
    if (now != null && !now.refersTo(null)) {
      return seen;
    }
    if (now != null) {
      seen++;
    }
    probe = new WeakReference<>(new Dropped());
    return seen;
  }

  private static final class Dropped extends ClassLoader {
    Dropped() {
      super(null);
      defineClass("P", PLAIN, 0, PLAIN.length);
    }
  }
}
