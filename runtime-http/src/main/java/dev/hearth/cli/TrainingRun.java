package dev.hearth.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The entry of a process whose classes the JVM writes into a cache when it ends: loads those of every contract, so that the cache serves
 * them all, then runs the command.
 */
public final class TrainingRun {

  private static final String OWN = "dev/hearth/http/contract/";

  private TrainingRun() {}

  /** Loads and runs. */
  public static void main(String[] args) throws IOException, URISyntaxException {
    load(TrainingRun.class);
    Main.main(args);
  }

  private static void load(Class<?> ofJar) throws IOException, URISyntaxException {
    CodeSource source = ofJar.getProtectionDomain().getCodeSource();
    try (JarFile jar = new JarFile(Path.of(source.getLocation().toURI()).toFile())) {
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        String entry = all.nextElement().getName();
        if (entry.startsWith(OWN) && entry.endsWith(".class")) {
          load(entry.substring(0, entry.length() - ".class".length()).replace('/', '.'));
        }
      }
    }
  }

  private static void load(String name) {
    try {
      Class.forName(name, false, TrainingRun.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      // It belongs next to a vendor's API, which only a function brings.
    }
  }
}
