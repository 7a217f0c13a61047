package dev.hearth.guard;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The names in a class file's constants that have it looked at more closely, and what of the JDK they stand for. */
final class Marks {

  /** A method that {@link SystemCalls} may redirect. */
  static final int SYSTEM = 1;

  /** A class that {@link CallRules} has rules for. */
  static final int CALLS = 1 << 1;

  /** A call that looks a method up by its name. */
  static final int LOOKUP = 1 << 2;

  /** The name of a method that ends the process. */
  static final int EXIT = 1 << 3;

  private static final int SLOTS = 256; // a power of two, several times the names
  private static final byte[][] NAMES = new byte[SLOTS][];
  private static final int[] MARKS = new int[SLOTS];

  static {
    put("exit", SYSTEM | EXIT);
    put("halt", EXIT);
    put("getenv", SYSTEM);
    put("getProperty", SYSTEM);
    put("setProperty", SYSTEM);
    put("clearProperty", SYSTEM);
    put("getProperties", SYSTEM);
    put("setProperties", SYSTEM);
    put("getInteger", SYSTEM);
    put("getLong", SYSTEM);
    put("getBoolean", SYSTEM);
    put("setOut", CALLS);
    put("setErr", CALLS);
    put("setIn", CALLS);
    put("setSecurityManager", CALLS);
    put("getMethod", LOOKUP);
    put("getDeclaredMethod", LOOKUP);
    put("findStatic", LOOKUP);
    put("findVirtual", LOOKUP);
    for (String owner : CallRules.OWNERS) {
      put(owner, CALLS);
    }
    put("java/lang/ThreadLocal", Facility.THREAD_LOCALS.mark());
    put("java/lang/InheritableThreadLocal", Facility.THREAD_LOCALS.mark());
    put("java/beans/Introspector", Facility.BEANS.mark());
    put("java/util/ResourceBundle", Facility.BUNDLES.mark());
    put("addHandler", Facility.LOGGING.mark());
    put("setFilter", Facility.LOGGING.mark());
    put("java/lang/management/ManagementFactory", Facility.MANAGEMENT.mark());
    put("javax/management/MBeanServer", Facility.MANAGEMENT.mark());
    put("java/security/Security", Facility.PROVIDERS.mark());
    put("java/sql/DriverManager", Facility.DRIVERS.mark());
    put("java/util/prefs/Preferences", Facility.PREFERENCES.mark());
    put("javax/imageio/ImageIO", Facility.IMAGES.mark());
    put("javax/imageio/spi/IIORegistry", Facility.IMAGES.mark());
  }

  private Marks() {}

  private static void put(String name, int marks) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    int slot = slot(bytes, 0, bytes.length);
    while (NAMES[slot] != null && !Arrays.equals(NAMES[slot], bytes)) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    NAMES[slot] = bytes;
    MARKS[slot] |= marks;
  }

  /** The marks of a name; 0 if it has none. */
  static int of(byte[] in, int from, int length) {
    if (length == 0) {
      return 0;
    }
    for (int slot = slot(in, from, length); NAMES[slot] != null; slot = (slot + 1) & (SLOTS - 1)) {
      byte[] name = NAMES[slot];
      if (Arrays.equals(name, 0, name.length, in, from, from + length)) {
        return MARKS[slot];
      }
    }
    return 0;
  }

  private static int slot(byte[] in, int from, int length) {
    int hash = (length * 31 + in[from + length - 1]) * 31 + in[from + (length >> 1)];
    return (hash ^ hash >>> 7) & (SLOTS - 1);
  }
}
