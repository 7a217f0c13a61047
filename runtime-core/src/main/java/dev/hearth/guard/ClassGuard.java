package dev.hearth.guard;

import org.slf4j.LoggerFactory;

/**
 * Changes the classes of functions while they are defined: calls that mean the whole process go to stand-ins of the function's own,
 * and code that may run for ever is given polls. Thread-safe.
 */
public final class ClassGuard {

  /** The class that stands for {@link System}, to be defined in the function's loader. */
  public static final String SYSTEM = SystemCalls.STAND_IN;

  /** The class that notes what the function begins, to be defined in the function's loader. */
  public static final String RESOURCES = "dev.hearth.guard.FunctionResources";

  /** The class that sees the function's JDBC drivers, to be defined in the function's loader. */
  public static final String DRIVERS = "dev.hearth.guard.FunctionDrivers";

  private static final String PREFIX = "dev.hearth.guard.Function";

  private ClassGuard() {}

  /** Whether a function's loader defines its own copy of this class. */
  public static boolean isStandIn(String className) {
    return className.startsWith(PREFIX);
  }

  /** What a class file names: for {@link #redirect} and {@link Facility#isIn}. */
  public static int marks(byte[] classFile) {
    return ClassConstants.marks(classFile);
  }

  /**
   * The class file with its calls redirected; the same array when it has none, or is none.
   *
   * @param marks of the class file
   * @param environment whether {@code getenv} is redirected, too
   */
  public static byte[] redirect(byte[] classFile, int marks, boolean environment) {
    return SystemCalls.redirect(classFile, marks, environment);
  }

  /**
   * The class file with calls that outlive an invocation noted, and those that reach past the function noted or refused; the same array
   * when it has none. One that cannot be read is left to the JVM to refuse.
   *
   * @param marks of the class file
   */
  public static byte[] contain(byte[] classFile, int marks, String className, String function) {
    try {
      return CallScan.rewritten(classFile, marks);
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(ClassGuard.class)
          .warn(
              "function '{}': calls of class {} cannot be watched ({}); what it begins may outlive its version",
              function,
              className,
              e.toString());
      return classFile;
    }
  }

  /**
   * The class file with polls; the same array when it needs none. One that cannot be given any stays without, which is logged: its loops
   * cannot be stopped, but a class that the JVM would load is not refused.
   */
  public static byte[] addPolls(byte[] classFile, String className, String function) {
    try {
      return PollWriter.write(classFile);
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(ClassGuard.class)
          .warn(
              "function '{}': class {} gets no polls ({}); a loop in it cannot be stopped",
              function,
              className,
              e.toString());
      return classFile;
    }
  }
}
