package dev.hearth.cache;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a result is kept under: the parts of a request, each with its length before it, so that no two lists of parts make the
 * same key. A long one is replaced by its SHA-256, so a key has at most {@value #LONGEST} characters.
 *
 * <p>Immutable. It belongs to one generation of one function's cache; see {@link FunctionCache#key}.
 */
public final class CacheKey {

  /** The most characters of a key. */
  static final int LONGEST = 256;

  private final long generation;
  private final String text;
  private final int hash;

  private CacheKey(long generation, String text) {
    this.generation = generation;
    this.text = text;
    this.hash = text.hashCode() * 31 + Long.hashCode(generation);
  }

  long generation() {
    return generation;
  }

  /** What it takes in memory, about; in bytes. */
  int weight() {
    return 64 + 2 * text.length();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CacheKey key
        && key.hash == hash
        && key.generation == generation
        && key.text.equals(text);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return generation + "/" + text;
  }

  /** Puts one together, part by part; for one thread. */
  static final class Builder {

    private final StringBuilder text = new StringBuilder(96);

    /** Adds a part; null, for one that the request does not have, is not the same as an empty one. */
    Builder add(@Nullable String part) {
      if (part == null) {
        text.append('-');
      } else {
        text.append(part.length()).append(':').append(part);
      }
      return this;
    }

    /** Adds bytes, by their SHA-256. */
    Builder add(byte[] bytes) {
      return add(HexFormat.of().formatHex(sha256().digest(bytes)));
    }

    CacheKey build(long generation) {
      // What is hashed begins with '#', which no list of parts does.
      return new CacheKey(
          generation, text.length() <= LONGEST ? text.toString() : "#" + hashed(text));
    }

    /** By UTF-16 code unit: an encoder would make one of all unpaired surrogates. */
    private static String hashed(StringBuilder text) {
      byte[] units = new byte[text.length() * 2];
      for (int i = 0; i < text.length(); i++) {
        units[2 * i] = (byte) (text.charAt(i) >> 8);
        units[2 * i + 1] = (byte) text.charAt(i);
      }
      return HexFormat.of().formatHex(sha256().digest(units));
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException missing) {
        throw new IllegalStateException("every Java platform has SHA-256", missing);
      }
    }
  }
}
