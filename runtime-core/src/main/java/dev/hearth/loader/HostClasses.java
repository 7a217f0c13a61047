package dev.hearth.loader;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** What loaders of functions take from the host: the API package by reference, other classes as bytes. */
final class HostClasses {

  private static final String API = "dev.hearth.function.";
  private static final ClassLoader LOADER = loader();
  private static final ConcurrentMap<String, Class<?>> API_CLASSES = new ConcurrentHashMap<>();

  private HostClasses() {}

  private static ClassLoader loader() {
    ClassLoader loader = HostClasses.class.getClassLoader();
    return loader == null ? ClassLoader.getSystemClassLoader() : loader;
  }

  /** Whether the name is in the package that function authors compile against. */
  static boolean isApi(String className) {
    return className.startsWith(API) && className.indexOf('.', API.length()) < 0;
  }

  /**
   * The host's class of this name in the API package.
   *
   * @throws ClassNotFoundException if the host has none
   */
  static Class<?> api(String className) throws ClassNotFoundException {
    Class<?> known = API_CLASSES.get(className);
    if (known != null) {
      return known;
    }
    if (LOADER.getResource(entryName(className)) == null) {
      throw new ClassNotFoundException(
          className + " is not part of this version of dev.hearth.function");
    }
    known = load(className);
    API_CLASSES.put(className, known);
    return known;
  }

  /** The host's class itself. */
  static Class<?> load(String className) throws ClassNotFoundException {
    return Class.forName(className, false, LOADER);
  }

  /** The bytes of one of the host's classes, or null if it has no such class. */
  static byte @Nullable [] bytes(String className) throws IOException {
    String entry = entryName(className);
    byte[] bytes = Home.JAR == null ? null : fromJar(Home.JAR, entry);
    if (bytes != null) {
      return bytes;
    }
    try (InputStream in = LOADER.getResourceAsStream(entry)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  /** As reading the resource, without the JDK's machinery for jar URLs, which is slow to start. */
  private static byte @Nullable [] fromJar(Path jar, String entryName) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(entryName);
      if (entry == null) {
        return null;
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return in.readAllBytes();
      }
    }
  }

  /** Where the host's loader has this; null if it has not. */
  static @Nullable URL resource(String entryName) {
    return LOADER.getResource(entryName);
  }

  static String entryName(String className) {
    return className.replace('.', '/') + ".class";
  }

  private static final class Home {
    /** The jar that Hearth itself was loaded from; null if it was no jar. */
    static final @Nullable Path JAR = find();

    private static @Nullable Path find() {
      CodeSource source = HostClasses.class.getProtectionDomain().getCodeSource();
      if (source == null
          || source.getLocation() == null
          || !"file".equals(source.getLocation().getProtocol())) {
        return null;
      }
      try {
        Path path = Path.of(source.getLocation().toURI());
        return Files.isRegularFile(path) ? path : null;
      } catch (URISyntaxException | IllegalArgumentException e) {
        return null;
      }
    }
  }
}
