package dev.hearth.loader;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Defines the host's glue code next to a version's classes, so that it links against the vendor API the
 * function brought while the function itself cannot see it. Lives and dies with its {@link
 * FunctionLoader}.
 */
public final class BindingLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final List<String> shared;
  private final List<String> copied;

  /**
   * @param function the loader of the user's classes
   * @param shared packages, each ending in a dot, whose classes are the host's own
   * @param copied packages, each ending in a dot, whose classes are defined here once more from the
   *     host's bytes
   */
  public BindingLoader(FunctionLoader function, List<String> shared, List<String> copied) {
    super("binding of " + function.getName(), function);
    this.shared = List.copyOf(shared);
    this.copied = List.copyOf(copied);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (isIn(shared, name)) {
      return Class.forName(name, false, BindingLoader.class.getClassLoader());
    }
    if (isIn(copied, name)) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }
    return super.loadClass(name, resolve);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in =
        BindingLoader.class
            .getClassLoader()
            .getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isIn(List<String> packages, String name) {
    for (String prefix : packages) {
      if (name.startsWith(prefix) && name.indexOf('.', prefix.length()) < 0) {
        return true;
      }
    }
    return false;
  }
}
