package dev.hearth.loader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signed jars when they enter the store, so that loading from it need not.
 *
 * <p>A jar is taken for signed if it has a signature file and its manifest has digests of entries. Build
 * tools that merge jars leave the files but not the digests; such jars are loaded as unsigned ones.
 */
final class JarSigning {

  private JarSigning() {}

  /**
   * @throws BadArchiveException naming the entry that was changed after signing
   */
  static void verify(Path jar, List<String> names) throws IOException {
    if (!hasSignature(names)) {
      return;
    }
    String entry = "META-INF/MANIFEST.MF";
    try (JarFile file = new JarFile(jar.toFile(), true)) {
      if (!hasDigests(file.getManifest())) {
        return;
      }
      byte[] buffer = new byte[Hashes.BUFFER];
      for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
        JarEntry next = entries.nextElement();
        entry = next.getName();
        try (InputStream in = file.getInputStream(next)) {
          while (in.read(buffer) >= 0) {
            // Reading to the end is what verifies the entry.
          }
        }
      }
    } catch (SecurityException e) {
      throw new BadArchiveException(
          "is signed, and entry '"
              + entry
              + "' is not what was signed ("
              + e.getMessage()
              + "); get the original, or remove the signature files from META-INF",
          e);
    }
  }

  private static boolean hasSignature(List<String> names) {
    for (String name : names) {
      if (EntryNames.isSignature(name) && EntryNames.endsWith(name, ".SF")) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasDigests(@Nullable Manifest manifest) {
    if (manifest == null) {
      return false;
    }
    for (Attributes section : manifest.getEntries().values()) {
      for (Object name : section.keySet()) {
        if (EntryNames.endsWith(name.toString(), "-Digest")) {
          return true;
        }
      }
    }
    return false;
  }
}
