package dev.hearth.cli.verify;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The constants of one class file (JVMS, section 4.4). Indexes that fit no constant of the kind asked for are errors of the file. */
final class ConstantPool {

  private static final int UTF8 = 1;
  private static final int CLASS = 7;
  private static final int HANDLE = 15;
  private static final int INVOKE_DYNAMIC = 18;
  private static final int FIRST_METHOD_KIND = 5; // of method handles; those before are fields

  private final ByteBuffer in;
  private final int[] offsets;

  private ConstantPool(ByteBuffer in, int[] offsets) {
    this.in = in;
    this.offsets = offsets;
  }

  /** Reads the pool that begins at the buffer's position, and leaves the buffer behind it. */
  static ConstantPool read(ByteBuffer in) {
    int[] offsets = new int[unsigned(in)];
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = in.position();
      int tag = in.get();
      skip(
          in,
          switch (tag) {
            case UTF8 -> unsigned(in);
            case CLASS, 8, 16, 19, 20 -> 2;
            case HANDLE -> 3;
            case 3, 4, 9, 10, 11, 12, 17, INVOKE_DYNAMIC -> 4;
            case 5, 6 -> 8;
            default -> throw new IllegalArgumentException("constant of unknown kind " + tag);
          });
      if (tag == 5 || tag == 6) {
        i++; // takes two places
      }
    }
    return new ConstantPool(in, offsets);
  }

  static int unsigned(ByteBuffer in) {
    return Short.toUnsignedInt(in.getShort());
  }

  static void skip(ByteBuffer in, long bytes) {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + (int) bytes);
  }

  String text(int index) {
    int at = at(index, UTF8);
    byte[] bytes = new byte[Short.toUnsignedInt(in.getShort(at + 1))];
    in.get(at + 3, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The binary name of a class constant; of an array's elements for an array, null where those are primitive. */
  @Nullable String className(int index) {
    return element(text(second(index, CLASS, 1)));
  }

  private static @Nullable String element(String name) {
    if (!name.startsWith("[")) {
      return name.replace('/', '.');
    }
    int begin = name.lastIndexOf('[') + 1;
    return name.startsWith("L", begin)
        ? name.substring(begin + 1, name.length() - 1).replace('/', '.')
        : null;
  }

  /** The class that an instruction's constant stands for, if it stands for one. */
  @Nullable String classOrNull(int index) {
    return tag(index) == CLASS ? className(index) : null;
  }

  /** A field or method of a class. */
  Use member(int index) {
    int at = offset(index);
    int nameAndType = offset(Short.toUnsignedInt(in.getShort(at + 3)));
    String owner = className(Short.toUnsignedInt(in.getShort(at + 1)));
    return new Use(
        owner == null ? "java.lang.Object" : owner, // an array's clone()
        text(Short.toUnsignedInt(in.getShort(nameAndType + 1))),
        text(Short.toUnsignedInt(in.getShort(nameAndType + 3))));
  }

  /** The method that a method handle calls; null for other constants and for handles of fields. */
  @Nullable Use handled(int index) {
    if (tag(index) != HANDLE) {
      return null;
    }
    int at = offset(index);
    boolean ofMethod = in.get(at + 1) >= FIRST_METHOD_KIND;
    return ofMethod ? member(Short.toUnsignedInt(in.getShort(at + 2))) : null;
  }

  /** Which bootstrap method an {@code invokedynamic} instruction uses. */
  int bootstrap(int index) {
    return second(index, INVOKE_DYNAMIC, 1);
  }

  /** All classes that there are constants for. */
  Set<String> classes() {
    Set<String> names = new TreeSet<>();
    for (int i = 1; i < offsets.length; i++) {
      String name = offsets[i] == 0 ? null : classOrNull(i);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  private int second(int index, int kind, int offset) {
    return Short.toUnsignedInt(in.getShort(at(index, kind) + offset));
  }

  private int at(int index, int kind) {
    int at = offset(index);
    if (in.get(at) != kind) {
      throw new IllegalArgumentException("constant " + index + " is not of kind " + kind);
    }
    return at;
  }

  private int tag(int index) {
    return in.get(offset(index));
  }

  private int offset(int index) {
    int at = index < offsets.length ? offsets[index] : 0;
    if (at == 0) {
      throw new IllegalArgumentException("there is no constant " + index);
    }
    return at;
  }
}
