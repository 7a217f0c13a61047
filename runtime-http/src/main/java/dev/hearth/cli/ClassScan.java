package dev.hearth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** Follows the references of a handler's class through its own archive, without loading any class. */
final class ClassScan {

  /** Enough for any function's own code; the rest is not looked at, which the report says. */
  static final int MOST_CLASSES = 20_000;

  private final ClassLoader function;
  private final ClassLoader platform = ClassLoader.getPlatformClassLoader();
  private final Set<String> seen = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();

  final Set<String> missing = new TreeSet<>();
  final Set<String> unreadable = new TreeSet<>();
  final Set<String> withNatives = new TreeSet<>();
  int classes;
  int release;
  boolean cutShort;

  /**
   * @param function finds the archive's classes as resources
   */
  ClassScan(ClassLoader function) {
    this.function = function;
  }

  /** Follows everything that can be reached from this class. */
  void follow(String className) {
    add(className);
    String next = open.poll();
    while (next != null) {
      visit(next);
      next = open.poll();
    }
  }

  private void add(String className) {
    if (seen.contains(className)) {
      return;
    }
    if (classes + open.size() >= MOST_CLASSES) {
      cutShort = true;
      return;
    }
    seen.add(className);
    open.add(className);
  }

  private void visit(String className) {
    String resource = className.replace('.', '/') + ".class";
    if (platform.getResource(resource) != null || className.startsWith("dev.hearth.function.")) {
      return;
    }
    try (InputStream in = function.getResourceAsStream(resource)) {
      if (in == null) {
        missing.add(className);
        return;
      }
      note(className, ClassFile.read(in.readAllBytes()));
    } catch (IOException e) {
      unreadable.add(className + ": " + e.getMessage());
    }
  }

  private void note(String className, ClassFile file) {
    classes++;
    release = Math.max(release, file.release());
    if (file.hasNative()) {
      withNatives.add(className);
    }
    for (String reference : file.references()) {
      add(reference);
    }
  }
}
