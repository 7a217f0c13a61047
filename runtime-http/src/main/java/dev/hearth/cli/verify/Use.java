package dev.hearth.cli.verify;

/**
 * A method or field that code names, of a class that need not declare it.
 *
 * @param owner binary name of that class
 * @param name its name
 * @param descriptor its types
 */
record Use(String owner, String name, String descriptor) {

  /** As people write it. */
  String shown() {
    return name.equals("<init>") ? "new " + owner : owner + "." + name;
  }
}
