package dev.hearth.loader;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One archive in the store: an immutable, verified copy of what the user shipped, laid out as jars.
 *
 * @param hash SHA-256 of the content, 64 lower-case hexadecimal digits
 * @param origin where it was copied from, for messages only
 * @param classPath jars to search, in order; the user's own classes first
 * @param manifest main attributes of the archive's manifest, names in lower case; empty when it has none
 * @param own how many of the first jars are the user's own code; libraries follow them
 */
public record StoredArchive(
    String hash, String origin, List<Path> classPath, Map<String, String> manifest, int own) {

  public StoredArchive {
    Objects.requireNonNull(hash, "hash");
    Objects.requireNonNull(origin, "origin");
    classPath = List.copyOf(classPath);
    manifest = Map.copyOf(manifest);
    if (own < 0 || own > classPath.size()) {
      throw new IllegalArgumentException(
          "own is "
              + own
              + "; it must be within 0 to "
              + classPath.size()
              + ", the jars there are");
    }
  }

  /** An archive whose first jar is the user's own code. */
  public StoredArchive(
      String hash, String origin, List<Path> classPath, Map<String, String> manifest) {
    this(hash, origin, classPath, manifest, Math.min(1, classPath.size()));
  }

  /** What versions are called by: the first twelve digits of the hash. */
  public String shortHash() {
    return hash.substring(0, 12);
  }
}
