package dev.hearth.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** Where the distribution is that this process was started from. */
final class Installation {

  /** Set by the launcher. */
  private static final String HOME = "hearth.home";

  private Installation() {}

  /** The vendor APIs that functions are given; null when it is started from class files. */
  static @Nullable Path providedApis() {
    String home = System.getProperty(HOME);
    Path lib = home == null ? besideOwnJar() : Path.of(home, "lib");
    Path provided = lib == null ? null : lib.resolve("provided");
    return provided != null && Files.isDirectory(provided) ? provided : null;
  }

  /** The distribution's directory; null when it was not started by its launcher. */
  static @Nullable Path home() {
    String home = System.getProperty(HOME);
    return home == null ? null : Path.of(home);
  }

  private static @Nullable Path besideOwnJar() {
    CodeSource source = Installation.class.getProtectionDomain().getCodeSource();
    try {
      return source == null ? null : Path.of(source.getLocation().toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path entry is always a URI", e);
    }
  }
}
