package dev.hearth.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Makes a jar of a class on the class path and those inside it, as a user would ship it. */
public final class FunctionJar {

  private FunctionJar() {}

  /** Writes the jar into a new temporary directory. */
  public static Path of(Class<?> function) throws IOException {
    Path jar =
        Files.createTempDirectory("hearth-benchmark").resolve(function.getSimpleName() + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      add(function, out);
      for (Class<?> inside : function.getDeclaredClasses()) {
        add(inside, out);
      }
    }
    return jar;
  }

  private static void add(Class<?> of, JarOutputStream out) throws IOException {
    String entry = of.getName().replace('.', '/') + ".class";
    try (InputStream bytes = of.getResourceAsStream("/" + entry)) {
      if (bytes == null) {
        throw new IOException(entry + " is not on the class path");
      }
      out.putNextEntry(new ZipEntry(entry));
      bytes.transferTo(out);
      out.closeEntry();
    }
  }

  /** Deletes a jar made here, and its directory. */
  public static void delete(Path jar) throws IOException {
    Files.delete(jar);
    Path directory = jar.getParent();
    if (directory != null) {
      Files.delete(directory);
    }
  }
}
