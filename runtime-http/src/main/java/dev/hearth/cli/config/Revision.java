package dev.hearth.cli.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/** What settings are called by: a digest of all of them but the name and the archive's place. Made when it is asked for. */
record Revision(FunctionSettings settings) implements Supplier<String> {

  private static final int SHOWN = 16;

  @Override
  public String get() {
    // A record's text has each of its components; what the file leaves out is null there, in
    // whatever version.
    String all = settings.withArchive(Path.of("")).toString();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
