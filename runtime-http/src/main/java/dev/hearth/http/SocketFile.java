package dev.hearth.http;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The file of a Unix domain socket. The socket is bound under a name of its own and renamed when it can be connected
 * to, so that whoever watches for the file never meets one that is not ready, or not for everybody.
 */
final class SocketFile {

  /** What Linux has room for, its closing NUL left out (unix(7)). */
  private static final int LONGEST = 107;

  /** What the JDK takes: one byte less. */
  private static final int LONGEST_OF_JDK = 106;

  private static final Set<PosixFilePermission> EVERYBODY =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path path;
  private final Path unready;
  private @Nullable Object
      key; // of the file that publish() made; the server's opening thread, then its closing one

  private SocketFile(Path path, Path unready) {
    this.path = path;
    this.unready = unready;
  }

  /**
   * Takes a path that nobody listens on; a socket that a process left behind is removed.
   *
   * @throws BindException if it cannot be had; the message names it
   */
  static SocketFile claim(Path wanted) throws IOException {
    Path path = wanted.toAbsolutePath();
    Path directory = path.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw refused(path, "there is no directory " + directory + "; make it first");
    }
    int bytes = length(path);
    if (bytes > LONGEST) {
      throw refused(
          path,
          "it is " + bytes + " bytes long and may have " + LONGEST + "; choose a shorter path");
    }
    Path unready = unready(path, directory);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      requireStale(path);
      Files.delete(path);
    }
    return new SocketFile(path, unready);
  }

  /** A path that nothing has, in the same directory, and as short as the JDK wants it. */
  private static Path unready(Path path, Path directory) throws BindException {
    int most = LONGEST_OF_JDK - length(directory.resolve("x")) + 1;
    long seed = System.nanoTime();
    for (int i = 0; most > 0 && i < 100; i++) {
      String name = Long.toString((seed + i) & Long.MAX_VALUE, 36);
      Path free = directory.resolve(name.substring(Math.max(0, name.length() - most)));
      if (!free.equals(path) && !Files.exists(free, LinkOption.NOFOLLOW_LINKS)) {
        return free;
      }
    }
    throw refused(
        path,
        "there is no room for another name in its directory; choose a directory of less depth");
  }

  private static int length(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static void requireStale(Path path) throws IOException {
    boolean file = Files.isRegularFile(path) || Files.isDirectory(path);
    if (file) {
      throw refused(path, "there is a file or directory of that name; move it away");
    }
    if (length(path) > LONGEST_OF_JDK) {
      throw refused(
          path, "there is one, too long to be asked whether a process listens on it; remove it");
    }
    try (SocketChannel answering = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      throw refused(
          path, "a process listens on it already (" + answering + "); choose another path");
    } catch (ConnectException | java.nio.file.NoSuchFileException e) {
      // Nobody listens: a process left it behind.
    } catch (java.net.SocketException e) {
      if (e instanceof BindException) {
        throw e;
      }
      // The same, as some systems word it.
    }
  }

  private static BindException refused(Path path, String reason) {
    return new BindException("cannot listen on socket " + path + ": " + reason);
  }

  /** What to bind to. */
  UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(unready);
  }

  /** Lets everybody connect and puts it in its place, in one step; it must be listening. */
  void publish() throws IOException {
    Files.setPosixFilePermissions(unready, EVERYBODY);
    key =
        Files.readAttributes(unready, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
    Files.move(unready, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes it, unless somebody else has taken the path since. */
  void remove() {
    try {
      Files.deleteIfExists(unready);
      if (key != null
          && Files.exists(path)
          && key.equals(
              Files.readAttributes(path, java.nio.file.attribute.BasicFileAttributes.class)
                  .fileKey())) {
        Files.delete(path);
      }
    } catch (IOException e) {
      LoggerFactory.getLogger(SocketFile.class).warn("cannot remove socket {}", path, e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
