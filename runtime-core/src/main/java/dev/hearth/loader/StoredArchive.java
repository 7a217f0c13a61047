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
 */
public record StoredArchive(
    String hash, String origin, List<Path> classPath, Map<String, String> manifest) {

  public StoredArchive {
    Objects.requireNonNull(hash, "hash");
    classPath = List.copyOf(classPath);
    manifest = Map.copyOf(manifest);
  }

  /** What versions are called by: the first twelve digits of the hash. */
  public String shortHash() {
    return hash.substring(0, 12);
  }
}
