package dev.hearth.cli;

import java.lang.reflect.Modifier;
import java.nio.channels.spi.SelectorProvider;

/**
 * Spares the JDK the search for a provider of selectors: it opens each jar of the class path for it, before the first socket is
 * opened, and Hearth's jars have none.
 */
final class Selectors {

  private static final String PROPERTY = "java.nio.channels.spi.SelectorProvider";

  /** What the JDK takes on Linux when it finds no other; elsewhere it is left to search. */
  private static final String ON_LINUX = "sun.nio.ch.EPollSelectorProvider";

  private Selectors() {}

  /** Has the JDK take its own provider, unless the user named one; to be called before the first socket is opened. */
  static void takeTheJdks() {
    if (!"Linux".equals(System.getProperty("os.name"))
        || System.getProperty(PROPERTY) != null
        || !isMakeable()) {
      return;
    }
    System.setProperty(PROPERTY, ON_LINUX);
    try {
      SelectorProvider.provider();
    } finally {
      System.clearProperty(PROPERTY);
    }
  }

  /** A JDK that names it otherwise would fail for good. */
  private static boolean isMakeable() {
    try {
      return Modifier.isPublic(
          Class.forName(ON_LINUX, false, null).getConstructor().getModifiers());
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
