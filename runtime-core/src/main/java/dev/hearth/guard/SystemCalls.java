package dev.hearth.guard;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Redirects a class's calls of {@code System.exit}, and those that read and change variables and properties of the process, to {@link
 * FunctionSystem}.
 *
 * <p>Only the constant pool is changed (JVMS 4.4): a reference to a static method names its class by a constant, and is given
 * another one. Code, stack maps and line numbers stay as they are; method references are covered, because they go through the
 * same constants. A class that has none of these calls costs one pass over its constants.
 */
final class SystemCalls {

  /** The class that takes the calls, to be defined in the function's loader. */
  static final String STAND_IN = "dev.hearth.guard.FunctionSystem";

  private static final byte[] STAND_IN_CONSTANT = ascii(STAND_IN.replace('.', '/'));
  private static final byte[] SYSTEM = ascii("java/lang/System");
  private static final byte[] GETENV = ascii("getenv");

  private static final String TEXT = "Ljava/lang/String;";

  /** The methods that are redirected: their names with their descriptors, by class. */
  private static final byte[][] OF_SYSTEM =
      methods(
          "exit(I)V",
          "getenv(" + TEXT + ")" + TEXT,
          "getenv()Ljava/util/Map;",
          "getProperty(" + TEXT + ")" + TEXT,
          "getProperty(" + TEXT + TEXT + ")" + TEXT,
          "setProperty(" + TEXT + TEXT + ")" + TEXT,
          "clearProperty(" + TEXT + ")" + TEXT,
          "getProperties()Ljava/util/Properties;",
          "setProperties(Ljava/util/Properties;)V");

  private static final byte[] INTEGER = ascii("java/lang/Integer");
  private static final byte[][] OF_INTEGER =
      methods(
          "getInteger(" + TEXT + ")Ljava/lang/Integer;",
          "getInteger(" + TEXT + "I)Ljava/lang/Integer;",
          "getInteger(" + TEXT + "Ljava/lang/Integer;)Ljava/lang/Integer;");
  private static final byte[] LONG = ascii("java/lang/Long");
  private static final byte[][] OF_LONG =
      methods(
          "getLong(" + TEXT + ")Ljava/lang/Long;",
          "getLong(" + TEXT + "J)Ljava/lang/Long;",
          "getLong(" + TEXT + "Ljava/lang/Long;)Ljava/lang/Long;");
  private static final byte[] BOOLEAN = ascii("java/lang/Boolean");
  private static final byte[][] OF_BOOLEAN = methods("getBoolean(" + TEXT + ")Z");

  private final ClassConstants constants;
  private final boolean environment;

  private SystemCalls(ClassConstants constants, boolean environment) {
    this.constants = constants;
    this.environment = environment;
  }

  /** The names with the descriptors, in turns. */
  private static byte[][] methods(String... methods) {
    byte[][] both = new byte[methods.length * 2][];
    for (int i = 0; i < methods.length; i++) {
      int parenthesis = methods[i].indexOf('(');
      both[2 * i] = ascii(methods[i].substring(0, parenthesis));
      both[2 * i + 1] = ascii(methods[i].substring(parenthesis));
    }
    return both;
  }

  /**
   * The class file with its calls redirected; the same array when it has none, or is none.
   *
   * @param marks of its names
   * @param environment whether {@code getenv} is redirected, too
   */
  static byte[] redirect(byte[] classFile, int marks, boolean environment) {
    if ((marks & Marks.SYSTEM) == 0) {
      return classFile;
    }
    ClassConstants constants = ClassConstants.parse(classFile);
    return constants == null ? classFile : new SystemCalls(constants, environment).redirected();
  }

  private byte[] redirected() {
    byte[] changed = null;
    for (int i = 1; i < constants.count(); i++) {
      if (constants.isMethod(i) && isRedirected(i)) {
        changed = changed == null ? constants.withClass(STAND_IN_CONSTANT) : changed;
        if (changed == null) {
          return constants.bytes;
        }
        ClassConstants.put(changed, constants.offsets[i] + 1, constants.count() + 1);
      }
    }
    return changed == null ? constants.bytes : changed;
  }

  private boolean isRedirected(int method) {
    int owner = constants.owner(method);
    int name = constants.name(method);
    int descriptor = constants.descriptor(method);
    if (owner == 0
        || name == 0
        || descriptor == 0
        || (constants.marksOf(name) & Marks.SYSTEM) == 0) {
      return false;
    }
    byte[][] redirected = methodsOf(owner);
    for (int i = 0; redirected != null && i < redirected.length; i += 2) {
      if (constants.holds(name, redirected[i]) && constants.holds(descriptor, redirected[i + 1])) {
        return environment || !constants.holds(name, GETENV);
      }
    }
    return false;
  }

  private byte @Nullable [][] methodsOf(int owner) {
    if (constants.holds(owner, SYSTEM)) {
      return OF_SYSTEM;
    }
    if (constants.holds(owner, INTEGER)) {
      return OF_INTEGER;
    }
    if (constants.holds(owner, LONG)) {
      return OF_LONG;
    }
    return constants.holds(owner, BOOLEAN) ? OF_BOOLEAN : null;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
