package dev.hearth.loader;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first facts of a class, read from its bytes without loading it.
 *
 * @param name binary name, such as {@code acme.Outer$Inner}
 * @param superName binary name of the superclass; null for {@link Object} and module descriptors
 * @param interfaceNames binary names of the interfaces it names itself
 * @param access its access flags as {@link java.lang.reflect.Modifier} reads them
 * @param majorVersion version of the class file: 61 for Java 17, one more for each Java after it
 */
public record ClassFileHeader(
    String name,
    @Nullable String superName,
    List<String> interfaceNames,
    int access,
    int majorVersion) {

  private static final int MAGIC = 0xCAFEBABE;
  private static final int JAVA_0 = 44;
  private static final int PUBLIC = 0x0001;
  private static final int INTERFACE = 0x0200;
  private static final int ABSTRACT = 0x0400;
  private static final int ANNOTATION = 0x2000;
  private static final int ENUM = 0x4000;
  private static final int MODULE = 0x8000;

  private static final int UTF8 = 1;
  private static final int CLASS = 7;

  public ClassFileHeader {
    interfaceNames = List.copyOf(interfaceNames);
  }

  /**
   * Reads the header of a class file.
   *
   * @throws IllegalArgumentException if the bytes are not a whole class file header
   */
  public static ClassFileHeader read(byte[] classFile) {
    try {
      return new Reader(classFile).read();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IllegalArgumentException(
          "not a class file: its header does not fit in its " + classFile.length + " bytes", e);
    }
  }

  /** The version of a class file, or 0 if it does not begin like one. */
  static int majorVersion(byte[] classFile) {
    ByteBuffer bytes = ByteBuffer.wrap(classFile);
    return bytes.limit() >= 8 && bytes.getInt(0) == MAGIC
        ? Short.toUnsignedInt(bytes.getShort(6))
        : 0;
  }

  /** The first Java version that loads class files of this version. */
  static int java(int majorVersion) {
    return majorVersion - JAVA_0;
  }

  /** The newest class file version that this JVM loads. */
  static int newestLoadable() {
    return JAVA_0 + Runtime.version().feature();
  }

  /** Whether it is public. For a nested class this says less than its own declaration. */
  public boolean isPublic() {
    return (access & PUBLIC) != 0;
  }

  /** Whether it is an interface or annotation. */
  public boolean isInterface() {
    return (access & INTERFACE) != 0;
  }

  /** Whether it cannot be constructed: an abstract class or an interface. */
  public boolean isAbstract() {
    return (access & ABSTRACT) != 0;
  }

  /** Whether it is a class that may have a public constructor: not abstract, enum, annotation or module. */
  public boolean isConcreteClass() {
    return (access & (ABSTRACT | INTERFACE | ANNOTATION | ENUM | MODULE)) == 0;
  }

  private static final class Reader {
    private final byte[] bytes;
    private final ByteBuffer in;
    private int[] offsets = new int[0];

    Reader(byte[] bytes) {
      this.bytes = bytes;
      this.in = ByteBuffer.wrap(bytes);
    }

    ClassFileHeader read() {
      if (in.getInt() != MAGIC) {
        throw new IllegalArgumentException("not a class file: it does not begin with CAFEBABE");
      }
      in.getShort();
      int major = unsigned();
      readConstants();
      int access = unsigned();
      String name = className(unsigned());
      String superName = className(unsigned());
      int count = unsigned();
      List<String> interfaces = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        String type = className(unsigned());
        if (type != null) {
          interfaces.add(type);
        }
      }
      if (name == null) {
        throw new IllegalArgumentException("not a class file: it does not say its own name");
      }
      return new ClassFileHeader(name, superName, interfaces, access, major);
    }

    /** Notes where each constant begins. */
    private void readConstants() {
      offsets = new int[unsigned()];
      for (int i = 1; i < offsets.length; i++) {
        offsets[i] = in.position();
        int tag = in.get();
        skip(tag == UTF8 ? unsigned() : size(tag));
        if (tag == 5 || tag == 6) {
          i++; // long and double take two places
        }
      }
    }

    private static int size(int tag) {
      return switch (tag) {
        case CLASS, 8, 16, 19, 20 -> 2; // string, method type, module, package
        case 15 -> 3; // method handle
        case 3, 4 -> 4; // integer, float
        case 9, 10, 11, 12, 17, 18 -> 4; // field, methods, name and type, dynamic
        case 5, 6 -> 8; // long, double
        default -> throw new IllegalArgumentException("not a class file: unknown constant " + tag);
      };
    }

    private @Nullable String className(int index) {
      if (index == 0) {
        return null;
      }
      int at = offsets[index];
      if (in.get(at) != CLASS) {
        throw new IllegalArgumentException("not a class file: constant " + index + " is no class");
      }
      int name = offsets[Short.toUnsignedInt(in.getShort(at + 1))];
      int length = Short.toUnsignedInt(in.getShort(name + 1));
      if (in.get(name) != UTF8 || name + 3 + length > in.limit()) {
        throw new IllegalArgumentException("not a class file: constant " + index + " has no name");
      }
      return new String(bytes, name + 3, length, StandardCharsets.UTF_8).replace('/', '.');
    }

    private int unsigned() {
      return Short.toUnsignedInt(in.getShort());
    }

    private void skip(int bytes) {
      if (bytes > in.remaining()) {
        throw new BufferUnderflowException();
      }
      in.position(in.position() + bytes);
    }
  }
}
