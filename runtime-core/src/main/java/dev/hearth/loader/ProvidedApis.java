package dev.hearth.loader;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Vendor APIs that platforms provide and archives therefore need not bring, as named sets of jars.
 *
 * <p>A set is put behind a function's own archive, on its own path, when the function needs a class of it that the archive does
 * not hold: two functions never share a class of a set. Its file {@code packages} lists, one a line, the packages whose classes it
 * serves on such a need, with everything below them; lines that begin with {@code #} are comments. A file {@code classes} lists single
 * classes in the same way, and a file {@code services} lists services: the set serves a function that looks for one and
 * whose archive names no provider of it. A set without any of these files is used only where {@link FunctionLoader#provide} asks for it.
 *
 * <p>A set whose platform loads its API before the user's archive says so in a file {@code ahead}, which lists packages in the
 * same way: once the set is provided, its classes of those packages win over the archive's.
 *
 * <p>Nothing is read before it is needed. Thread-safe.
 */
public final class ProvidedApis {

  private static final String RESOURCES = "META-INF/hearth/provided/";
  private static final String PACKAGES = "packages";
  private static final String AHEAD = "ahead";
  private static final String CLASSES = "classes";
  private static final String SERVICES = "services";
  private static final ProvidedApis NONE = new ProvidedApis(new Nowhere());

  /** Where the sets come from. No lambdas: a source is made before the first answer. */
  private interface Source {
    Map<String, ApiSet> read() throws IOException;
  }

  private static final class Nowhere implements Source {
    @Override
    public Map<String, ApiSet> read() {
      return Map.of();
    }
  }

  private record Folder(Path directory) implements Source {
    @Override
    public Map<String, ApiSet> read() throws IOException {
      return readDirectory(directory);
    }
  }

  private record Resources(ClassLoader host, ArchiveStore store) implements Source {
    @Override
    public Map<String, ApiSet> read() throws IOException {
      return readClassPath(host, store);
    }
  }

  /** How one file of a set gets onto the disk. */
  private interface Jar {
    Path path() throws IOException;
  }

  private static final class ApiSet {
    final List<String> packages = new ArrayList<>();
    final List<String> ahead = new ArrayList<>();
    final List<String> classes = new ArrayList<>();
    final List<String> services = new ArrayList<>();
    final List<Jar> jars = new ArrayList<>();

    /** Takes over what a file of this name lists; names of packages get their dot. */
    void add(String file, InputStream in) throws IOException {
      for (String line : lines(in)) {
        switch (file) {
          case PACKAGES -> packages.add(line.endsWith(".") ? line : line + ".");
          case AHEAD -> ahead.add(line.endsWith(".") ? line : line + ".");
          case CLASSES -> classes.add(line);
          default -> services.add(line);
        }
      }
    }

    static boolean isList(String file) {
      return switch (file) {
        case PACKAGES, AHEAD, CLASSES, SERVICES -> true;
        default -> false;
      };
    }
  }

  private final Source source;
  private final ReentrantLock lock =
      new ReentrantLock(); // held while the host's own files are read
  private volatile @Nullable Map<String, ApiSet> sets;

  @GuardedBy("lock")
  private final Map<String, List<Path>> paths = new LinkedHashMap<>();

  private ProvidedApis(Source source) {
    this.source = source;
  }

  /** No sets at all. */
  public static ProvidedApis none() {
    return NONE;
  }

  /**
   * Sets from a directory: each folder in it is a set, each {@code *.jar} in that folder belongs to it.
   * The jars are used where they are; a directory that is not there has no sets.
   */
  public static ProvidedApis of(Path directory) {
    requireNonNull(directory, "directory");
    return new ProvidedApis(new Folder(directory));
  }

  /**
   * Sets from the host's class path: resources {@code META-INF/hearth/provided/<set>/<file>}, which a
   * resource {@code META-INF/hearth/provided/index} lists as {@code <set>/<file>}, one a line. Their jars
   * are copied into the store when first used.
   */
  public static ProvidedApis ofClassPath(ClassLoader host, ArchiveStore store) {
    requireNonNull(host, "host");
    requireNonNull(store, "store");
    return new ProvidedApis(new Resources(host, store));
  }

  private static Map<String, ApiSet> readDirectory(Path directory) throws IOException {
    Map<String, ApiSet> sets = new LinkedHashMap<>();
    if (!Files.isDirectory(directory)) {
      return sets;
    }
    for (Path folder : sorted(directory)) {
      if (Files.isDirectory(folder)) {
        sets.put(folder.getFileName().toString(), readFolder(folder));
      }
    }
    return sets;
  }

  private static ApiSet readFolder(Path folder) throws IOException {
    ApiSet set = new ApiSet();
    for (Path file : sorted(folder)) {
      String name = file.getFileName().toString();
      if (name.endsWith(".jar")) {
        set.jars.add(() -> file);
      } else if (ApiSet.isList(name)) {
        try (InputStream in = Files.newInputStream(file)) {
          set.add(name, in);
        }
      }
    }
    return set;
  }

  private static List<Path> sorted(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      entries.forEach(files::add);
    }
    Collections.sort(files);
    return files;
  }

  private static Map<String, ApiSet> readClassPath(ClassLoader host, ArchiveStore store)
      throws IOException {
    Map<String, ApiSet> sets = new LinkedHashMap<>();
    for (Enumeration<URL> all = host.getResources(RESOURCES + "index"); all.hasMoreElements(); ) {
      try (InputStream in = all.nextElement().openStream()) {
        for (String line : lines(in)) {
          int slash = line.indexOf('/');
          if (slash <= 0) {
            throw new IOException(RESOURCES + "index: '" + line + "' is not <set>/<file>");
          }
          ApiSet set = sets.computeIfAbsent(line.substring(0, slash), name -> new ApiSet());
          addResource(host, store, set, line, line.substring(slash + 1));
        }
      }
    }
    return sets;
  }

  private static void addResource(
      ClassLoader host, ArchiveStore store, ApiSet set, String resource, String file)
      throws IOException {
    if (ApiSet.isList(file)) {
      try (InputStream in = open(host, resource)) {
        set.add(file, in);
      }
    } else {
      set.jars.add(
          () -> {
            try (InputStream in = open(host, resource)) {
              return store.keepTrusted(in);
            }
          });
    }
  }

  private static InputStream open(ClassLoader host, String resource) throws IOException {
    InputStream in = host.getResourceAsStream(RESOURCES + resource);
    if (in == null) {
      throw new IOException(RESOURCES + resource + " is listed in the index but not there");
    }
    return in;
  }

  private static List<String> lines(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      String text = line.strip();
      if (!text.isEmpty() && text.charAt(0) != '#') {
        lines.add(text);
      }
    }
    return lines;
  }

  /** Names of the sets there are. */
  public Set<String> names() {
    return new TreeSet<>(sets().keySet());
  }

  /**
   * The jars of a set, on the disk.
   *
   * @return null if there is no set of this name
   * @throws DeployException if the set cannot be read
   */
  public @Nullable List<Path> jars(String set) {
    ApiSet found = sets().get(set);
    if (found == null) {
      return null;
    }
    lock.lock();
    try {
      List<Path> known = paths.get(set);
      if (known == null) {
        known = new ArrayList<>();
        for (Jar jar : found.jars) {
          known.add(jar.path());
        }
        paths.put(set, List.copyOf(known));
      }
      return List.copyOf(known);
    } catch (IOException e) {
      throw unreadable(e);
    } finally {
      lock.unlock();
    }
  }

  /** The packages, each ending in a dot, in which a set wins over the archive. */
  List<String> ahead(String set) {
    ApiSet found = sets().get(set);
    return found == null ? List.of() : List.copyOf(found.ahead);
  }

  /** The set that serves this class on need, or null. */
  @Nullable String setFor(String className) {
    for (Map.Entry<String, ApiSet> set : sets().entrySet()) {
      for (String prefix : set.getValue().packages) {
        if (className.startsWith(prefix)) {
          return set.getKey();
        }
      }
      if (set.getValue().classes.contains(className)) {
        return set.getKey();
      }
    }
    return null;
  }

  /** The set that has a provider of this service, or null. */
  @Nullable String setForService(String service) {
    for (Map.Entry<String, ApiSet> set : sets().entrySet()) {
      if (set.getValue().services.contains(service)) {
        return set.getKey();
      }
    }
    return null;
  }

  private Map<String, ApiSet> sets() {
    Map<String, ApiSet> known = sets;
    if (known != null) {
      return known;
    }
    lock.lock();
    try {
      known = sets;
      if (known == null) {
        known = source.read();
        sets = known;
      }
      return known;
    } catch (IOException e) {
      throw unreadable(e);
    } finally {
      lock.unlock();
    }
  }

  private static DeployException unreadable(IOException e) {
    return new DeployException(
        "the vendor APIs that come with Hearth cannot be read: " + e + "; install it again", e);
  }
}
