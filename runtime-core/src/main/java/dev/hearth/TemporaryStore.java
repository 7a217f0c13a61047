package dev.hearth;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/**
 * A new directory for a store below {@code java.io.tmpdir}, open to its owner alone where the file system knows owners.
 *
 * <p>Not by {@link Files#createTempDirectory}: its secure random numbers cost milliseconds at the first use, and are not what protects.
 * Nothing is taken over that exists, a link included, so that a name somebody guessed only makes the next one be tried.
 */
final class TemporaryStore {

  private TemporaryStore() {}

  static Path create() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    boolean owners = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    for (long number = System.nanoTime(); ; number++) {
      Path directory = parent.resolve("hearth-store".concat(Long.toHexString(number)));
      try {
        return owners
            ? Files.createDirectory(
                directory,
                PosixFilePermissions.asFileAttribute(
                    EnumSet.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE)))
            : Files.createDirectory(directory);
      } catch (FileAlreadyExistsException e) {
        // Another host took this number.
      }
    }
  }
}
