package dev.hearth.signature;

/** Says in one line which class is missing, where that is what a failure is about. */
final class MissingClass {

  private MissingClass() {}

  static String explain(Throwable failure) {
    if (failure instanceof TypeNotPresentException absent) {
      return missing(absent.typeName());
    }
    String message = String.valueOf(failure.getMessage());
    boolean absent =
        failure instanceof NoClassDefFoundError || failure instanceof ClassNotFoundException;
    // Other failures of these types are sentences.
    return absent && message.indexOf(' ') < 0
        ? missing(message.replace('/', '.'))
        : message.lines().findFirst().orElse(failure.getClass().getName());
  }

  private static String missing(String className) {
    return "it needs class "
        + className
        + ", which is neither in the archive nor provided; add it to the archive";
  }
}
