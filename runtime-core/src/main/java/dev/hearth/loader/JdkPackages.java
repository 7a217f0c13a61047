package dev.hearth.loader;

import java.util.HashSet;
import java.util.Set;

/**
 * Tells the JDK's packages from the user's without asking a JDK loader, which would remember each name it was ever asked
 * for. It also keeps the host out of sight when the host itself runs as named modules, whose packages the platform
 * loader would find.
 */
final class JdkPackages {

  private JdkPackages() {}

  /** Whether a class or resource in this package is the JDK's before it is anyone else's. */
  static boolean hold(String packageName) {
    if (packageName.startsWith("java.") || packageName.equals("java")) {
      return true;
    }
    return mayHold(packageName) && BootLayer.PACKAGES.contains(packageName);
  }

  /** Cheap and good enough to keep the boot layer from being listed for names that are plainly the user's. */
  private static boolean mayHold(String name) {
    if (name.isEmpty()) {
      return false;
    }
    return switch (name.charAt(0)) {
      case 'c' -> name.startsWith("com.sun.") || name.startsWith("com.oracle.");
      case 'j' -> name.startsWith("javax.") || name.startsWith("jdk.");
      case 'n' -> name.startsWith("netscape.");
      case 'o' ->
          name.startsWith("org.w3c.")
              || name.startsWith("org.xml.")
              || name.startsWith("org.ietf.")
              || name.startsWith("org.jcp.")
              || name.startsWith("org.graalvm.");
      case 's' -> name.startsWith("sun.");
      default -> false;
    };
  }

  /** Listed when first needed. */
  private static final class BootLayer {
    static final Set<String> PACKAGES = new HashSet<>();

    static {
      for (Module module : ModuleLayer.boot().modules()) {
        if (isJdk(module)) {
          PACKAGES.addAll(module.getPackages());
        }
      }
    }

    private static boolean isJdk(Module module) {
      ClassLoader loader = module.getClassLoader();
      String name = module.getName();
      return loader == null
          || loader == ClassLoader.getPlatformClassLoader()
          || name.startsWith("java.")
          || name.startsWith("jdk.");
    }
  }
}
