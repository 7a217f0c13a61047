package dev.hearth.guard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Redirects a class's calls of {@code System.exit} and {@code System.getenv} to {@link FunctionSystem}.
 *
 * <p>Only the constant pool is changed (JVMS 4.4): a reference to a static method names its class by a constant, and is given
 * another one. Code, stack maps and line numbers stay as they are; method references are covered, because they go through the
 * same constants. A class that has none of these calls costs one pass over its constants.
 */
final class SystemCalls {

  /** The class that takes the calls, to be defined in the function's loader. */
  static final String STAND_IN = "dev.hearth.guard.FunctionSystem";

  private static final byte[] STAND_IN_CONSTANT = ascii(STAND_IN.replace('.', '/'));
  private static final byte[] SYSTEM = ascii("java/lang/System");
  private static final byte[] EXIT = ascii("exit");
  private static final byte[] GETENV = ascii("getenv");
  private static final byte[] TAKES_STATUS = ascii("(I)V");
  private static final byte[] TAKES_NAME = ascii("(Ljava/lang/String;)Ljava/lang/String;");
  private static final byte[] TAKES_NOTHING = ascii("()Ljava/util/Map;");

  private static final int POOL =
      10; // after magic and version, where the pool begins with its count
  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int METHOD = 10;
  private static final int NAME_AND_TYPE = 12;
  private static final int MOST_CONSTANTS = 65_535;

  private final byte[] bytes;
  private final ByteBuffer in;
  private final int count;
  private final int[] offsets; // where each constant begins
  private final int end; // where the pool ends

  private SystemCalls(byte[] bytes, int[] offsets, int end) {
    this.bytes = bytes;
    this.in = ByteBuffer.wrap(bytes);
    this.count = offsets.length;
    this.offsets = offsets;
    this.end = end;
  }

  /**
   * The class file with its calls redirected; the same array when it has none, or is none.
   *
   * @param environment whether {@code getenv} is redirected, too
   */
  static byte[] redirect(byte[] classFile, boolean environment) {
    if (!mayCall(classFile, environment)) {
      return classFile;
    }
    SystemCalls calls = parse(classFile);
    return calls == null ? classFile : calls.redirected(environment);
  }

  /** A look for the names alone, without an allocation. Bytes that are no class file are left to the JVM to refuse. */
  private static boolean mayCall(byte[] bytes, boolean environment) {
    int count = bytes.length < POOL ? 0 : unsigned(bytes, POOL - 2);
    int at = POOL;
    for (int i = 1; i < count; i++) {
      int size = sizeAt(bytes, at);
      if (size == 0) {
        return false;
      }
      if (isUtf8(bytes, at, EXIT) || (environment && isUtf8(bytes, at, GETENV))) {
        return true;
      }
      i += takesTwo(bytes[at]) ? 1 : 0;
      at += size;
    }
    return false;
  }

  private static @Nullable SystemCalls parse(byte[] bytes) {
    int[] offsets = new int[unsigned(bytes, POOL - 2)];
    int at = POOL;
    for (int i = 1; i < offsets.length; i++) {
      int size = sizeAt(bytes, at);
      if (size == 0) {
        return null;
      }
      offsets[i] = at;
      i += takesTwo(bytes[at]) ? 1 : 0;
      at += size;
    }
    return new SystemCalls(bytes, offsets, at);
  }

  private byte[] redirected(boolean environment) {
    byte[] changed = null;
    for (int i = 1; i < count; i++) {
      if (offsets[i] != 0 && bytes[offsets[i]] == METHOD && isRedirected(offsets[i], environment)) {
        changed = changed == null ? longer() : changed;
        if (changed == null) {
          return bytes;
        }
        put(changed, offsets[i] + 1, count + 1);
      }
    }
    return changed == null ? bytes : changed;
  }

  /** The class file with two constants more: the stand-in's name, and the class of that name; null if there is no room. */
  private byte @Nullable [] longer() {
    if (count + 2 > MOST_CONSTANTS) {
      return null;
    }
    int name = STAND_IN_CONSTANT.length;
    byte[] longer = Arrays.copyOf(bytes, bytes.length + name + 6);
    longer[end] = UTF8;
    put(longer, end + 1, name);
    System.arraycopy(STAND_IN_CONSTANT, 0, longer, end + 3, name);
    longer[end + 3 + name] = CLASS;
    put(longer, end + 4 + name, count);
    System.arraycopy(bytes, end, longer, end + 6 + name, bytes.length - end);
    put(longer, POOL - 2, count + 2);
    return longer;
  }

  private boolean isRedirected(int method, boolean environment) {
    int owner = constant(in.getShort(method + 1));
    int nameAndType = constant(in.getShort(method + 3));
    if (bytes[owner] != CLASS
        || bytes[nameAndType] != NAME_AND_TYPE
        || !holds(in.getShort(owner + 1), SYSTEM)) {
      return false;
    }
    short name = in.getShort(nameAndType + 1);
    short type = in.getShort(nameAndType + 3);
    if (holds(name, EXIT)) {
      return holds(type, TAKES_STATUS);
    }
    return environment
        && holds(name, GETENV)
        && (holds(type, TAKES_NAME) || holds(type, TAKES_NOTHING));
  }

  /** Where a constant begins; 0 if there is none of this number. */
  private int constant(short index) {
    int i = Short.toUnsignedInt(index);
    return i < count ? offsets[i] : 0;
  }

  private boolean holds(short index, byte[] text) {
    int at = constant(index);
    return at != 0 && isUtf8(bytes, at, text);
  }

  private static boolean isUtf8(byte[] bytes, int at, byte[] text) {
    int from = at + 3;
    return bytes[at] == UTF8
        && unsigned(bytes, at + 1) == text.length
        && Arrays.equals(bytes, from, from + text.length, text, 0, text.length);
  }

  /** How long the constant at this place is with its tag; 0 if it is unknown or does not fit. */
  private static int sizeAt(byte[] bytes, int at) {
    if (at + 3 > bytes.length) {
      return 0;
    }
    int size =
        switch (bytes[at]) {
          case UTF8 -> 3 + unsigned(bytes, at + 1);
          case CLASS, 8, 16, 19, 20 -> 3; // class, string, method type, module, package
          case 15 -> 4; // method handle
          case 3, 4, 9, METHOD, 11, NAME_AND_TYPE, 17, 18 ->
              5; // numbers, members, name and type, dynamic
          case 5, 6 -> 9; // long, double
          default -> 0;
        };
    return at + size > bytes.length ? 0 : size;
  }

  private static boolean takesTwo(byte tag) {
    return tag == 5 || tag == 6;
  }

  private static int unsigned(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  private static void put(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
