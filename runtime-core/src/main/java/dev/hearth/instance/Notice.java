package dev.hearth.instance;

import dev.hearth.function.Lifecycle;
import dev.hearth.signature.spi.Freezable;
import dev.hearth.signature.spi.Invoker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What instances are told through their hooks between the first call and the end. */
public enum Notice {
  /** No new call will come. */
  DRAIN("drain"),
  /** The process is about to be stored or stopped for a while. */
  FREEZE("beforeFreeze"),
  /** It has been brought back. */
  THAW("afterThaw");

  private final String hook;

  Notice(String hook) {
    this.hook = hook;
  }

  /** The hook's name. */
  String hook() {
    return hook;
  }

  /** Whether any of these instances listens. */
  boolean concerns(List<Invoker> instances) {
    for (Invoker instance : instances) {
      if (!instance.hooks().isEmpty() || (this != DRAIN && instance instanceof Freezable)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells them, each one attempted: in the order they were made, and the other way round when they come back.
   *
   * @throws Exception the first that a hook threw, the others suppressed
   */
  void tell(List<Invoker> instances) throws Exception {
    List<HookRun.Body> steps = new ArrayList<>();
    for (Invoker instance : instances) {
      for (Lifecycle hooks : instance.hooks()) {
        steps.add(() -> tell(hooks));
      }
    }
    if (this != DRAIN && !instances.isEmpty() && instances.get(0) instanceof Freezable vendor) {
      steps.add(() -> tell(vendor)); // the vendors' registers are a version's, not an instance's
    }
    if (this == THAW) {
      Collections.reverse(steps);
    }
    runAll(steps);
  }

  private void tell(Lifecycle hooks) throws Exception {
    switch (this) {
      case DRAIN -> hooks.drain();
      case FREEZE -> hooks.beforeFreeze();
      case THAW -> hooks.afterThaw();
    }
  }

  private void tell(Freezable vendor) throws Exception {
    if (this == FREEZE) {
      vendor.beforeFreeze();
    } else {
      vendor.afterThaw();
    }
  }

  private static void runAll(List<HookRun.Body> steps) throws Exception {
    Exception first = null;
    for (HookRun.Body step : steps) {
      first = attempt(step, first);
    }
    if (first != null) {
      throw first;
    }
  }

  private static @Nullable Exception attempt(HookRun.Body step, @Nullable Exception before) {
    try {
      step.run();
      return before;
    } catch (Exception e) {
      if (before != null) {
        before.addSuppressed(e);
        return before;
      }
      return e;
    }
  }
}
