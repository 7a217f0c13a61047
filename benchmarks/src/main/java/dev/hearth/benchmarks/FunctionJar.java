package dev.hearth.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** Makes a one-class jar of a class on the class path, as a user would ship it. */
public final class FunctionJar {

  private FunctionJar() {}

  /** Writes the jar into a new temporary directory. */
  public static Path of(Class<?> function) throws IOException {
    String entry = function.getName().replace('.', '/') + ".class";
    Path jar =
        Files.createTempDirectory("hearth-benchmark").resolve(function.getSimpleName() + ".jar");
    try (InputStream bytes = function.getResourceAsStream("/" + entry);
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      if (bytes == null) {
        throw new IOException(entry + " is not on the class path");
      }
      out.putNextEntry(new ZipEntry(entry));
      bytes.transferTo(out);
      out.closeEntry();
    }
    return jar;
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
