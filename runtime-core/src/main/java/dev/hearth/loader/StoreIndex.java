package dev.hearth.loader;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which jars of the store an archive with nested jars was laid out as, so that it is unpacked
 * once. A text file per archive:
 *
 * <pre>
 * hearth-archive 1
 * own 1
 * jar SHA-256 of the jar
 * …
 * end SHA-256 of the lines above
 * </pre>
 *
 * <p>It is believed only if it is whole and each jar still has the hash it is named by.
 */
final class StoreIndex {

  private static final String HEAD = "hearth-archive 1";
  private static final String OWN = "own ";
  private static final String JAR = "jar ";
  private static final String END = "end ";

  private StoreIndex() {}

  static void write(Path store, StoredArchive archive) throws IOException {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    text.append(OWN).append(archive.own()).append('\n');
    for (Path jar : archive.classPath()) {
      String name = jar.getFileName().toString();
      text.append(JAR).append(name, 0, name.length() - ".jar".length()).append('\n');
    }
    text.append(END).append(hash(text.toString())).append('\n');
    try (Incoming file = Incoming.create(store)) {
      file.write(text.toString().getBytes(StandardCharsets.UTF_8));
      file.keep(path(store, archive.hash()));
    }
  }

  /** The archive as it was laid out before; null if it was not, or not all of it is intact. */
  static @Nullable StoredArchive read(Path store, String hash, String origin) throws IOException {
    String text;
    try {
      text = Files.readString(path(store, hash));
    } catch (NoSuchFileException e) {
      return null;
    }
    int end = text.lastIndexOf(END);
    if (end < 0 || !text.substring(end).equals(END + hash(text.substring(0, end)) + "\n")) {
      return null;
    }
    List<Path> jars = new ArrayList<>();
    int own = 0;
    for (String line : text.substring(0, end).split("\n")) {
      if (line.startsWith(JAR)) {
        jars.add(store.resolve(line.substring(JAR.length()) + ".jar"));
      } else if (line.startsWith(OWN)) {
        own = Integer.parseInt(line.substring(OWN.length()));
      }
    }
    return intact(jars)
        ? new StoredArchive(hash, origin, jars, ArchiveStore.manifest(jars.get(0)), own)
        : null;
  }

  private static boolean intact(List<Path> jars) throws IOException {
    for (Path jar : jars) {
      if (!Files.exists(jar) || !jar.endsWith(Hashes.of(jar) + ".jar")) {
        return false;
      }
    }
    return true;
  }

  private static Path path(Path store, String hash) {
    return store.resolve(hash + ".index");
  }

  private static String hash(String text) {
    return Hashes.hex(Hashes.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
