package dev.hearth.loader;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an archive keeps its classes and its jars, found from the names in it.
 *
 * @param classes the folder of the user's classes, ending in a slash; empty for the root
 * @param jars names of the jars to be put behind them, in order
 * @param own how many of these are the user's own code, not libraries
 * @param hasClasses whether there are classes outside of the jars
 */
record Layout(String classes, List<String> jars, int own, boolean hasClasses) {

  private static final String BOOT = "BOOT-INF/";
  private static final String WEB = "WEB-INF/";
  private static final String CLASSES = "classes/";
  private static final String LIB = "lib/";

  /**
   * @param directory whether the names are those of a directory, where jars beside classes are on the path
   * @throws BadArchiveException if nothing here can be loaded
   */
  static Layout of(List<String> names, boolean directory) throws BadArchiveException {
    Layout layout = ofAny(names, directory);
    if (!layout.hasClasses && layout.jars.isEmpty()) {
      throw new BadArchiveException(
          "holds no classes; looked for .class files at its root, in BOOT-INF/classes and"
              + " WEB-INF/classes, and for jars in lib, BOOT-INF/lib and WEB-INF/lib");
    }
    return layout;
  }

  /** The same for what stands beside other archives, and may have nothing but resources. */
  static Layout ofAny(List<String> names, boolean directory) {
    Layout boot = below(BOOT, names);
    if (boot != null) {
      return boot;
    }
    Layout web = below(WEB, names);
    if (web != null) {
      return web;
    }
    return flat(names, directory);
  }

  private static @Nullable Layout below(String root, List<String> names) {
    boolean hasClasses = false;
    List<String> jars = new ArrayList<>();
    for (String name : names) {
      if (name.startsWith(root)) {
        hasClasses |= name.startsWith(CLASSES, root.length()) && name.endsWith(".class");
        if (name.startsWith(LIB, root.length()) && name.endsWith(".jar")) {
          jars.add(name);
        }
      }
    }
    if (!hasClasses && jars.isEmpty()) {
      return null;
    }
    return new Layout(root + CLASSES, jars, hasClasses ? 0 : jars.size(), hasClasses);
  }

  private static Layout flat(List<String> names, boolean directory) {
    boolean hasClasses = false;
    List<String> top = new ArrayList<>();
    List<String> libraries = new ArrayList<>();
    for (String name : names) {
      if (name.endsWith(".class")) {
        hasClasses = true;
      } else if (name.endsWith(".jar") && name.indexOf('/') < 0) {
        top.add(name);
      } else if (name.endsWith(".jar") && name.startsWith(LIB)) {
        libraries.add(name);
      }
    }
    if (hasClasses && !directory) {
      top.clear(); // a jar inside a jar is data, unless a format says otherwise
    }
    int own = hasClasses ? 0 : top.isEmpty() ? libraries.size() : top.size();
    top.addAll(libraries);
    return new Layout("", top, own, hasClasses);
  }

  /** Whether the archive is a jar that needs no unpacking. */
  boolean isPlain() {
    return classes.isEmpty() && jars.isEmpty();
  }
}
