package dev.hearth.guard;

import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Gives the calls that {@link CallRules} knows the company they ask for: calls of {@link FunctionResources}. */
final class CallWriter extends ClassVisitor {

  private static final String RESOURCES = "dev/hearth/guard/FunctionResources";
  private static final String CLASS = "java/lang/Class";
  private static final String LOOKUP = "java/lang/invoke/MethodHandles$Lookup";

  private final boolean lookups;

  private CallWriter(ClassVisitor next, boolean lookups) {
    super(Opcodes.ASM9, next);
    this.lookups = lookups;
  }

  /**
   * The class file with the calls rewritten.
   *
   * @param lookups whether methods that are looked up by name are looked at
   */
  static byte[] write(byte[] classFile, boolean lookups) {
    ClassReader reader = new ClassReader(classFile);
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new CallWriter(writer, lookups), 0);
    return writer.toByteArray();
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new Calls(super.visitMethod(access, name, descriptor, signature, exceptions), lookups);
  }

  private static final class Calls extends MethodVisitor {
    private final boolean lookups;
    private final Map<String, Integer> begun = new HashMap<>(); // made, not yet constructed

    Calls(MethodVisitor next, boolean lookups) {
      super(Opcodes.ASM9, next);
      this.lookups = lookups;
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (opcode == Opcodes.NEW) {
        begun.merge(type, 1, Integer::sum);
      }
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (lookups && isLookup(owner, name)) {
        standIn(owner, name, descriptor);
        return;
      }
      CallRules.Action action = CallRules.of(owner, name);
      boolean isNew = name.equals("<init>") && begun.merge(owner, -1, Integer::sum) >= 0;
      if (name.equals("<init>") && !isNew) {
        begun.remove(owner); // another constructor of this class or of the one above
      }
      if (action == null) {
        super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        return;
      }
      switch (action) {
        case STAND_IN -> standIn(owner, name, descriptor);
        case REFUSE -> {
          tell("refuse", owner.replace('/', '.') + "." + name);
          super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
        case SAVE -> {
          tell("save", owner);
          super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }
        case OWN -> {
          super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
          own(name, descriptor, isNew);
        }
      }
    }

    private static boolean isLookup(String owner, String name) {
      return switch (name) {
        case "getMethod", "getDeclaredMethod" -> owner.equals(CLASS);
        case "findStatic", "findVirtual" -> owner.equals(LOOKUP);
        default -> false;
      };
    }

    private void standIn(String owner, String name, String descriptor) {
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          CallRules.standIn(owner),
          name,
          withReceiver(owner, descriptor),
          false);
    }

    private void tell(String method, String what) {
      super.visitLdcInsn(what);
      super.visitMethodInsn(
          Opcodes.INVOKESTATIC, RESOURCES, method, "(Ljava/lang/String;)V", false);
    }

    private void own(String name, String descriptor, boolean isNew) {
      if (name.equals("<init>") && !isNew) {
        super.visitVarInsn(Opcodes.ALOAD, 0);
      } else if (isNew || Type.getReturnType(descriptor).getSort() == Type.OBJECT) {
        super.visitInsn(Opcodes.DUP);
      } else {
        return;
      }
      super.visitMethodInsn(Opcodes.INVOKESTATIC, RESOURCES, "own", "(Ljava/lang/Object;)V", false);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      Object[] changed = arguments.clone();
      for (int i = 0; i < changed.length; i++) {
        changed[i] = changed[i] instanceof Handle handle ? standIn(handle) : changed[i];
      }
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, changed);
    }

    private static Handle standIn(Handle handle) {
      if (handle.getTag() == Opcodes.H_INVOKEVIRTUAL
          && CallRules.of(handle.getOwner(), handle.getName()) == CallRules.Action.STAND_IN) {
        return new Handle(
            Opcodes.H_INVOKESTATIC,
            CallRules.standIn(handle.getOwner()),
            handle.getName(),
            withReceiver(handle.getOwner(), handle.getDesc()),
            false);
      }
      return handle;
    }

    private static String withReceiver(String owner, String descriptor) {
      return "(L" + owner + ";" + descriptor.substring(1);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      super.visitMaxs(maxStack + 1, maxLocals);
    }
  }
}
