package dev.hearth.guard;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The constant pool of a class file (JVMS 4.4), read in place. Not thread-safe. */
final class ClassConstants {

  static final int UTF8 = 1;
  static final int CLASS = 7;
  static final int METHOD = 10;
  static final int INTERFACE_METHOD = 11;
  static final int NAME_AND_TYPE = 12;
  static final int MOST = 65_535;

  /** Where the pool begins with its count, after magic and version. */
  private static final int POOL = 10;

  final byte[] bytes;
  final int[] offsets; // where each constant begins
  final int end; // where the pool ends

  private ClassConstants(byte[] bytes, int[] offsets, int end) {
    this.bytes = bytes;
    this.offsets = offsets;
    this.end = end;
  }

  /** The {@link Marks} of all names in it, found without an allocation; 0 if it is no class file, which is left to the JVM to refuse. */
  static int marks(byte[] bytes) {
    int count = bytes.length < POOL ? 0 : unsigned(bytes, POOL - 2);
    int at = POOL;
    int marks = 0;
    for (int i = 1; i < count; i++) {
      int size = sizeAt(bytes, at);
      if (size == 0) {
        return 0;
      }
      if (bytes[at] == UTF8) {
        marks |= Marks.of(bytes, at + 3, size - 3);
      }
      i += takesTwo(bytes[at]) ? 1 : 0;
      at += size;
    }
    return marks;
  }

  /** The pool of a class file; null if it is none. */
  static @Nullable ClassConstants parse(byte[] bytes) {
    if (bytes.length < POOL) {
      return null;
    }
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
    return new ClassConstants(bytes, offsets, at);
  }

  int count() {
    return offsets.length;
  }

  /** Whether a constant is a method of a class or an interface. */
  boolean isMethod(int index) {
    int at = offsets[index];
    return at != 0 && (bytes[at] == METHOD || bytes[at] == INTERFACE_METHOD);
  }

  /** Where the text of a method's class begins; 0 if the pool is broken. */
  int owner(int method) {
    int type = at(unsigned(bytes, offsets[method] + 1), CLASS);
    return type == 0 ? 0 : at(unsigned(bytes, type + 1), UTF8);
  }

  /** Where the text of a method's name begins; 0 if the pool is broken. */
  int name(int method) {
    int both = at(unsigned(bytes, offsets[method] + 3), NAME_AND_TYPE);
    return both == 0 ? 0 : at(unsigned(bytes, both + 1), UTF8);
  }

  /** Where the text of a method's descriptor begins; 0 if the pool is broken. */
  int descriptor(int method) {
    int both = at(unsigned(bytes, offsets[method] + 3), NAME_AND_TYPE);
    return both == 0 ? 0 : at(unsigned(bytes, both + 3), UTF8);
  }

  /** Where a constant of this kind begins; 0 if there is none of this number and kind. */
  private int at(int index, int kind) {
    int at = index < offsets.length ? offsets[index] : 0;
    return at != 0 && bytes[at] == kind ? at : 0;
  }

  int marksOf(int text) {
    return Marks.of(bytes, text + 3, unsigned(bytes, text + 1));
  }

  boolean holds(int text, byte[] expected) {
    int from = text + 3;
    return unsigned(bytes, text + 1) == expected.length
        && Arrays.equals(bytes, from, from + expected.length, expected, 0, expected.length);
  }

  String text(int text) {
    return new String(bytes, text + 3, unsigned(bytes, text + 1), StandardCharsets.UTF_8);
  }

  /**
   * The class file with a class more in its pool, whose constant has the number {@link #count} + 1; null if there is no room.
   *
   * @param name internal, in ASCII
   */
  byte @Nullable [] withClass(byte[] name) {
    int count = count();
    if (count + 2 > MOST) {
      return null;
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + name.length + 6);
    longer[end] = UTF8;
    put(longer, end + 1, name.length);
    System.arraycopy(name, 0, longer, end + 3, name.length);
    longer[end + 3 + name.length] = CLASS;
    put(longer, end + 4 + name.length, count);
    System.arraycopy(bytes, end, longer, end + 6 + name.length, bytes.length - end);
    put(longer, POOL - 2, count + 2);
    return longer;
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
          case 3, 4, 9, METHOD, INTERFACE_METHOD, NAME_AND_TYPE, 17, 18 ->
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

  static void put(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }
}
