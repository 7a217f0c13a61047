package dev.hearth.cli.config;

import dev.hearth.SecretFile;
import java.nio.file.Path;

/** Reads a secret from a file of its own. */
final class Secrets {

  private Secrets() {}

  /**
   * The file's text without the line end that editors add.
   *
   * @throws IllegalArgumentException if there is no usable secret; the message names the file, never what
   *     it holds
   */
  static Secret read(Path file) {
    return Secret.of(SecretFile.of(file).read());
  }
}
