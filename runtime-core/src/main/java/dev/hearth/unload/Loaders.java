package dev.hearth.unload;

import org.jspecify.annotations.Nullable;

/** How class loaders lie to one another. */
final class Loaders {

  private Loaders() {}

  /** Whether a loader is this one, or asks it, however far below. */
  static boolean isBelow(@Nullable ClassLoader one, ClassLoader other) {
    for (ClassLoader each = one; each != null; each = each.getParent()) {
      if (each == other) {
        return true;
      }
    }
    return false;
  }
}
