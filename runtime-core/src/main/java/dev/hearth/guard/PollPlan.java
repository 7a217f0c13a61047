package dev.hearth.guard;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Where one method gets polls: at its entry and before each jump back, except in loops that plainly end soon.
 *
 * <p>Reads the method once, and is then asked by the number of an instruction in it. A poll that an exception handler would lead back
 * to, without another poll between, is taken out of that handler's range: else its error would be caught and thrown for ever.
 */
final class PollPlan extends MethodVisitor {

  /** Loops of constant bounds up to this end soon enough. */
  private static final int FEW_ROUNDS = 10_000;

  private static final int NO_NUMBER = Integer.MIN_VALUE;

  /** An instruction: its opcode, the variable or number in it, and where it may jump to. */
  private record Step(int code, int operand, int by, List<Label> to) {}

  private record Range(Label start, Label end, Label handler) {}

  private final List<Step> steps = new ArrayList<>();
  private final List<Range> ranges = new ArrayList<>();
  private final IdentityHashMap<Label, Integer> places = new IdentityHashMap<>();
  private final BitSet polled = new BitSet();
  private final Map<Integer, Set<Integer>> uncovered = new HashMap<>();
  private final boolean always;
  private boolean calls;
  private boolean entry;

  /**
   * @param isInitialiser whether it is a constructor or a static initialiser, which recursion does not run through alone
   */
  PollPlan(boolean isInitialiser) {
    super(Opcodes.ASM9);
    this.always = !isInitialiser;
  }

  /** Whether there is one at the entry. */
  boolean atEntry() {
    return entry;
  }

  /** Whether there is one before this instruction. */
  boolean before(int step) {
    return polled.get(step);
  }

  /** Whether the method has any. */
  boolean isEmpty() {
    return !entry && polled.isEmpty();
  }

  /** The polls that are taken out of this range, by the instruction they are before, in order. */
  int[] outside(int range) {
    Set<Integer> out = uncovered.get(range);
    return out == null ? new int[0] : out.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /** Whether a range begins right there, so that nothing of it is left before the poll. */
  boolean begins(int range, int step) {
    return place(ranges.get(range).start) == step;
  }

  private void add(int code, int operand, int by, Label... to) {
    steps.add(new Step(code, operand, by, List.of(to)));
  }

  @Override
  public void visitLabel(Label label) {
    places.put(label, steps.size());
  }

  @Override
  public void visitInsn(int code) {
    boolean number = code >= Opcodes.ICONST_M1 && code <= Opcodes.ICONST_5;
    add(code, number ? code - Opcodes.ICONST_0 : NO_NUMBER, 0);
  }

  @Override
  public void visitIntInsn(int code, int operand) {
    add(code, operand, 0);
  }

  @Override
  public void visitVarInsn(int code, int variable) {
    add(code, variable, 0);
  }

  @Override
  public void visitTypeInsn(int code, String type) {
    add(code, NO_NUMBER, 0);
  }

  @Override
  public void visitFieldInsn(int code, String owner, String name, String descriptor) {
    add(code, NO_NUMBER, 0);
  }

  @Override
  public void visitMethodInsn(
      int code, String owner, String name, String descriptor, boolean isInterface) {
    calls = true;
    add(code, NO_NUMBER, 0);
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    calls = true;
    add(Opcodes.INVOKEDYNAMIC, NO_NUMBER, 0);
  }

  @Override
  public void visitJumpInsn(int code, Label label) {
    add(code, NO_NUMBER, 0, label);
  }

  @Override
  public void visitLdcInsn(Object value) {
    add(Opcodes.LDC, value instanceof Integer number ? number : NO_NUMBER, 0);
  }

  @Override
  public void visitIincInsn(int variable, int increment) {
    add(Opcodes.IINC, variable, increment);
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
    addSwitch(Opcodes.TABLESWITCH, otherwise, labels);
  }

  @Override
  public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
    addSwitch(Opcodes.LOOKUPSWITCH, otherwise, labels);
  }

  private void addSwitch(int code, Label otherwise, Label[] labels) {
    Label[] all = java.util.Arrays.copyOf(labels, labels.length + 1);
    all[labels.length] = otherwise;
    add(code, NO_NUMBER, 0, all);
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    add(Opcodes.MULTIANEWARRAY, NO_NUMBER, 0);
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
    ranges.add(new Range(start, end, handler));
  }

  @Override
  public void visitEnd() {
    BitSet back = new BitSet();
    for (int i = 0; i < steps.size(); i++) {
      if (jumpsBack(i)) {
        back.set(i);
      }
    }
    for (int i = back.nextSetBit(0); i >= 0; i = back.nextSetBit(i + 1)) {
      if (!endsSoon(i, back)) {
        polled.set(i);
      }
    }
    entry = always && (calls || !back.isEmpty() || steps.size() > 1) && !isAccessor();
    if (!ranges.isEmpty() && !polled.isEmpty()) {
      new Escapes().find();
    }
  }

  /** Gives or takes one field, or gives a constant: no end to a recursion. */
  private boolean isAccessor() {
    if (calls || steps.size() > 4 || steps.isEmpty()) {
      return false;
    }
    for (Step step : steps) {
      if (step.code == Opcodes.GETFIELD || step.code == Opcodes.PUTFIELD) {
        return true;
      }
    }
    return false;
  }

  private boolean jumpsBack(int step) {
    for (Label label : steps.get(step).to) {
      if (place(label) <= step) {
        return true;
      }
    }
    return false;
  }

  private int place(Label label) {
    Integer place = places.get(label);
    return place == null ? steps.size() : place;
  }

  /**
   * Whether the jump closes {@code for (int i = 0; i < 100; i++)} and the like: from a constant, by constant steps, to a constant that is
   * not far, with no other way to the top or around the step, and with no loop inside.
   */
  private boolean endsSoon(int jump, BitSet back) {
    Step closing = steps.get(jump);
    if (closing.code != Opcodes.GOTO) {
      return false;
    }
    int top = place(closing.to.get(0));
    if (top < 2 || jump - top < 4 || back.nextSetBit(top) < jump) {
      return false;
    }
    Step from = steps.get(top - 2);
    Step kept = steps.get(top - 1);
    Step read = steps.get(top);
    Step bound = steps.get(top + 1);
    Step test = steps.get(top + 2);
    Step step = steps.get(jump - 1);
    return isNumber(from)
        && from.operand >= 0
        && kept.code == Opcodes.ISTORE
        && read.code == Opcodes.ILOAD
        && read.operand == kept.operand
        && isNumber(bound)
        && bound.operand <= FEW_ROUNDS
        && (test.code == Opcodes.IF_ICMPGE || test.code == Opcodes.IF_ICMPGT)
        && place(test.to.get(0)) > jump
        && step.code == Opcodes.IINC
        && step.operand == kept.operand
        && step.by > 0
        && isUntouched(kept.operand, top, jump - 1)
        && isReachedOnlyFrom(jump, top);
  }

  private static boolean isNumber(Step step) {
    boolean pushes =
        (step.code >= Opcodes.ICONST_M1 && step.code <= Opcodes.ICONST_5)
            || step.code == Opcodes.BIPUSH
            || step.code == Opcodes.SIPUSH
            || step.code == Opcodes.LDC;
    return pushes && step.operand != NO_NUMBER;
  }

  private boolean isUntouched(int variable, int from, int to) {
    for (int i = from; i < to; i++) {
      Step step = steps.get(i);
      boolean writes = step.code == Opcodes.ISTORE || step.code == Opcodes.IINC;
      if (writes && step.operand == variable) {
        return false;
      }
    }
    return true;
  }

  /** Whether no jump but the closing one leads to the top, and none around the step to the closing one. */
  private boolean isReachedOnlyFrom(int jump, int top) {
    for (int i = 0; i < steps.size(); i++) {
      for (Label label : steps.get(i).to) {
        int place = place(label);
        if ((place == top && i != jump) || place == jump) {
          return false;
        }
      }
    }
    return true;
  }

  /** Finds the polls whose error would come back to them through handlers. */
  private final class Escapes {
    private final List<BitSet> firsts = new ArrayList<>(); // by range: polls its handler comes to

    void find() {
      for (Range range : ranges) {
        firsts.add(firstPolls(place(range.handler)));
      }
      for (int from = 0; from < ranges.size(); from++) {
        BitSet first = firsts.get(from);
        for (int poll = first.nextSetBit(0); poll >= 0; poll = first.nextSetBit(poll + 1)) {
          for (int caught = 0; caught < ranges.size(); caught++) {
            if (covers(caught, poll) && leadsTo(caught, from)) {
              uncovered.computeIfAbsent(caught, none -> new HashSet<>()).add(poll);
            }
          }
        }
      }
    }

    /** Whether an error caught by one range's handler may end up in another's, going from poll to poll. */
    private boolean leadsTo(int from, int to) {
      BitSet seen = new BitSet();
      List<Integer> left = new ArrayList<>(List.of(from));
      while (!left.isEmpty()) {
        int range = left.remove(left.size() - 1);
        if (place(ranges.get(range).handler) == place(ranges.get(to).handler)) {
          return true;
        }
        if (!seen.get(range)) {
          seen.set(range);
          addCatchers(range, left);
        }
      }
      return false;
    }

    private void addCatchers(int range, List<Integer> left) {
      BitSet first = firsts.get(range);
      for (int poll = first.nextSetBit(0); poll >= 0; poll = first.nextSetBit(poll + 1)) {
        for (int next = 0; next < ranges.size(); next++) {
          if (covers(next, poll)) {
            left.add(next);
          }
        }
      }
    }

    private BitSet firstPolls(int handler) {
      BitSet found = new BitSet();
      BitSet seen = new BitSet();
      List<Integer> left = new ArrayList<>(List.of(handler));
      while (!left.isEmpty()) {
        int at = left.remove(left.size() - 1);
        if (at >= steps.size() || seen.get(at)) {
          continue;
        }
        seen.set(at);
        if (polled.get(at)) {
          found.set(at);
        } else {
          addSuccessors(at, left);
        }
      }
      return found;
    }

    private void addSuccessors(int at, List<Integer> left) {
      Step step = steps.get(at);
      for (Label label : step.to) {
        left.add(place(label));
      }
      boolean ends =
          step.code == Opcodes.GOTO
              || step.code == Opcodes.TABLESWITCH
              || step.code == Opcodes.LOOKUPSWITCH
              || step.code == Opcodes.ATHROW
              || (step.code >= Opcodes.IRETURN && step.code <= Opcodes.RETURN);
      if (!ends) {
        left.add(at + 1);
      }
      for (int range = 0; range < ranges.size(); range++) {
        if (covers(range, at)) {
          left.add(place(ranges.get(range).handler));
        }
      }
    }

    private boolean covers(int range, int step) {
      Range block = ranges.get(range);
      return place(block.start) <= step && step < place(block.end);
    }
  }
}
