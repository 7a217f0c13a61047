package dev.hearth.log.jdk;

import dev.hearth.function.Environment;
import dev.hearth.function.Log;
import dev.hearth.invoke.Invocation;
import dev.hearth.loader.FunctionLoader;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out which function logs. */
final class Owner {

  private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

  private Owner() {}

  /** The function's loader that this one is or descends from. */
  static @Nullable FunctionLoader of(@Nullable ClassLoader loader) {
    for (ClassLoader now = loader; now != null; now = now.getParent()) {
      if (now instanceof FunctionLoader function) {
        return function;
      }
    }
    return null;
  }

  /** The function in whose name the calling thread works. */
  static @Nullable FunctionLoader ofThread() {
    return of(Thread.currentThread().getContextClassLoader());
  }

  /**
   * The log of the function that logs right now: that of the running call; else that whose context class loader the thread has; else
   * that whose class is nearest on the stack, for threads of the JDK that work for anyone.
   */
  static @Nullable Log log() {
    Invocation call = Invocation.current();
    if (call != null) {
      return call.environment().log();
    }
    FunctionLoader thread = ofThread();
    FunctionLoader owner = thread == null ? STACK.walk(Owner::nearest) : thread;
    return log(owner);
  }

  static @Nullable Log log(@Nullable FunctionLoader owner) {
    Environment environment = owner == null ? null : owner.get();
    return environment == null ? null : environment.log();
  }

  private static @Nullable FunctionLoader nearest(Stream<StackFrame> frames) {
    for (Iterator<StackFrame> all = frames.iterator(); all.hasNext(); ) {
      FunctionLoader owner = of(all.next().getDeclaringClass().getClassLoader());
      if (owner != null) {
        return owner;
      }
    }
    return null;
  }
}
