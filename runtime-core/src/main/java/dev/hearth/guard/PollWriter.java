package dev.hearth.guard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Gives a class polls, as planned by {@link PollPlan}: calls of {@link FunctionPoll#poll} that take and leave nothing, so that frames and
 * stack sizes stay as they are.
 */
final class PollWriter extends ClassVisitor {

  private static final String POLL = "dev/hearth/guard/FunctionPoll";

  private final Iterator<PollPlan> plans;

  private PollWriter(ClassVisitor next, Iterator<PollPlan> plans) {
    super(Opcodes.ASM9, next);
    this.plans = plans;
  }

  /**
   * The class with its polls; the same array when it needs none.
   *
   * @throws RuntimeException if it cannot be read, or a method would be too long
   */
  static byte[] write(byte[] classFile) {
    ClassReader reader = new ClassReader(classFile);
    Planner planner = new Planner();
    reader.accept(planner, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    if (planner.isEmpty()) {
      return classFile;
    }
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new PollWriter(writer, planner.plans.iterator()), 0);
    return writer.toByteArray();
  }

  /** Plans every method, in the order of the class file. */
  private static final class Planner extends ClassVisitor {
    final List<PollPlan> plans = new ArrayList<>();

    Planner() {
      super(Opcodes.ASM9);
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      PollPlan plan = new PollPlan(name.startsWith("<"));
      plans.add(plan);
      return plan;
    }

    boolean isEmpty() {
      for (PollPlan plan : plans) {
        if (!plan.isEmpty()) {
          return false;
        }
      }
      return true;
    }
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
    PollPlan plan = plans.next();
    return plan.isEmpty() ? method : new Polled(method, plan);
  }

  /** One method; counts instructions as its plan did. */
  private static final class Polled extends MethodVisitor {
    private final PollPlan plan;
    private final Map<Integer, Label[]> around = new HashMap<>();
    private int range;
    private int step;

    Polled(MethodVisitor next, PollPlan plan) {
      super(Opcodes.ASM9, next);
      this.plan = plan;
    }

    @Override
    public void visitCode() {
      super.visitCode();
      if (plan.atEntry()) {
        poll();
      }
    }

    private void poll() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, POLL, "poll", "()V", false);
    }

    private Label[] around(int poll) {
      Label[] labels = around.get(poll);
      if (labels == null) {
        labels = new Label[] {new Label(), new Label()};
        around.put(poll, labels);
      }
      return labels;
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
      Label from = start;
      for (int poll : plan.outside(range)) {
        Label[] labels = around(poll);
        if (!plan.begins(range, poll)) {
          super.visitTryCatchBlock(from, labels[0], handler, type);
        }
        from = labels[1];
      }
      super.visitTryCatchBlock(from, end, handler, type);
      range++;
    }

    private void next() {
      if (plan.before(step)) {
        Label[] labels = around.get(step);
        if (labels == null) {
          poll();
        } else {
          super.visitLabel(labels[0]);
          poll();
          super.visitLabel(labels[1]);
        }
      }
      step++;
    }

    @Override
    public void visitInsn(int code) {
      next();
      super.visitInsn(code);
    }

    @Override
    public void visitIntInsn(int code, int operand) {
      next();
      super.visitIntInsn(code, operand);
    }

    @Override
    public void visitVarInsn(int code, int variable) {
      next();
      super.visitVarInsn(code, variable);
    }

    @Override
    public void visitTypeInsn(int code, String type) {
      next();
      super.visitTypeInsn(code, type);
    }

    @Override
    public void visitFieldInsn(int code, String owner, String name, String descriptor) {
      next();
      super.visitFieldInsn(code, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int code, String owner, String name, String descriptor, boolean isInterface) {
      next();
      super.visitMethodInsn(code, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      next();
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    @Override
    public void visitJumpInsn(int code, Label label) {
      next();
      super.visitJumpInsn(code, label);
    }

    @Override
    public void visitLdcInsn(Object value) {
      next();
      super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
      next();
      super.visitIincInsn(variable, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
      next();
      super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
      next();
      super.visitLookupSwitchInsn(otherwise, keys, labels);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      next();
      super.visitMultiANewArrayInsn(descriptor, dimensions);
    }
  }
}
