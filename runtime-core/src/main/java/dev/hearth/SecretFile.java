package dev.hearth;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A secret in a file of its own: at most 64 KiB of UTF-8, of which one line end at the end is no part. A file that is replaced or
 * rewritten is read anew. Thread-safe; {@link #toString} names the file and never shows the secret.
 */
public final class SecretFile {

  private static final int MAX_BYTES = 64 * 1024;

  private final Path file;
  private volatile @Nullable Known known; // whoever reads may write; the latest read wins

  /** What was read, and what the file looked like then. */
  private record Known(String text, FileTime modified, long size, @Nullable Object key) {
    boolean isOf(BasicFileAttributes now) {
      return modified.equals(now.lastModifiedTime())
          && size == now.size()
          && (key == null || key.equals(now.fileKey()));
    }
  }

  private SecretFile(Path file) {
    this.file = file;
  }

  /** The secret in this file, which is not read yet. */
  public static SecretFile of(Path file) {
    return new SecretFile(requireNonNull(file, "file"));
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /**
   * The secret as it is now.
   *
   * @throws IllegalArgumentException if there is no usable secret; the message names the file, never what it holds
   */
  public String read() {
    BasicFileAttributes now = attributes();
    Known before = known;
    if (before != null && before.isOf(now)) {
      return before.text();
    }
    String text = text();
    known = new Known(text, now.lastModifiedTime(), now.size(), now.fileKey());
    return text;
  }

  private BasicFileAttributes attributes() {
    if (!Files.exists(file)) {
      throw unusable("does not exist", null);
    }
    if (!Files.isRegularFile(file)) {
      throw unusable("is not a regular file", null);
    }
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private String text() {
    byte[] bytes = bytes();
    if (bytes.length > MAX_BYTES) {
      throw unusable("is larger than 64 KiB; expected a file with nothing but the secret", null);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw unusable("is not UTF-8 text", e);
    }
    if (text.endsWith("\n")) {
      text = text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1));
    }
    if (text.isEmpty()) {
      throw unusable("is empty; expected the secret", null);
    }
    return text;
  }

  private byte[] bytes() {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private IllegalArgumentException unreadable(IOException e) {
    return unusable(
        "cannot be read: " + (e instanceof AccessDeniedException ? "permission denied" : e), e);
  }

  private IllegalArgumentException unusable(String problem, @Nullable Exception cause) {
    return new IllegalArgumentException("file " + file + " " + problem, cause);
  }

  @Override
  public String toString() {
    return "SecretFile[" + file + "]";
  }
}
