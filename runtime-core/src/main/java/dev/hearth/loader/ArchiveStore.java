package dev.hearth.loader;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Holds a copy of each deployed archive under the hash of its content. Thread-safe; versions with equal
 * content share one copy.
 */
public final class ArchiveStore {

  private final Path directory;

  private ArchiveStore(Path directory) {
    this.directory = directory;
  }

  /** Opens a store in this directory, creating it when absent. */
  public static ArchiveStore open(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new ArchiveStore(directory);
  }

  /**
   * Copies an archive into the store, unless it is there already.
   *
   * @throws DeployException if it cannot be read or is nothing that can be loaded
   */
  public StoredArchive add(Path archive) {
    try {
      Path copy = Files.createTempFile(directory, "incoming", ".jar");
      MessageDigest digest = sha256();
      try (InputStream in = Files.newInputStream(archive);
          OutputStream out = new DigestOutputStream(Files.newOutputStream(copy), digest)) {
        in.transferTo(out);
      }
      String hash = hex(digest.digest());
      Path kept = directory.resolve(hash + ".jar");
      Files.move(copy, kept, StandardCopyOption.REPLACE_EXISTING);
      return new StoredArchive(hash, archive.toString(), List.of(kept), manifest(kept));
    } catch (IOException e) {
      throw new DeployException("archive " + archive + " cannot be read: " + e, e);
    }
  }

  private static Map<String, String> manifest(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      Map<String, String> attributes = new HashMap<>();
      if (manifest != null) {
        manifest
            .getMainAttributes()
            .forEach(
                (name, value) ->
                    attributes.put(name.toString().toLowerCase(Locale.ROOT), value.toString()));
      }
      return attributes;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length * 2);
    for (byte b : bytes) {
      text.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return text.toString();
  }
}
