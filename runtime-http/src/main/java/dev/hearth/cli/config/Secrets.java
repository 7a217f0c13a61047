package dev.hearth.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a secret from a file of its own. */
final class Secrets {

  static final int MAX_BYTES = 64 * 1024;

  private Secrets() {}

  /**
   * The file's text without the line end that editors add.
   *
   * @throws IllegalArgumentException if there is no usable secret; the message names the file, never what
   *     it holds
   */
  static Secret read(Path file) {
    byte[] bytes = bytes(file);
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "file " + file + " is larger than 64 KiB; expected a file with nothing but the secret");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("file " + file + " is not UTF-8 text", e);
    }
    if (text.endsWith("\n")) {
      text = text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
    }
    if (text.isEmpty()) {
      throw new IllegalArgumentException("file " + file + " is empty; expected the secret");
    }
    return Secret.of(text);
  }

  private static byte[] bytes(Path file) {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("file " + file + " does not exist");
    }
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("file " + file + " is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new IllegalArgumentException("file " + file + " cannot be read: " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException ? "permission denied" : e.toString();
  }
}
