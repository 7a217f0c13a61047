package dev.hearth.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The archive that a command is about. */
final class ArchiveArgument {

  private ArchiveArgument() {}

  /**
   * The archive, if it is given and there.
   *
   * @throws UsageException otherwise
   */
  static Path require(@Nullable Path archive) {
    if (archive == null) {
      throw new UsageException("ARCHIVE is missing; expected a jar, zip or directory");
    }
    if (!Files.exists(archive)) {
      throw new UsageException(
          "archive " + archive + " does not exist; expected a jar, zip or directory");
    }
    return archive;
  }
}
