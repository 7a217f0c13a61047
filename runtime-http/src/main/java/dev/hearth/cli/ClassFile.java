package dev.hearth.cli;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a class file says about itself, read without loading it.
 *
 * @param major class-file version; 44 more than the Java release
 * @param references binary names of the classes its constant pool names, arrays opened
 * @param hasNative whether it declares a native method
 */
record ClassFile(int major, Set<String> references, boolean hasNative) {

  private static final int MAGIC = 0xCAFEBABE;
  private static final int ACC_NATIVE = 0x0100;
  private static final int JAVA_0 = 44;

  /**
   * Reads one.
   *
   * @throws IOException if it is cut or no class file
   */
  static ClassFile read(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("it does not begin like a class file");
      }
      in.readUnsignedShort();
      int major = in.readUnsignedShort();
      Set<String> references = constants(in);
      in.readUnsignedShort();
      in.readUnsignedShort();
      in.readUnsignedShort();
      in.skipNBytes(2L * in.readUnsignedShort());
      members(in);
      return new ClassFile(major, references, members(in));
    }
  }

  /** The Java release it was compiled for. */
  int release() {
    return major - JAVA_0;
  }

  private static Set<String> constants(DataInputStream in) throws IOException {
    int count = in.readUnsignedShort();
    @Nullable String[] texts = new @Nullable String[count];
    int[] classes = new int[count];
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 7 -> classes[i] = in.readUnsignedShort();
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // takes two places
        }
        case 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        default -> throw new IOException("constant " + i + " is of unknown kind " + tag);
      }
    }
    return names(texts, classes);
  }

  private static Set<String> names(@Nullable String[] texts, int[] classes) {
    Set<String> names = new TreeSet<>();
    for (int index : classes) {
      String text = index > 0 && index < texts.length ? texts[index] : null;
      String name = text == null ? null : element(text);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  /** The class in an array's descriptor; null for an array of primitives. */
  private static @Nullable String element(String name) {
    if (!name.startsWith("[")) {
      return name.replace('/', '.');
    }
    int begin = name.lastIndexOf('[') + 1;
    return name.startsWith("L", begin)
        ? name.substring(begin + 1, name.length() - 1).replace('/', '.')
        : null;
  }

  /** Skips fields or methods; whether one of them is native. */
  private static boolean members(DataInputStream in) throws IOException {
    boolean hasNative = false;
    for (int i = in.readUnsignedShort(); i > 0; i--) {
      hasNative |= (in.readUnsignedShort() & ACC_NATIVE) != 0;
      in.skipNBytes(4);
      for (int a = in.readUnsignedShort(); a > 0; a--) {
        in.skipNBytes(2);
        in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
      }
    }
    return hasNative;
  }
}
