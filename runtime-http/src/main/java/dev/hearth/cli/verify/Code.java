package dev.hearth.cli.verify;

import static dev.hearth.cli.verify.ConstantPool.skip;
import static dev.hearth.cli.verify.ConstantPool.unsigned;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the instructions of one method name (JVMS, chapter 6).
 *
 * @param calls methods called, method references and lambdas included
 * @param classes binary names of all classes named
 */
record Code(List<Use> calls, Set<String> classes) {

  static final Code NONE = new Code(List.of(), Set.of());

  private static final int LDC = 18;
  private static final int LDC_W = 19;
  private static final int TABLE_SWITCH = 170;
  private static final int LOOKUP_SWITCH = 171;
  private static final int GET_STATIC = 178;
  private static final int INVOKE_VIRTUAL = 182;
  private static final int INVOKE_INTERFACE = 185;
  private static final int INVOKE_DYNAMIC = 186;
  private static final int NEW = 187;
  private static final int NEW_ARRAY = 189;
  private static final int CHECK_CAST = 192;
  private static final int INSTANCE_OF = 193;
  private static final int WIDE = 196;
  private static final int INCREMENT = 132;
  private static final int NEW_ARRAYS = 197;

  /**
   * Reads the instructions between the buffer's position and an end, and leaves the buffer there.
   *
   * @param bootstraps the methods that each bootstrap method of the class is given
   */
  static Code read(ByteBuffer in, int end, ConstantPool constants, List<List<Use>> bootstraps) {
    Code code = new Code(new ArrayList<>(), new LinkedHashSet<>());
    int begin = in.position();
    while (in.position() < end) {
      int at = in.position();
      int opcode = Byte.toUnsignedInt(in.get());
      switch (opcode) {
        case TABLE_SWITCH, LOOKUP_SWITCH -> skipSwitch(in, begin, opcode);
        case WIDE -> skip(in, Byte.toUnsignedInt(in.get()) == INCREMENT ? 4 : 2);
        default -> {
          code.add(in, opcode, constants, bootstraps);
          in.position(at);
          skip(in, length(opcode));
        }
      }
    }
    return code;
  }

  private void add(ByteBuffer in, int opcode, ConstantPool constants, List<List<Use>> bootstraps) {
    if (opcode >= GET_STATIC && opcode <= INVOKE_INTERFACE) {
      Use use = constants.member(unsigned(in));
      addClass(use.owner());
      if (opcode >= INVOKE_VIRTUAL) {
        calls.add(use);
      }
      return;
    }
    switch (opcode) {
      case INVOKE_DYNAMIC -> {
        for (Use use : bootstraps.get(constants.bootstrap(unsigned(in)))) {
          calls.add(use);
          addClass(use.owner());
        }
      }
      case NEW, NEW_ARRAY, CHECK_CAST, INSTANCE_OF, NEW_ARRAYS, LDC_W ->
          addClass(constants.classOrNull(unsigned(in)));
      case LDC -> addClass(constants.classOrNull(Byte.toUnsignedInt(in.get())));
      default -> {}
    }
  }

  private void addClass(@Nullable String name) {
    if (name != null) {
      classes.add(name);
    }
  }

  private static void skipSwitch(ByteBuffer in, int begin, int opcode) {
    while ((in.position() - begin) % 4 != 0) {
      in.get();
    }
    skip(in, 4);
    if (opcode == LOOKUP_SWITCH) {
      skip(in, 8L * in.getInt());
    } else {
      long low = in.getInt();
      skip(in, 4 * (in.getInt() - low + 1));
    }
  }

  /** Length of an instruction, itself included. */
  private static int length(int opcode) {
    if (opcode > 201) {
      throw new IllegalArgumentException("unknown instruction " + opcode);
    }
    return switch (opcode) {
      case 16, LDC, 21, 22, 23, 24, 25, 54, 55, 56, 57, 58, 169, 188 -> 2;
      case 17, LDC_W, 20, INCREMENT, NEW, NEW_ARRAY, CHECK_CAST, INSTANCE_OF, 198, 199 -> 3;
      case NEW_ARRAYS -> 4;
      case INVOKE_INTERFACE, INVOKE_DYNAMIC, 200, 201 -> 5;
      default -> {
        boolean jump = opcode >= 153 && opcode <= 168;
        boolean member = opcode >= GET_STATIC && opcode < INVOKE_INTERFACE;
        yield jump || member ? 3 : 1;
      }
    };
  }
}
