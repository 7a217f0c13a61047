package dev.hearth.loader;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Enumeration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** One jar on a loader's path, opened when it is first looked into. Thread-safe. */
final class PathJar implements Closeable {

  /** The JVM's own limits keep classes far below this; longer entries are not classes. */
  private static final long CLASS_BYTES = 64L << 20;

  private final Path path;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable JarFile file;
  private volatile @Nullable ProtectionDomain domain;
  private volatile @Nullable URL url;

  @GuardedBy("lock")
  private boolean closed;

  PathJar(Path path) {
    this.path = path;
  }

  /**
   * The entry of this name, of this JDK's version if the jar has several, or null.
   *
   * @throws ClosedException after {@link #close}
   */
  @Nullable JarEntry entry(String name) throws IOException {
    try {
      return open().getJarEntry(name);
    } catch (IllegalStateException e) {
      throw new ClosedException(); // while it was being looked at
    }
  }

  byte[] bytes(JarEntry entry) throws IOException {
    long size = entry.getSize();
    if (size < 0 || size > CLASS_BYTES) {
      throw new ZipException("entry " + entry.getName() + " has " + size + " bytes: no class has");
    }
    byte[] bytes = new byte[(int) size];
    try (InputStream in = stream(entry)) {
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length || in.read() >= 0) {
        throw new ZipException("entry " + entry.getName() + " is not of its stated size " + size);
      }
    }
    return bytes;
  }

  InputStream stream(JarEntry entry) throws IOException {
    try {
      return open().getInputStream(entry);
    } catch (IllegalStateException e) {
      throw new ClosedException();
    }
  }

  @Nullable Manifest manifest() throws IOException {
    try {
      return open().getManifest();
    } catch (IllegalStateException e) {
      throw new ClosedException();
    }
  }

  Enumeration<JarEntry> entries() throws IOException {
    try {
      return open().entries();
    } catch (IllegalStateException e) {
      throw new ClosedException();
    }
  }

  URL url(JarEntry entry) {
    return JarUrls.entry(url(), entry.getRealName());
  }

  private URL url() {
    URL known = url;
    if (known == null) {
      known = JarUrls.jar(path);
      url = known;
    }
    return known;
  }

  /**
   * The domain of this jar's classes. It holds no loader: threads started under function code remember
   * the domains they were started from, and must not remember the loader.
   */
  ProtectionDomain domain() {
    ProtectionDomain known = domain;
    if (known == null) {
      known = new ProtectionDomain(new CodeSource(url(), (Certificate[]) null), null);
      domain = known;
    }
    return known;
  }

  /** The open file. Its entries were verified when it entered the store. */
  JarFile open() throws IOException {
    JarFile open = file;
    if (open != null) {
      return open;
    }
    lock.lock();
    try {
      if (closed) {
        throw new ClosedException();
      }
      if (file == null) {
        file = new JarFile(path.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion());
      }
      return file;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      JarFile open = file;
      if (open != null) {
        open.close();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }

  /** The jar was closed with its loader. */
  static final class ClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedException() {
      super("the loader is closed");
    }
  }
}
