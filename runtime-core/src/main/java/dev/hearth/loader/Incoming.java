package dev.hearth.loader;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A file on its way into the store: written and hashed under a name that nothing trusts, then moved to
 * the name that its content has, or deleted by {@link #close}. Belongs to one thread.
 *
 * <p>The file is locked while it is written, so that another host that opens the same store can tell it
 * from what a crash left behind.
 */
final class Incoming extends OutputStream implements Closeable {

  private static final String PREFIX = "incoming";

  private final Path path;
  private final FileChannel channel;
  private final MessageDigest digest = Hashes.sha256();

  private Incoming(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static Incoming create(Path store) throws IOException {
    // Not Files.createTempFile: its secure random numbers cost milliseconds at the first use.
    for (long number = System.nanoTime(); ; number++) {
      Path path = store.resolve(PREFIX + Long.toHexString(number) + ".jar");
      try {
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock(channel);
        return new Incoming(path, channel);
      } catch (FileAlreadyExistsException e) {
        // Another thread took this number.
      }
    }
  }

  /** Deletes what a crash left behind. */
  static void sweep(Path store) throws IOException {
    String[] names = store.toFile().list(); // a glob would bring in regular expressions
    if (names == null) {
      throw new NotDirectoryException(store.toString());
    }
    for (String name : names) {
      if (name.startsWith(PREFIX) && isAbandoned(store.resolve(name))) {
        Files.deleteIfExists(store.resolve(name));
      }
    }
  }

  private static boolean isAbandoned(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      return lock(channel);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // another store of this JVM is writing it
    }
  }

  Path path() {
    return path;
  }

  /**
   * Copies a stream to its end.
   *
   * @param limit the most bytes it may have
   * @return how many it had
   */
  long fill(InputStream in, long limit) throws IOException {
    byte[] buffer = new byte[Hashes.BUFFER];
    long copied = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      copied += read;
      if (copied > limit) {
        throw new BadArchiveException("has more than " + limit + " bytes, which is the limit");
      }
      write(buffer, 0, read);
    }
    return copied;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    digest.update(bytes, from, count);
    ByteBuffer left = ByteBuffer.wrap(bytes, from, count);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  /** SHA-256 of what was written; nothing may be written afterwards. */
  byte[] digest() {
    return digest.digest();
  }

  /**
   * Makes the content available under a name; what already has that name is kept if it is the same byte
   * for byte, else replaced.
   */
  Path keep(Path as) throws IOException {
    if (Files.exists(as) && Files.mismatch(path, as) == -1) {
      return as;
    }
    Files.move(path, as, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return as;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }
}
