package dev.hearth.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What {@code --data} says. */
final class DataArgument {

  private DataArgument() {}

  /**
   * The bytes.
   *
   * @param data a text, a file's name after {@code @}, or null for nothing
   * @throws UsageException if the file cannot be read
   */
  static byte[] read(@Nullable String data) {
    if (data == null) {
      return new byte[0];
    }
    if (!data.startsWith("@")) {
      return data.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Files.readAllBytes(Path.of(data.substring(1)));
    } catch (IOException | InvalidPathException e) {
      throw new UsageException(
          "--data " + data + " cannot be read: " + e + "; expected the name of a file after @", e);
    }
  }
}
