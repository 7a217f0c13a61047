package dev.hearth.loader;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A jar that is also on the class path of the host's own loader, so that the JVM's cache of classes, which knows only that path, can hold the
 * function's classes as well.
 *
 * <p>Its classes then share a loader with the host's libraries, which are in front: a jar that brings another version of one of these is
 * refused, because it would get the host's. Only the first version that is deployed from the jar has its classes from there; every later one
 * is isolated as ever, and starts with fresh statics. Thread-safe.
 */
public final class FlatArchive {

  private static final List<String> HOST =
      List.of(
          "dev/hearth/",
          "com/amazonaws/services/lambda/runtime/api/client/",
          "com/fasterxml/jackson/core/",
          "com/github/benmanes/caffeine/",
          "com/google/gson/",
          "com/zaxxer/hikari/",
          "io/netty/",
          "net/bytebuddy/",
          "org/jspecify/",
          "org/slf4j/",
          "org/snakeyaml/engine/",
          "picocli/");

  /** Calls of an older API of SLF4J link with the host's newer one, and so do annotations; AWS's entry point is nothing that is called. */
  private static final List<String> COMPATIBLE =
      List.of(
          "dev/hearth/function/",
          "com/amazonaws/services/lambda/runtime/api/client/",
          "org/slf4j/",
          "org/jspecify/");

  private static final String VERSIONS = "META-INF/versions/";
  private static final String LOG_PROVIDER = "META-INF/services/org.slf4j.spi.SLF4JServiceProvider";

  private final Path jar;
  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * @param jar as on the class path
   */
  public FlatArchive(Path jar) {
    this.jar = requireNonNull(jar, "jar").toAbsolutePath().normalize();
  }

  /** Where the classes of the host and its libraries are: names of folders in their jars, each with a slash at its end. */
  public static List<String> hostPackages() {
    return HOST;
  }

  /** Whether the version that is deployed from this archive is the one; asking takes it. */
  public boolean isTakenBy(Path archive) {
    return archive.toAbsolutePath().normalize().equals(jar) && taken.compareAndSet(false, true);
  }

  /**
   * Requires that the archive's classes are the same ones on the host's class path.
   *
   * @param function its name, for the message
   * @throws DeployException if the archive is no single jar, names others, or has classes that the host has otherwise
   */
  static void require(String function, StoredArchive archive) {
    if (archive.classPath().size() != 1) {
      throw refused(
          function,
          archive,
          "is not one plain jar but "
              + archive.classPath().size()
              + " of them; merge its libraries into it, as the Maven Shade plugin does,");
    }
    if (archive.manifest().containsKey("class-path")) {
      throw refused(
          function,
          archive,
          "names other files in its manifest's "
              + Attributes.Name.CLASS_PATH
              + ", which the JVM would follow; merge them into it, leave the line out,");
    }
    try (JarFile file = new JarFile(archive.classPath().get(0).toFile(), false);
        HostJars host = new HostJars()) {
      if (file.getEntry(LOG_PROVIDER) != null) {
        throw refused(
            function,
            archive,
            "brings a provider of SLF4J ("
                + LOG_PROVIDER
                + "), of which a class path can have one, the host's; leave it out");
      }
      for (Enumeration<JarEntry> all = file.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        if (isOfHost(entry.getName()) && host.hasOther(entry)) {
          throw refused(
              function,
              archive,
              "brings "
                  + entry.getName()
                  + ", of which the host has another version; leave it out, bring the host's,");
        }
      }
    } catch (IOException e) {
      throw new DeployException(
          "function '" + function + "': archive " + archive.origin() + " cannot be read: " + e, e);
    }
  }

  private static DeployException refused(String function, StoredArchive archive, String why) {
    return new DeployException(
        "function '"
            + function
            + "': archive "
            + archive.origin()
            + " cannot be served flat, because it "
            + why
            + " or serve it without --flat");
  }

  /** Whether it is a class in a package of the host's libraries that is not compatible anyway. */
  static boolean isOfHost(String entryName) {
    if (!entryName.endsWith(".class")) {
      return false;
    }
    int from = 0;
    if (entryName.startsWith(VERSIONS)) {
      from = entryName.indexOf('/', VERSIONS.length()) + 1;
    }
    return startsWithOne(HOST, entryName, from) && !startsWithOne(COMPATIBLE, entryName, from);
  }

  private static boolean startsWithOne(List<String> prefixes, String name, int from) {
    for (String prefix : prefixes) {
      if (name.startsWith(prefix, from)) {
        return true;
      }
    }
    return false;
  }

  /** The jars in which the host has classes that the archive has, opened when the first one is met. */
  private static final class HostJars implements AutoCloseable {
    private final List<ZipFile> opened = new ArrayList<>();

    boolean hasOther(JarEntry entry) throws IOException {
      for (ZipFile jar : opened) {
        ZipEntry own = jar.getEntry(entry.getName());
        if (own != null) {
          return own.getCrc() != entry.getCrc() || own.getSize() != entry.getSize();
        }
      }
      URL url = HostClasses.resource(entry.getName());
      if (url == null) {
        return false; // it adds to a package, with a class that the host does not know
      }
      URLConnection connection = url.openConnection();
      if (connection instanceof JarURLConnection inJar) {
        inJar.setUseCaches(false);
        Path path = file(inJar);
        if (path != null) {
          opened.add(new ZipFile(path.toFile()));
          return hasOther(entry);
        }
      }
      return crc(url) != entry.getCrc();
    }

    private static @Nullable Path file(JarURLConnection connection) {
      URL jar = connection.getJarFileURL();
      try {
        return "file".equals(jar.getProtocol()) ? Path.of(jar.toURI()) : null;
      } catch (URISyntaxException e) {
        return null;
      }
    }

    private static long crc(URL url) throws IOException {
      try (InputStream in = url.openStream()) {
        CRC32 crc = new CRC32();
        crc.update(in.readAllBytes());
        return crc.getValue();
      }
    }

    @Override
    public void close() throws IOException {
      for (ZipFile jar : opened) {
        jar.close();
      }
    }
  }
}
