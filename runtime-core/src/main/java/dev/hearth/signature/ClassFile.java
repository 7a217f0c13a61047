package dev.hearth.signature;

import dev.hearth.signature.spi.HandlerMethod;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a class file says about a class (JVMS, chapter 4): all that a signature may want to know, without
 * loading it.
 *
 * @param name its binary name
 * @param superName binary name of its superclass; null for {@link Object}
 * @param interfaces binary names of the interfaces that it names itself
 * @param access its access flags
 * @param methods its methods
 * @param annotations binary names of the annotations on it that are kept at run time
 */
record ClassFile(
    String name,
    @Nullable String superName,
    List<String> interfaces,
    int access,
    List<HandlerMethod> methods,
    Set<String> annotations) {

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if the bytes are no class file
   */
  static ClassFile read(byte[] bytes) {
    try {
      return new Reader(ByteBuffer.wrap(bytes)).read();
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a whole class file", e);
    }
  }

  private static final class Reader {
    private static final int MAGIC = 0xCAFEBABE;
    private static final String ANNOTATIONS = "RuntimeVisibleAnnotations";
    private static final String PARAMETER_ANNOTATIONS = "RuntimeVisibleParameterAnnotations";

    private final ByteBuffer in;
    private int[] offsets = new int[0];

    Reader(ByteBuffer in) {
      this.in = in;
    }

    ClassFile read() {
      if (in.getInt() != MAGIC) {
        throw new IllegalArgumentException("not a class file");
      }
      skip(4);
      readConstants();
      int access = unsigned();
      String name = className(unsigned());
      int superclass = unsigned();
      List<String> interfaces = new ArrayList<>();
      for (int left = unsigned(); left > 0; left--) {
        interfaces.add(className(unsigned()));
      }
      skipFields();
      List<HandlerMethod> methods = methods();
      return new ClassFile(
          name,
          superclass == 0 ? null : className(superclass),
          interfaces,
          access,
          methods,
          attributes(new HashMap<>(), new LinkedHashSet<>()));
    }

    private void readConstants() {
      offsets = new int[unsigned()];
      for (int i = 1; i < offsets.length; i++) {
        offsets[i] = in.position();
        int tag = in.get();
        switch (tag) {
          case 1 -> skip(unsigned());
          case 7, 8, 16, 19, 20 -> skip(2);
          case 15 -> skip(3);
          case 3, 4, 9, 10, 11, 12, 17, 18 -> skip(4);
          case 5, 6 -> {
            skip(8);
            i++; // long and double take two places
          }
          default -> throw new IllegalArgumentException("unknown constant " + tag);
        }
      }
    }

    private void skipFields() {
      for (int left = unsigned(); left > 0; left--) {
        skip(6);
        attributes(new HashMap<>(), new LinkedHashSet<>());
      }
    }

    private List<HandlerMethod> methods() {
      List<HandlerMethod> methods = new ArrayList<>();
      for (int left = unsigned(); left > 0; left--) {
        int access = unsigned();
        String name = text(unsigned());
        String descriptor = text(unsigned());
        Map<String, String> texts = new HashMap<>();
        Set<String> ofParameters = new LinkedHashSet<>();
        Set<String> annotations = attributes(texts, ofParameters);
        methods.add(new HandlerMethod(name, descriptor, access, annotations, texts, ofParameters));
      }
      return methods;
    }

    /** Goes past a list of attributes; gives the annotations among them, what these say in texts, and those of parameters. */
    private Set<String> attributes(Map<String, String> texts, Set<String> ofParameters) {
      Set<String> annotations = Set.of();
      for (int left = unsigned(); left > 0; left--) {
        String name = text(unsigned());
        int length = in.getInt();
        int end = in.position() + length;
        if (name.equals(ANNOTATIONS)) {
          annotations = annotations(texts);
        } else if (name.equals(PARAMETER_ANNOTATIONS)) {
          addOfParameters(ofParameters);
        }
        in.position(end);
      }
      return annotations;
    }

    private void addOfParameters(Set<String> annotations) {
      for (int left = Byte.toUnsignedInt(in.get()); left > 0; left--) {
        annotations.addAll(annotations(new HashMap<>()));
      }
    }

    private Set<String> annotations(Map<String, String> texts) {
      Set<String> types = new LinkedHashSet<>();
      for (int left = unsigned(); left > 0; left--) {
        types.add(annotation(texts));
      }
      return types;
    }

    private String annotation(Map<String, String> texts) {
      String descriptor = text(unsigned());
      String type = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
      for (int left = unsigned(); left > 0; left--) {
        String member = text(unsigned());
        int tag = in.get();
        if (tag == 's') {
          texts.put(type + '.' + member, text(unsigned()));
        } else {
          skipValue(tag);
        }
      }
      return type;
    }

    private void skipValue(int tag) {
      switch (tag) {
        case 'e' -> skip(4);
        case '@' -> annotation(new HashMap<>());
        case '[' -> {
          for (int left = unsigned(); left > 0; left--) {
            skipValue(in.get());
          }
        }
        default -> skip(2);
      }
    }

    private String className(int index) {
      return text(Short.toUnsignedInt(in.getShort(offsets[index] + 1))).replace('/', '.');
    }

    private String text(int index) {
      int at = offsets[index];
      byte[] bytes = new byte[Short.toUnsignedInt(in.getShort(at + 1))];
      in.get(at + 3, bytes);
      return new String(bytes, StandardCharsets.UTF_8);
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
