package dev.hearth.http.contract.openfaas;

import dev.hearth.loader.DeployException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** The empty file that is there while the container is healthy, for health checks that run a command. Thread-safe. */
final class LockFile {

  private final Path path;
  private final boolean suppressed;

  /**
   * @param suppressed whether it is never written
   */
  LockFile(Path path, boolean suppressed) {
    this.path = path;
    this.suppressed = suppressed;
  }

  /**
   * Writes it.
   *
   * @throws DeployException if it cannot be written
   */
  void write() {
    if (suppressed) {
      LoggerFactory.getLogger(LockFile.class)
          .warn(
              "suppress_lock is on: there is no {}, so that /_/health and /_/ready answer 503 for as"
                  + " long as this runs",
              path);
      return;
    }
    try {
      Path directory = path.getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.write(path, new byte[0]);
    } catch (IOException e) {
      throw new DeployException(
          "lock file "
              + path
              + " cannot be written: "
              + e
              + "; set TMPDIR to a directory that can, or suppress_lock=true",
          e);
    }
  }

  /** Whether it is there. Somebody else may have taken it away, to have the container look unhealthy. */
  boolean isThere() {
    return Files.exists(path);
  }

  /** Removes it, if it was written. */
  void remove() {
    if (suppressed) {
      return;
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LoggerFactory.getLogger(LockFile.class).warn("lock file {} cannot be removed", path, e);
    }
  }
}
