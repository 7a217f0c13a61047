package dev.hearth.cli.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** A jar with functions of Hearth's own, for when there is none of the user's. */
public final class SampleArchive {

  private SampleArchive() {}

  /**
   * Writes it.
   *
   * @param to replaced
   * @param functions classes of Hearth's own jar, which need nothing beside themselves
   * @throws IOException if it cannot be written, or a class is not on the class path
   */
  public static void write(Path to, Class<?>... functions) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(to))) {
      for (Class<?> function : functions) {
        String entry = function.getName().replace('.', '/') + ".class";
        try (InputStream bytes = function.getResourceAsStream("/" + entry)) {
          if (bytes == null) {
            throw new IOException(entry + " is not on the class path");
          }
          jar.putNextEntry(new ZipEntry(entry));
          bytes.transferTo(jar);
          jar.closeEntry();
        }
      }
    }
  }
}
