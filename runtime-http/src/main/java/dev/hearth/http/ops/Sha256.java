package dev.hearth.http.ops;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an uploaded archive must have, so that none that was damaged on its way is deployed. */
final class Sha256 {

  private Sha256() {}

  /**
   * Compares.
   *
   * @param expected in hexadecimal; null if its sender does not say
   * @throws RefusedChangeException if it is another, or the sender does not say
   */
  static void require(byte[] archive, @Nullable String expected) {
    if (expected == null) {
      throw new RefusedChangeException(
          400, "an upload needs the archive's SHA-256; add ?sha256=… to the address");
    }
    String found = of(archive);
    if (!found.equals(expected.toLowerCase(Locale.ROOT))) {
      throw new RefusedChangeException(
          422,
          "the archive has SHA-256 "
              + found
              + ", not "
              + expected
              + "; it was damaged on its way, or is another one");
    }
  }

  private static String of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
