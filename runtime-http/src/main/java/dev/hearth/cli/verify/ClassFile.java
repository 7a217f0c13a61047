package dev.hearth.cli.verify;

import static dev.hearth.cli.verify.ConstantPool.skip;
import static dev.hearth.cli.verify.ConstantPool.unsigned;

import java.lang.reflect.Modifier;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a class file says and what its code names, read without loading it (JVMS, chapter 4). The core's reader of signatures is
 * another one: it is on the way to the first answer, and stops where code begins.
 *
 * @param release the Java release it was compiled for
 * @param name its binary name
 * @param superName binary name of its superclass; null for {@link Object}
 * @param interfaces binary names of the interfaces that it names itself
 * @param classes binary names of all classes that it has constants for
 */
record ClassFile(
    int release,
    String name,
    @Nullable String superName,
    List<String> interfaces,
    List<Field> fields,
    List<Method> methods,
    Set<String> classes) {

  private static final int MAGIC = 0xCAFEBABE;
  private static final int JAVA_0 = 44;
  private static final int SYNTHETIC = 0x1000;
  private static final String LAMBDA = "lambda$";

  /** A field. */
  record Field(String name, String descriptor, int access) {
    boolean isStatic() {
      return Modifier.isStatic(access);
    }

    boolean isFinal() {
      return Modifier.isFinal(access);
    }

    boolean isSynthetic() {
      return (access & SYNTHETIC) != 0;
    }
  }

  /** A method and what its code names. */
  record Method(String name, String descriptor, int access, Code code) {
    boolean isNative() {
      return Modifier.isNative(access);
    }

    /** Its name, or that of the method in which the lambda that it is stands, as compilers name these. */
    String shown() {
      int end = name.lastIndexOf('$');
      return name.startsWith(LAMBDA) && end > LAMBDA.length()
          ? name.substring(LAMBDA.length(), end) + " (in a lambda)"
          : name;
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is cut or no class file
   */
  static ClassFile read(byte[] bytes) {
    try {
      return new Reader(ByteBuffer.wrap(bytes)).read();
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("it is not a whole class file", e);
    }
  }

  private static final class Reader {
    private final ByteBuffer in;
    private final ConstantPool constants;
    private final int release;
    private List<List<Use>> bootstraps = List.of();

    Reader(ByteBuffer in) {
      this.in = in;
      if (in.getInt() != MAGIC) {
        throw new IllegalArgumentException("it does not begin like a class file");
      }
      skip(in, 2);
      this.release = unsigned(in) - JAVA_0;
      this.constants = ConstantPool.read(in);
    }

    ClassFile read() {
      skip(in, 2);
      String name = constants.className(unsigned(in));
      int superclass = unsigned(in);
      List<String> interfaces = new ArrayList<>();
      for (int left = unsigned(in); left > 0; left--) {
        interfaces.add(String.valueOf(constants.className(unsigned(in))));
      }
      List<Field> fields = fields();
      List<Method> methods = methods();
      return new ClassFile(
          release,
          String.valueOf(name),
          superclass == 0 ? null : constants.className(superclass),
          interfaces,
          fields,
          methods,
          constants.classes());
    }

    private List<Field> fields() {
      List<Field> fields = new ArrayList<>();
      for (int left = unsigned(in); left > 0; left--) {
        int access = unsigned(in);
        fields.add(new Field(text(), text(), access));
        skipAttributes();
      }
      return fields;
    }

    /** The class's own attributes come after the methods, whose lambdas they explain. */
    private List<Method> methods() {
      int begin = in.position();
      for (int left = unsigned(in); left > 0; left--) {
        skip(in, 6);
        skipAttributes();
      }
      readBootstraps();
      in.position(begin);
      List<Method> methods = new ArrayList<>();
      for (int left = unsigned(in); left > 0; left--) {
        int access = unsigned(in);
        methods.add(new Method(text(), text(), access, code()));
      }
      return methods;
    }

    private String text() {
      return constants.text(unsigned(in));
    }

    private void skipAttributes() {
      for (int left = unsigned(in); left > 0; left--) {
        skip(in, 2);
        skip(in, Integer.toUnsignedLong(in.getInt()));
      }
    }

    private void readBootstraps() {
      for (int left = unsigned(in); left > 0; left--) {
        boolean found = text().equals("BootstrapMethods");
        long length = Integer.toUnsignedLong(in.getInt());
        if (found) {
          bootstraps = bootstraps();
        } else {
          skip(in, length);
        }
      }
    }

    private List<List<Use>> bootstraps() {
      List<List<Use>> all = new ArrayList<>();
      for (int left = unsigned(in); left > 0; left--) {
        skip(in, 2);
        List<Use> given = new ArrayList<>();
        for (int arguments = unsigned(in); arguments > 0; arguments--) {
          Use use = constants.handled(unsigned(in));
          if (use != null) {
            given.add(use);
          }
        }
        all.add(given);
      }
      return all;
    }

    private Code code() {
      Code code = Code.NONE;
      for (int left = unsigned(in); left > 0; left--) {
        boolean found = text().equals("Code");
        long length = Integer.toUnsignedLong(in.getInt());
        int begin = in.position();
        skip(in, length);
        int end = in.position();
        if (found) {
          in.position(begin + 4);
          int bytes = in.getInt();
          code = Code.read(in, in.position() + bytes, constants, bootstraps);
          in.position(end);
        }
      }
      return code;
    }
  }
}
