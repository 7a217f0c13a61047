package dev.hearth.loader;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.hearth.function.Environment;
import dev.hearth.guard.ClassGuard;
import dev.hearth.guard.Facility;
import dev.hearth.guard.Polls;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.jar.Attributes;
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

  /** The interface, and the one in it. */
  private static final String LINKED = "dev.hearth.loader.ThreeArguments";

  private final String function;
  private final SearchPath path;
  private final @Nullable Environment environment;

  /** What {@link System#getenv} gives the function's code; null for the process's own. */
  private volatile @Nullable Map<String, String> variables;

  /** What the classes poll; null where they do not. Set before a class is loaded. */
  private volatile @Nullable Polls polls;

  private volatile boolean pollsInLibraries;

  /** Whether the archive's classes are the host's loader's; set before a class is loaded. */
  private volatile boolean flat;

  /** The marks of all classes so far; changed under the lock. */
  private volatile int facilities;

  private final ReentrantLock lock = new ReentrantLock(); // never held while function code runs

  @GuardedBy("lock")
  private final Map<Class<?>, Object> kept = new HashMap<>(0);

  private FunctionLoader(String name, SearchPath path, @Nullable Environment environment) {
    super(name, getPlatformClassLoader());
    this.function = name;
    this.path = path;
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
    return new FunctionLoader(name, SearchPath.open(name, archive, provided), environment);
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

  /**
   * Gives the classes polls, so that their code can be stopped; to be called before a class is loaded.
   *
   * @param libraries whether libraries in jars of their own get them, too
   */
  public void guard(Polls with, boolean libraries) {
    polls = requireNonNull(with, "with");
    pollsInLibraries = libraries;
  }

  /**
   * Has the archive's classes come from the host's own loader, on whose class path the archive is; to be called before a class is
   * loaded. Such classes are not guarded, see the process's variables, and stay when this loader goes.
   *
   * @throws DeployException if the archive's classes are not the same ones there
   * @see FlatArchive
   */
  public void flatten(StoredArchive archive) {
    FlatArchive.require(function, archive);
    flat = true;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (HostClasses.isApi(name)) {
      return HostClasses.api(name);
    }
    if (name.startsWith(LINKED)) {
      return HostClasses.load(name);
    }
    if (ClassGuard.isStandIn(name)) {
      return standIn(name);
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
    Class<?> type = flat ? ofTheHost(name) : findLoadedClass(name);
    if (type == null) {
      type = define(name);
    }
    if (resolve) {
      resolveClass(type);
    }
    return type;
  }

  /** The host's class, if the archive has it. */
  private @Nullable Class<?> ofTheHost(String name) throws ClassNotFoundException {
    try {
      boolean brought = path.findBrought(HostClasses.entryName(name)) != null;
      return brought ? HostClasses.load(name) : findLoadedClass(name);
    } catch (IOException e) {
      throw new ClassNotFoundException(
          name + ": cannot be looked for in the archive of function '" + function + "': " + e, e);
    }
  }

  private ClassNotFoundException ofTheJdk(String name, ClassNotFoundException e) {
    boolean brought;
    try {
      brought = path.findHere(HostClasses.entryName(name)) != null;
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
      SearchPath.Found found = path.findOrProvide(name);
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

  private Class<?> define(String name, SearchPath.Found found)
      throws IOException, ClassNotFoundException {
    byte[] bytes = found.bytes();
    ClassDefects.requireLoadable(name, bytes, function);
    definePackage(packageOf(name), found.jar());
    int marks = ClassGuard.marks(bytes);
    note(marks);
    byte[] guarded = ClassGuard.redirect(bytes, marks, variables != null);
    guarded = ClassGuard.contain(guarded, marks, name, function);
    if (polls != null && (pollsInLibraries || path.isOwn(found.jar()))) {
      guarded = ClassGuard.addPolls(guarded, name, function);
    }
    if (guarded != bytes) {
      standIn(
          ClassGuard.SYSTEM); // two first calls at once would find it defined before it knows the
      // variables
    }
    try {
      return defineClass(name, guarded, 0, guarded.length, found.jar().domain());
    } catch (ClassFormatError e) {
      throw ClassDefects.named(e, name, function);
    }
  }

  private void note(int marks) {
    if ((facilities | marks) == facilities) {
      return;
    }
    FirstUse.prepare(marks);
    lock.lock();
    try {
      facilities |= marks;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the code that was loaded names this. */
  public boolean uses(Facility facility) {
    return facility.isIn(facilities);
  }

  /** What the stand-ins of this function's code note for the host. */
  public enum Noted {
    /** Things that were begun and are still there. */
    BEGUN(ClassGuard.RESOURCES, "begun"),
    /** The same; from now on the code can begin nothing more. */
    CLOSE(ClassGuard.RESOURCES, "close"),
    /** Its shutdown hooks, threads that were not started; once. */
    HOOKS(ClassGuard.RESOURCES, "hooks"),
    /** The names of classes whose defaults it had changed, which are now what they were. */
    DEFAULTS(ClassGuard.RESOURCES, "restore"),
    /** The names of properties of the process that it had changed, which are now what they were. */
    PROPERTIES(ClassGuard.SYSTEM, "restore");

    private final String standIn;
    private final String method;

    Noted(String standIn, String method) {
      this.standIn = standIn;
      this.method = method;
    }
  }

  /**
   * What was noted of the function's code, empty if there is nothing.
   *
   * @throws ReflectiveOperationException if the stand-ins are damaged
   */
  public List<?> noted(Noted what) throws ReflectiveOperationException {
    Class<?> standIn = findLoadedClass(what.standIn);
    if (standIn == null) {
      return List.of();
    }
    Method method = standIn.getDeclaredMethod(what.method);
    method.setAccessible(true);
    return (List<?>) requireNonNull(method.invoke(null));
  }

  /**
   * Takes the function's JDBC drivers off the JDK's list.
   *
   * @return how many there were
   * @throws ReflectiveOperationException if the stand-ins are damaged
   */
  public int deregisterDrivers() throws ReflectiveOperationException {
    Method deregister = standIn(ClassGuard.DRIVERS).getDeclaredMethod("deregister");
    deregister.setAccessible(true);
    return (int) requireNonNull(deregister.invoke(null));
  }

  /** Has each poll in the function's code throw from now on, if it has any. */
  public void stopEverything() {
    Polls known = polls;
    if (known != null) {
      known.stopEverything();
    }
  }

  /** This function's own copy of a class that stands for the JDK's in its code. */
  private Class<?> standIn(String name) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> defined = findLoadedClass(name);
      return defined != null ? defined : defineStandIn(name);
    }
  }

  private Class<?> defineStandIn(String name) throws ClassNotFoundException {
    try {
      byte[] bytes = requireNonNull(HostClasses.bytes(name), name);
      Class<?> defined =
          defineClass(name, bytes, 0, bytes.length, new ProtectionDomain(null, null));
      if (name.equals(ClassGuard.SYSTEM)) {
        begin(defined);
      }
      return defined;
    } catch (IOException | ReflectiveOperationException e) {
      throw new ClassNotFoundException(
          name + " cannot be defined for function '" + function + "'", e);
    }
  }

  private void begin(Class<?> system) throws ReflectiveOperationException {
    Map<String, String> shown = variables;
    Polls known = polls;
    Method begin = system.getDeclaredMethod("begin", String.class, Map.class, MethodHandle.class);
    begin.setAccessible(true);
    begin.invoke(
        null,
        function,
        shown == null ? System.getenv() : shown,
        known == null ? null : known.handle());
  }

  /**
   * All rights over the function's own classes, for the host to link with.
   *
   * @throws ReflectiveOperationException if the host's part of it cannot be loaded
   */
  public MethodHandles.Lookup lookup() throws ReflectiveOperationException {
    Method lookup = standIn(ClassGuard.SYSTEM).getDeclaredMethod("lookup");
    lookup.setAccessible(true);
    return (MethodHandles.Lookup) lookup.invoke(null);
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

  /**
   * Puts a vendor API behind the archive, on this function's own path; classes of the archive win, one by
   * one, except in the packages that the set says the platform loads first. To be called before a class of such a package is
   * loaded. A second time does nothing.
   *
   * @return whether there is a set of this name
   * @throws DeployException if the set cannot be read
   */
  public boolean provide(String set) {
    return path.provide(requireNonNull(set, "set"));
  }

  /**
   * Shows the headers of the user's own classes, not those of libraries, until the visitor says stop. Classes are not
   * loaded; those that cannot be read are left out.
   *
   * @param visitor returns false to stop
   * @throws DeployException if there are more classes than can be looked at
   */
  public void visitOwnClasses(Predicate<ClassFileHeader> visitor) {
    path.visitOwnClasses(visitor);
  }

  /** Whether the archive, or what was provided so far, has this class; nothing is loaded. */
  public boolean holds(String className) {
    try {
      return path.findHere(HostClasses.entryName(className)) != null;
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
    SearchPath.Found found = path.findBrought(HostClasses.entryName(className));
    return found == null ? null : found.bytes();
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
          : path.findOrProvide(className) != null;
    } catch (IOException e) {
      return false;
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
    return name.startsWith(SearchPath.SERVICES)
        || (name.endsWith(".class") && !JdkPackages.hold(packageOfEntry(name)));
  }

  @Override
  protected @Nullable URL findResource(String name) {
    try {
      SearchPath.Found found = path.findResourceOrProvide(name);
      return found == null ? null : found.url();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    return Collections.enumeration(path.all(name));
  }

  @Override
  public @Nullable InputStream getResourceAsStream(String name) {
    try {
      if (!JdkPackages.hold(packageOfEntry(name))) {
        SearchPath.Found found = path.findResourceOrProvide(name);
        if (found != null) {
          return found.jar().stream(found.entry());
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
    path.closeToo(jars);
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
    RecordMethods.forgetLast();
    path.close();
  }

  @Override
  public String toString() {
    return "FunctionLoader[" + function + "]";
  }
}
