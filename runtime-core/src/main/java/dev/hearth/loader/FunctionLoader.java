package dev.hearth.loader;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Environment;
import dev.hearth.guard.SystemCalls;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of one version of one function.
 *
 * <p>Where a class comes from is decided by its package, before anyone is asked:
 *
 * <ol>
 *   <li>{@code dev.hearth.function} itself: the host's, always;
 *   <li>a package of the JDK: the platform loader's;
 *   <li>anything else: the archive's, and where the archive has none, that of a {@linkplain ProvidedApis
 *       provided} vendor API.
 * </ol>
 *
 * <p>Nothing else of the host can be reached from here. Resources are found the same way, those of the JDK last.
 *
 * <p>It supplies the environment of its version, so that code which knows nothing but a class finds out whose it is; null where the
 * loader was opened for none.
 *
 * <p>Thread-safe and parallel capable. {@link #close} lets go of the files; classes loaded by then go on working, others fail with an
 * error that says so.
 */
public final class FunctionLoader extends ClassLoader
    implements Closeable, Supplier<@Nullable Environment> {

  static {
    registerAsParallelCapable();
  }

  /** How many classes are looked at when the archive does not say which is the handler. */
  private static final int MAX_SCANNED = 50_000;

  private static final String SERVICES = "META-INF/services/";

  /** The interface, and the one in it. */
  private static final String LINKED = "dev.hearth.loader.ThreeArguments";

  private final String function;
  private final int own;
  private final int brought;
  private final ProvidedApis provided;
  private final @Nullable Environment environment;

  /** The path; what follows the archive's jars was provided. Replaced, never changed. */
  private volatile PathJar[] path;

  /** Packages in which what was provided wins over the archive. Replaced, never changed. */
  private volatile String[] ahead = {};

  /** What {@link System#getenv} gives the function's code; null for the process's own. */
  private volatile @Nullable Map<String, String> variables;

  private final ReentrantLock lock = new ReentrantLock(); // never held while function code runs

  @GuardedBy("lock")
  private final Set<String> providedSets = new HashSet<>();

  @GuardedBy("lock")
  private final List<PathJar> ofBindings = new ArrayList<>();

  @GuardedBy("lock")
  private final Map<Class<?>, Object> kept = new HashMap<>(0);

  @GuardedBy("lock")
  private boolean closed;

  private FunctionLoader(
      String name,
      PathJar[] path,
      int own,
      ProvidedApis provided,
      @Nullable Environment environment) {
    super(name, getPlatformClassLoader());
    this.function = name;
    this.path = path;
    this.brought = path.length;
    this.own = own;
    this.provided = provided;
    this.environment = environment;
  }

  /** Opens a loader on an archive, without vendor APIs. */
  public static FunctionLoader open(String name, StoredArchive archive) {
    return open(name, archive, ProvidedApis.none());
  }

  /**
   * Opens a loader on an archive; {@link #close} lets go of its files.
   *
   * @param name the function's, for messages and stack traces
   * @param provided vendor APIs to be put behind the archive where the function needs them
   * @throws DeployException if the store's copy is not there or damaged
   */
  public static FunctionLoader open(String name, StoredArchive archive, ProvidedApis provided) {
    return open(name, archive, provided, null);
  }

  /** The same, of the version that has this environment. */
  public static FunctionLoader open(
      Environment environment, StoredArchive archive, ProvidedApis provided) {
    return open(environment.function(), archive, provided, environment);
  }

  private static FunctionLoader open(
      String name,
      StoredArchive archive,
      ProvidedApis provided,
      @Nullable Environment environment) {
    requireNonNull(name, "name");
    requireNonNull(provided, "provided");
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
                + name
                + "': the store's copy of archive "
                + archive.origin()
                + " cannot be opened ("
                + e.getMessage()
                + "); deploy the archive again",
            e);
      }
    }
    return new FunctionLoader(name, path, archive.own(), provided, environment);
  }

  /** The environment of the version whose classes these are; null where there is none. */
  @Override
  public @Nullable Environment get() {
    return environment;
  }

  /**
   * What the host keeps for this version and no longer, one for each type.
   *
   * @param maker makes it when there is none yet; runs none of the function's code
   */
  public <T> T kept(Class<T> type, Supplier<T> maker) {
    lock.lock();
    try {
      Object known = kept.get(type);
      if (known == null) {
        T made = maker.get(); // which may have come here itself
        Object before = kept.putIfAbsent(type, made);
        known = before == null ? made : before;
      }
      return type.cast(known);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sets what {@link System#getenv} gives the function's code, instead of the process's variables; to be called before
   * a class is loaded.
   *
   * @param shown read at each look, never changed by the function
   */
  public void show(Map<String, String> shown) {
    variables = Collections.unmodifiableMap(shown);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (HostClasses.isApi(name)) {
      return HostClasses.api(name);
    }
    if (name.startsWith(LINKED)) {
      return HostClasses.load(name);
    }
    if (name.equals(SystemCalls.STAND_IN)) {
      return standIn();
    }
    if (JdkPackages.hold(packageOf(name))) {
      try {
        return getParent().loadClass(name);
      } catch (ClassNotFoundException e) {
        if (name.startsWith("java.")) {
          throw ofTheJdk(name, e);
        }
        // The archive may add to packages that the JDK has, but not replace what is there.
      }
    }
    Class<?> type = findLoadedClass(name);
    if (type == null) {
      type = define(name);
    }
    if (resolve) {
      resolveClass(type);
    }
    return type;
  }

  private ClassNotFoundException ofTheJdk(String name, ClassNotFoundException e) {
    boolean brought;
    try {
      brought = find(HostClasses.entryName(name), path, 0) != null;
    } catch (IOException unreadable) {
      brought = false;
    }
    return brought
        ? new ClassNotFoundException(
            "function '"
                + function
                + "': class "
                + name
                + " of its archive cannot be loaded: packages beginning with java. are the JDK's"
                + " alone; move it to another package",
            e)
        : e;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    return define(name);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try {
      Found found = findOrProvide(name);
      if (found == null) {
        throw new ClassNotFoundException(name);
      }
      // The lock is taken once there is a class to define, so that names asked in vain are not
      // remembered.
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name, found);
      }
    } catch (PathJar.ClosedException e) {
      throw new ClassNotFoundException(
          name + ": not loaded before the loader of function '" + function + "' was closed", e);
    } catch (IOException e) {
      throw new ClassNotFoundException(
          name + ": cannot be read from the archive of function '" + function + "': " + e, e);
    }
  }

  private Class<?> define(String name, Found found) throws IOException, ClassNotFoundException {
    byte[] bytes = found.jar.bytes(found.entry);
    requireLoadable(name, bytes);
    definePackage(packageOf(name), found.jar);
    byte[] guarded = SystemCalls.redirect(bytes, variables != null);
    if (!Arrays.equals(guarded, bytes)) {
      standIn(); // two first calls at once would find it defined before it knows the variables
    }
    try {
      return defineClass(name, guarded, 0, guarded.length, found.jar.domain());
    } catch (ClassFormatError e) {
      throw named(e, name);
    }
  }

  /** This function's own {@link dev.hearth.guard.FunctionSystem}, to which its calls of the system go. */
  private Class<?> standIn() throws ClassNotFoundException {
    synchronized (getClassLoadingLock(SystemCalls.STAND_IN)) {
      Class<?> defined = findLoadedClass(SystemCalls.STAND_IN);
      return defined != null ? defined : defineStandIn();
    }
  }

  private Class<?> defineStandIn() throws ClassNotFoundException {
    Map<String, String> shown = variables;
    try {
      byte[] bytes = requireNonNull(HostClasses.bytes(SystemCalls.STAND_IN), SystemCalls.STAND_IN);
      Class<?> defined =
          defineClass(
              SystemCalls.STAND_IN, bytes, 0, bytes.length, new ProtectionDomain(null, null));
      Method begin = defined.getDeclaredMethod("begin", String.class, Map.class);
      begin.setAccessible(true);
      begin.invoke(null, function, shown == null ? System.getenv() : shown);
      return defined;
    } catch (IOException | ReflectiveOperationException e) {
      throw new ClassNotFoundException(
          SystemCalls.STAND_IN + " cannot be defined for function '" + function + "'", e);
    }
  }

  /**
   * All rights over the function's own classes, for the host to link with.
   *
   * @throws ReflectiveOperationException if the host's part of it cannot be loaded
   */
  public MethodHandles.Lookup lookup() throws ReflectiveOperationException {
    Method lookup = standIn().getDeclaredMethod("lookup");
    lookup.setAccessible(true);
    return (MethodHandles.Lookup) lookup.invoke(null);
  }

  /** The JVM does not always say which class it was. */
  private ClassFormatError named(ClassFormatError e, String className) {
    String message = String.valueOf(e.getMessage());
    if (message.contains(className) || message.contains(className.replace('.', '/'))) {
      return e;
    }
    ClassFormatError named =
        new ClassFormatError(
            "class "
                + className
                + " of function '"
                + function
                + "' is damaged: "
                + message
                + "; build the archive again");
    named.initCause(e);
    return named;
  }

  private void requireLoadable(String name, byte[] bytes) {
    int version = ClassFileHeader.majorVersion(bytes);
    if (version > ClassFileHeader.newestLoadable()) {
      throw new UnsupportedClassVersionError(
          "class "
              + name
              + " of function '"
              + function
              + "' is compiled for Java "
              + ClassFileHeader.java(version)
              + " (class file version "
              + version
              + "), and this is Java "
              + Runtime.version().feature()
              + " (up to version "
              + ClassFileHeader.newestLoadable()
              + "); compile it with --release "
              + Runtime.version().feature()
              + " or run Hearth on a newer JDK");
    }
  }

  private void definePackage(String name, PathJar jar) throws IOException {
    if (name.isEmpty() || getDefinedPackage(name) != null) {
      return;
    }
    Manifest manifest = jar.manifest();
    if (manifest == null) {
      return; // the JVM defines it without further facts
    }
    Attributes main = manifest.getMainAttributes();
    Attributes section = manifest.getAttributes(name.replace('.', '/') + "/");
    try {
      definePackage(
          name,
          value(Attributes.Name.SPECIFICATION_TITLE, section, main),
          value(Attributes.Name.SPECIFICATION_VERSION, section, main),
          value(Attributes.Name.SPECIFICATION_VENDOR, section, main),
          value(Attributes.Name.IMPLEMENTATION_TITLE, section, main),
          value(Attributes.Name.IMPLEMENTATION_VERSION, section, main),
          value(Attributes.Name.IMPLEMENTATION_VENDOR, section, main),
          null);
    } catch (IllegalArgumentException e) {
      // Another thread has just defined it.
    }
  }

  private static @Nullable String value(
      Attributes.Name name, @Nullable Attributes section, Attributes main) {
    String value = section == null ? null : section.getValue(name);
    return value == null ? main.getValue(name) : value;
  }

  private @Nullable Found findOrProvide(String className) throws IOException {
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

  private record Found(PathJar jar, JarEntry entry) {
    URL url() {
      return jar.url(entry);
    }
  }

  /**
   * Puts a vendor API behind the archive, on this function's own path; classes of the archive win, one by
   * one, except in the packages that the set says the platform loads first. To be called before a class of such a package is
   * loaded. A second time does nothing.
   *
   * @return whether there is a set of this name
   * @throws DeployException if the set cannot be read
   */
  public boolean provide(String set) {
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

  /** Whether the archive, or what was provided so far, has this class; nothing is loaded. */
  public boolean holds(String className) {
    try {
      return find(HostClasses.entryName(className), path, 0) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The class file of a class that the archive brings, whether or not it is the one that is loaded; null if it brings none.
   *
   * @throws IOException if it cannot be read
   */
  public byte @Nullable [] archiveClass(String className) throws IOException {
    PathJar[] jars = path;
    Found found = find(HostClasses.entryName(className), Arrays.copyOf(jars, brought), 0);
    return found == null ? null : found.jar.bytes(found.entry);
  }

  /** Whether loading this class would find one, in the archive, the JDK or a vendor API that is provided for it; nothing is loaded. */
  public boolean finds(String className) {
    String entry = HostClasses.entryName(className);
    if (JdkPackages.hold(packageOf(className)) && getParent().getResource(entry) != null) {
      return true;
    }
    try {
      return HostClasses.isApi(className)
          ? HostClasses.bytes(className) != null
          : findOrProvide(className) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Shows the headers of the user's own classes, not those of libraries, until the visitor says stop. Classes are not
   * loaded; those that cannot be read are left out.
   *
   * @param visitor returns false to stop
   * @throws DeployException if there are more classes than can be looked at
   */
  public void visitOwnClasses(Predicate<ClassFileHeader> visitor) {
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

  @Override
  public @Nullable URL getResource(String name) {
    boolean ofTheJdk = JdkPackages.hold(packageOfEntry(name));
    URL found = ofTheJdk ? getParent().getResource(name) : findResource(name);
    if (found != null) {
      return found;
    }
    if (ofTheJdk) {
      return findResource(name);
    }
    return isNeverOfTheJdk(name) ? null : getParent().getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> found = Collections.list(findResources(name));
    if (!isNeverOfTheJdk(name)) {
      Collections.list(getParent().getResources(name)).forEach(found::add);
    }
    return Collections.enumeration(found);
  }

  /** Names that the JDK has nothing for; asking it would search, and remember, in vain. */
  private static boolean isNeverOfTheJdk(String name) {
    return name.startsWith(SERVICES)
        || (name.endsWith(".class") && !JdkPackages.hold(packageOfEntry(name)));
  }

  @Override
  protected @Nullable URL findResource(String name) {
    try {
      Found found = findResourceOrProvide(name);
      return found == null ? null : found.url();
    } catch (IOException e) {
      return null;
    }
  }

  private @Nullable Found findResourceOrProvide(String name) throws IOException {
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

  @Override
  protected Enumeration<URL> findResources(String name) {
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
    return Collections.enumeration(all);
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    try {
      if (!JdkPackages.hold(packageOfEntry(name))) {
        Found found = findResourceOrProvide(name);
        if (found != null) {
          return found.jar.stream(found.entry);
        }
      }
      URL url = getResource(name);
      return url == null ? null : url.openStream();
    } catch (IOException e) {
      return null;
    }
  }

  /** Takes over the jars of a binding that lives and dies with this loader. */
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

  private static String packageOf(String className) {
    int dot = className.lastIndexOf('.');
    return dot < 0 ? "" : className.substring(0, dot);
  }

  private static String packageOfEntry(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash).replace('/', '.');
  }

  /** Lets go of the files, each one attempted. Twice is once. */
  @Override
  public void close() throws IOException {
    List<PathJar> closing;
    RecordMethods.forgetLast();
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

  @Override
  public String toString() {
    return "FunctionLoader[" + function + "]";
  }
}
