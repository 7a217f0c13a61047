package dev.hearth.loader;

/** What is said about class files that the JVM cannot take. */
final class ClassDefects {

  private ClassDefects() {}

  /** The JVM does not always say which class it was. */
  static ClassFormatError named(ClassFormatError e, String className, String function) {
    String message = String.valueOf(e.getMessage());
    if (message.contains(className) || message.contains(className.replace('.', '/'))) {
      return e;
    }
    ClassFormatError named =
        new ClassFormatError(
            "class "
                + className
                + " of function '"
                + function
                + "' is damaged: "
                + message
                + "; build the archive again");
    named.initCause(e);
    return named;
  }

  /** Refuses what is compiled for a newer JDK. */
  static void requireLoadable(String name, byte[] bytes, String function) {
    int version = ClassFileHeader.majorVersion(bytes);
    if (version > ClassFileHeader.newestLoadable()) {
      throw new UnsupportedClassVersionError(
          "class "
              + name
              + " of function '"
              + function
              + "' is compiled for Java "
              + ClassFileHeader.java(version)
              + " (class file version "
              + version
              + "), and this is Java "
              + Runtime.version().feature()
              + " (up to version "
              + ClassFileHeader.newestLoadable()
              + "); compile it with --release "
              + Runtime.version().feature()
              + " or run Hearth on a newer JDK");
    }
  }
}
