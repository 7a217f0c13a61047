package dev.hearth.loader;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.Closeable;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import org.jspecify.annotations.Nullable;

/**
 * Where the classes and resources of one version are looked for: the archive's jars in order, and behind them the vendor APIs that
 * were provided for it. Thread-safe; {@link #close} lets go of the files.
 */
final class SearchPath implements Closeable {

  /** How many classes are looked at when the archive does not say which is the handler. */
  private static final int MAX_SCANNED = 50_000;

  static final String SERVICES = "META-INF/services/";

  private final String function;
  private final int own;
  private final int brought;
  private final ProvidedApis provided;

  /** What follows the archive's jars was provided. Replaced, never changed. */
  private volatile PathJar[] path;

  /** Packages in which what was provided wins over the archive. Replaced, never changed. */
  private volatile String[] ahead = {};

  private final ReentrantLock lock = new ReentrantLock(); // never held while function code runs

  @GuardedBy("lock")
  private final Set<String> providedSets = new HashSet<>();

  @GuardedBy("lock")
  private final List<PathJar> ofBindings = new ArrayList<>();

  @GuardedBy("lock")
  private boolean closed;

  private SearchPath(String function, PathJar[] path, int own, ProvidedApis provided) {
    this.function = function;
    this.path = path;
    this.brought = path.length;
    this.own = own;
    this.provided = provided;
  }

  /**
   * The path of an archive, whose first jar is opened at once.
   *
   * @throws DeployException if the store's copy is not there or damaged
   */
  static SearchPath open(String function, StoredArchive archive, ProvidedApis provided) {
    PathJar[] path = new PathJar[archive.classPath().size()];
    for (int i = 0; i < path.length; i++) {
      path[i] = new PathJar(archive.classPath().get(i));
    }
    if (path.length > 0) {
      try {
        path[0].open();
      } catch (IOException e) {
        throw new DeployException(
            "function '"
                + function
                + "': the store's copy of archive "
                + archive.origin()
                + " cannot be opened ("
                + e.getMessage()
                + "); deploy the archive again",
            e);
      }
    }
    return new SearchPath(function, path, archive.own(), provided);
  }

  /** Something that was found, and in which jar. */
  record Found(PathJar jar, JarEntry entry) {
    URL url() {
      return jar.url(entry);
    }

    byte[] bytes() throws IOException {
      return jar.bytes(entry);
    }
  }

  /** The class, from a vendor API provided for it if need be. */
  @Nullable Found findOrProvide(String className) throws IOException {
    String entry = HostClasses.entryName(className);
    PathJar[] before = path;
    Found found = isAhead(className) ? find(entry, before, brought) : null;
    if (found == null) {
      found = find(entry, before, 0);
    }
    if (found != null) {
      return found;
    }
    String set = provided.setFor(className);
    if (set != null) {
      provide(set);
    }
    PathJar[] after = path;
    return after == before ? null : find(entry, after, before.length);
  }

  private boolean isAhead(String className) {
    for (String prefix : ahead) {
      if (className.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this jar is the user's own, and no library's. */
  boolean isOwn(PathJar jar) {
    PathJar[] jars = path;
    for (int i = 0; i < own; i++) {
      if (jars[i] == jar) {
        return true;
      }
    }
    return false;
  }

  /** What is there of this name by now. */
  @Nullable Found findHere(String entryName) throws IOException {
    return find(entryName, path, 0);
  }

  /** What the archive itself has of this name. */
  @Nullable Found findBrought(String entryName) throws IOException {
    return find(entryName, Arrays.copyOf(path, brought), 0);
  }

  private static @Nullable Found find(String entryName, PathJar[] path, int from)
      throws IOException {
    for (int i = from; i < path.length; i++) {
      JarEntry entry = path[i].entry(entryName);
      if (entry != null) {
        return new Found(path[i], entry);
      }
    }
    return null;
  }

  /** The resource, from a vendor API provided for it if it is a service that the archive has not. */
  @Nullable Found findResourceOrProvide(String name) throws IOException {
    PathJar[] before = path;
    Found found = find(name, before, 0);
    if (found != null || !name.startsWith(SERVICES)) {
      return found;
    }
    provideService(name.substring(SERVICES.length()));
    PathJar[] after = path;
    return after == before ? null : find(name, after, before.length);
  }

  /** A service that nobody provides may be one that a set of vendor APIs has. */
  private void provideService(String service) {
    String set = provided.setForService(service);
    if (set != null) {
      provide(set);
    }
  }

  /** Everything of this name, in order; what was found until then if the path is closed meanwhile. */
  List<URL> all(String name) {
    List<URL> all = new ArrayList<>();
    try {
      if (name.startsWith(SERVICES)) {
        findResourceOrProvide(name);
      }
      for (PathJar jar : path) {
        JarEntry entry = jar.entry(name);
        if (entry != null) {
          all.add(jar.url(entry));
        }
      }
    } catch (IOException e) {
      // Closed meanwhile: what was found so far is what there is.
    }
    return all;
  }

  /** Puts a vendor API behind the archive; as {@link FunctionLoader#provide}. */
  boolean provide(String set) {
    requireNonNull(set, "set");
    List<Path> jars = provided.jars(set);
    if (jars == null) {
      return false;
    }
    lock.lock();
    try {
      if (!closed && providedSets.add(set)) {
        List<PathJar> longer = new ArrayList<>(List.of(path));
        for (Path jar : jars) {
          longer.add(new PathJar(jar));
        }
        path = longer.toArray(new PathJar[0]);
        List<String> winning = new ArrayList<>(List.of(ahead));
        winning.addAll(provided.ahead(set));
        ahead = winning.toArray(new String[0]);
      }
    } finally {
      lock.unlock();
    }
    return true;
  }

  /** Shows the headers of the own classes; as {@link FunctionLoader#visitOwnClasses}. */
  void visitOwnClasses(Predicate<ClassFileHeader> visitor) {
    PathJar[] jars = path;
    int left = MAX_SCANNED;
    try {
      for (int i = 0; i < own && left >= 0; i++) {
        left = visit(jars[i], visitor, left);
      }
    } catch (IOException e) {
      throw new DeployException(
          "function '" + function + "': its archive cannot be searched: " + e.getMessage(), e);
    }
  }

  /** Visits one jar's classes; gives how many more may be looked at, negative when the visitor said stop. */
  private int visit(PathJar jar, Predicate<ClassFileHeader> visitor, int most) throws IOException {
    int left = most;
    for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
      JarEntry entry = all.nextElement();
      if (isVisited(entry.getName())) {
        if (--left < 0) {
          throw new DeployException(
              "function '"
                  + function
                  + "': its archive has more than "
                  + MAX_SCANNED
                  + " classes, too many to search for a handler; name the handler");
        }
        ClassFileHeader header = header(jar, entry);
        if (header != null && !visitor.test(header)) {
          return -1;
        }
      }
    }
    return left;
  }

  private static boolean isVisited(String entry) {
    return entry.endsWith(".class")
        && !entry.startsWith("META-INF/")
        && !entry.endsWith("module-info.class")
        && !entry.endsWith("package-info.class");
  }

  private static @Nullable ClassFileHeader header(PathJar jar, JarEntry entry) {
    try {
      ClassFileHeader header = ClassFileHeader.read(jar.bytes(entry));
      // A class in a folder that is not its package cannot be loaded from there.
      return HostClasses.entryName(header.name()).equals(entry.getName()) ? header : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Takes over the jars of a binding that lives and dies with this path. */
  void closeToo(List<PathJar> jars) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the loader of function '" + function + "' is closed");
      }
      ofBindings.addAll(jars);
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of the files, each one attempted. Twice is once. */
  @Override
  public void close() throws IOException {
    List<PathJar> closing;
    lock.lock();
    try {
      closed = true;
      closing = new ArrayList<>(List.of(path));
      closing.addAll(ofBindings);
    } finally {
      lock.unlock();
    }
    IOException first = null;
    for (PathJar jar : closing) {
      try {
        jar.close();
      } catch (IOException e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
