package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Directories for stores that nobody named. */
final class TemporaryStoreTest {

  @Test
  void create_isANewDirectoryForItsOwnerAlone() throws Exception {
    Set<Path> made = new HashSet<>();
    try {
      for (int i = 0; i < 3; i++) {
        Path directory = TemporaryStore.create();
        assertThat(made.add(directory)).isTrue();
        assertThat(directory).isEmptyDirectory();
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
              .isEqualTo("rwx------");
        }
      }
    } finally {
      for (Path directory : made) {
        Files.delete(directory);
      }
    }
  }
}
