package dev.hearth.loader;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import org.jspecify.annotations.Nullable;

/**
 * Defines the host's glue code next to a version's classes, so that it links against the vendor API the
 * function brought while the function itself cannot see it. Lives and dies with its {@link
 * FunctionLoader}.
 *
 * <p>A class that is neither shared, copied nor a library's is the function's own. Thread-safe.
 */
public final class BindingLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  /** Holds no loader, as the domains of the function's classes do not. */
  private static final ProtectionDomain DOMAIN = new ProtectionDomain(null, null);

  private final FunctionLoader function;
  private final List<String> shared;
  private final List<String> copied;
  private final List<String> libraries;
  private final List<PathJar> jars = new ArrayList<>();

  /**
   * @param function the loader of the user's classes
   * @param shared packages, each ending in a dot, whose classes are the host's own
   * @param copied packages, each ending in a dot, whose classes are defined here once more from the
   *     host's bytes
   */
  public BindingLoader(FunctionLoader function, List<String> shared, List<String> copied) {
    this(function, shared, copied, List.of(), List.of());
  }

  /**
   * @param function the loader of the user's classes
   * @param shared packages, each ending in a dot, whose classes are the host's own
   * @param copied packages, each ending in a dot, whose classes are defined here once more from the
   *     host's bytes
   * @param libraries packages, each ending in a dot and with everything below it, of which this loader has a private
   *     copy whatever the function brought: from the jars, else from the host's bytes
   * @param jars where libraries and classes that the function lacks are looked for
   */
  public BindingLoader(
      FunctionLoader function,
      List<String> shared,
      List<String> copied,
      List<String> libraries,
      List<Path> jars) {
    super("binding of " + function.getName(), function);
    this.function = function;
    this.shared = prefixes("shared", shared);
    this.copied = prefixes("copied", copied);
    this.libraries = prefixes("libraries", libraries);
    for (Path jar : jars) {
      this.jars.add(new PathJar(requireNonNull(jar, "jar")));
    }
    function.closeToo(this.jars);
  }

  private static List<String> prefixes(String name, List<String> prefixes) {
    for (String prefix : prefixes) {
      if (!prefix.endsWith(".")) {
        throw new IllegalArgumentException(
            name + " has '" + prefix + "'; a package is written with a dot at its end");
      }
    }
    return List.copyOf(prefixes);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (isIn(shared, name)) {
      return HostClasses.load(name);
    }
    if (isIn(copied, name) || isBelow(libraries, name)) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : copy(name);
      }
    }
    try {
      return function.loadClass(name);
    } catch (ClassNotFoundException e) {
      if (jars.isEmpty()) {
        throw e;
      }
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    return define(name, fromJars(name));
  }

  private Class<?> copy(String name) throws ClassNotFoundException {
    byte[] bytes = fromJars(name);
    try {
      return define(name, bytes == null ? HostClasses.bytes(name) : bytes);
    } catch (IOException e) {
      throw new ClassNotFoundException(name + ": the host's class cannot be read", e);
    }
  }

  private Class<?> define(String name, byte @Nullable [] bytes) throws ClassNotFoundException {
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, DOMAIN);
  }

  private byte @Nullable [] fromJars(String className) throws ClassNotFoundException {
    try {
      for (PathJar jar : jars) {
        JarEntry entry = jar.entry(HostClasses.entryName(className));
        if (entry != null) {
          return jar.bytes(entry);
        }
      }
      return null;
    } catch (IOException e) {
      throw new ClassNotFoundException(className + ": cannot be read from " + jars, e);
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    Enumeration<URL> all = findResources(name);
    return all.hasMoreElements() ? all.nextElement() : null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    List<URL> found = new ArrayList<>();
    try {
      for (PathJar jar : jars) {
        JarEntry entry = jar.entry(name);
        if (entry != null) {
          found.add(jar.url(entry));
        }
      }
    } catch (IOException e) {
      // Closed meanwhile: what was found so far is what there is.
    }
    return Collections.enumeration(found);
  }

  private static boolean isIn(List<String> packages, String name) {
    for (String prefix : packages) {
      if (name.startsWith(prefix) && name.indexOf('.', prefix.length()) < 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBelow(List<String> packages, String name) {
    for (String prefix : packages) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
