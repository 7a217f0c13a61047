package dev.hearth.loader;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Loads the classes of one version: the platform's, {@code dev.hearth.function}, and its archive's. */
public final class FunctionLoader extends ClassLoader implements Closeable {

  static {
    registerAsParallelCapable();
  }

  private static final String API = "dev.hearth.function.";

  private final List<JarFile> jars;

  private FunctionLoader(String name, List<JarFile> jars) {
    super(name, getPlatformClassLoader());
    this.jars = jars;
  }

  /** Opens a loader on an archive; {@link #close} lets go of its files. */
  public static FunctionLoader open(String name, StoredArchive archive) {
    List<JarFile> jars = new ArrayList<>();
    try {
      for (Path jar : archive.classPath()) {
        jars.add(new JarFile(jar.toFile()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FunctionLoader(name, jars);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(API) && name.indexOf('.', API.length()) < 0) {
      return Class.forName(name, false, FunctionLoader.class.getClassLoader());
    }
    return super.loadClass(name, resolve);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = read(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte @Nullable [] read(String entryName) {
    try {
      for (JarFile jar : jars) {
        JarEntry entry = jar.getJarEntry(entryName);
        if (entry != null) {
          try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
          }
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (JarFile jar : jars) {
      jar.close();
    }
  }
}
