package dev.hearth.guard;

/** Tells whether a class file has calls that {@link CallWriter} would rewrite, without loading what that needs. */
final class CallScan {

  private CallScan() {}

  /**
   * The class file with its calls rewritten; the same array when it has none of them, or is none.
   *
   * @param marks of its names
   */
  static byte[] rewritten(byte[] classFile, int marks) {
    // Who names neither exit nor halt cannot look it up.
    boolean lookups = (marks & Marks.LOOKUP) != 0 && (marks & Marks.EXIT) != 0;
    if (((marks & Marks.CALLS) == 0 && !lookups) || !hasCalls(classFile, lookups)) {
      return classFile;
    }
    return CallWriter.write(classFile, lookups);
  }

  private static boolean hasCalls(byte[] classFile, boolean lookups) {
    ClassConstants constants = ClassConstants.parse(classFile);
    if (constants == null) {
      return false;
    }
    for (int i = 1; i < constants.count(); i++) {
      if (constants.isMethod(i) && isCall(constants, i, lookups)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCall(ClassConstants constants, int method, boolean lookups) {
    int owner = constants.owner(method);
    int name = constants.name(method);
    if (owner == 0 || name == 0) {
      return false;
    }
    if (lookups && (constants.marksOf(name) & Marks.LOOKUP) != 0) {
      return true;
    }
    int marks = constants.marksOf(owner) | constants.marksOf(name);
    return (marks & Marks.CALLS) != 0
        && CallRules.of(constants.text(owner), constants.text(name)) != null;
  }
}
