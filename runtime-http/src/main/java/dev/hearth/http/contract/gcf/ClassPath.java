package dev.hearth.http.contract.gcf;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the vendor's runtime finds code: jars and folders separated as on a {@code PATH}, {@code folder/*} for the jars directly in a
 * folder. What does not exist is left out, as the JDK does: build tools list folders that they have not made.
 */
final class ClassPath {

  private static final String ALL = File.separator + "*";

  private final String text;
  private final List<Path> entries = new ArrayList<>();

  private ClassPath(String text) {
    this.text = text;
  }

  /**
   * What there is of it, in its order.
   *
   * @throws IllegalArgumentException if nothing is
   */
  static List<Path> parse(String variable, String text) {
    ClassPath path = new ClassPath(text);
    path.parse();
    if (path.entries.isEmpty()) {
      throw new IllegalArgumentException(
          variable
              + " is '"
              + text
              + "', where nothing exists; it must be jars or folders, separated by '"
              + File.pathSeparator
              + "', folder"
              + ALL
              + " for all jars in one");
    }
    return path.entries;
  }

  private void parse() {
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf(File.pathSeparatorChar, from);
      int to = end < 0 ? text.length() : end;
      add(text.substring(from, to));
      from = to + 1;
    }
  }

  private void add(String entry) {
    if (entry.isEmpty()) {
      return;
    }
    if (entry.endsWith(ALL)) {
      addJars(new File(entry.substring(0, entry.length() - ALL.length())));
    } else {
      addIfThere(path(entry));
    }
  }

  private void addJars(File folder) {
    String[] names = folder.list(); // null where there is no such folder
    if (names == null) {
      return;
    }
    Arrays.sort(names); // the order of folders differs from machine to machine
    for (String name : names) {
      if (name.endsWith(".jar")) {
        addIfThere(folder.toPath().resolve(name));
      }
    }
  }

  private void addIfThere(Path path) {
    if (Files.exists(path)) {
      entries.add(path);
    }
  }

  private Path path(String entry) {
    try {
      return Path.of(entry);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + entry + "' in '" + text + "' is no path", e);
    }
  }
}
