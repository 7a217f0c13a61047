package dev.hearth.guard;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the code of one version began that outlives its calls, and what it changed for the whole process: noted while it happens, for
 * the host to end and undo with the version. Defined once more in each function's loader; it may use nothing but the JDK and {@link
 * FunctionSystem}. Thread-safe.
 */
public final class FunctionResources {

  /** The most threads a function may have made and not let end; a mistake makes more, and the host has to start its own. */
  private static final int MOST_THREADS = 2_000;

  private static final int LOOK_EVERY = 500; // threads made

  private static final ReferenceQueue<Object> GONE = new ReferenceQueue<>();
  private static final Set<Reference<Object>> OWNED = ConcurrentHashMap.newKeySet();
  private static final Map<String, Saved> SAVED = new HashMap<>(); // guarded by itself
  private static final List<Thread> HOOKS = new ArrayList<>(); // guarded by itself
  private static int threadsMade; // racy: it says when to look
  private static volatile boolean over;

  private FunctionResources() {}

  /** Notes something that is to be ended with the version. */
  public static void own(@Nullable Object begun) {
    if (begun == null) {
      return;
    }
    if (over) {
      throw new IllegalStateException(
          "function '"
              + FunctionSystem.function()
              + "': this version is retired and may not begin a "
              + begun.getClass().getSimpleName());
    }
    for (Reference<?> gone = GONE.poll(); gone != null; gone = GONE.poll()) {
      OWNED.remove(gone);
    }
    if (begun instanceof Thread && ++threadsMade % LOOK_EVERY == 0) {
      requireFewThreads();
    }
    OWNED.add(new WeakReference<>(begun, GONE));
  }

  private static void requireFewThreads() {
    int alive = 0;
    for (Reference<Object> each : OWNED) {
      if (each.get() instanceof Thread thread && thread.isAlive()) {
        alive++;
      }
    }
    if (alive >= MOST_THREADS) {
      throw new IllegalStateException(
          "function '"
              + FunctionSystem.function()
              + "' has "
              + alive
              + " threads that run (limit="
              + MOST_THREADS
              + "); let some end, or use an executor");
    }
  }

  /**
   * Refuses a call.
   *
   * @throws SecurityException always, which is what callers of such methods were taught to expect
   */
  @SuppressWarnings("DoNotCallSuggester") // written into the code of functions
  public static void refuse(String call) {
    throw new SecurityException(
        "function '"
            + FunctionSystem.function()
            + "' called "
            + call
            + ", which would change it for every function of the process; set it on the objects that you use, or for the whole host");
  }

  private static SecurityException exits(String call, int status) {
    return new SecurityException(
        "function '"
            + FunctionSystem.function()
            + "' called "
            + call
            + "("
            + status
            + "); it cannot end the process that runs it: return, or throw an exception");
  }

  /** {@link Runtime#exit}, refused. */
  @SuppressWarnings("DoNotCallSuggester") // its callers were compiled against Runtime
  public static void exit(Runtime runtime, int status) {
    throw exits("Runtime.exit", status);
  }

  /** {@link Runtime#halt}, refused. */
  @SuppressWarnings("DoNotCallSuggester") // its callers were compiled against Runtime
  public static void halt(Runtime runtime, int status) {
    throw exits("Runtime.halt", status);
  }

  /** {@link Runtime#addShutdownHook}: it runs when the version is retired, or the host is closed. */
  public static void addShutdownHook(Runtime runtime, Thread hook) {
    synchronized (HOOKS) {
      if (HOOKS.contains(hook)) {
        throw new IllegalArgumentException("Hook previously registered"); // in the JDK's words
      }
      HOOKS.add(hook);
    }
  }

  /** {@link Runtime#removeShutdownHook}. */
  public static boolean removeShutdownHook(Runtime runtime, Thread hook) {
    synchronized (HOOKS) {
      return HOOKS.remove(hook);
    }
  }

  /** {@link Class#getMethod}, for code that knows the name of a method that ends the process. */
  public static Method getMethod(Class<?> of, String name, Class<?> @Nullable ... parameters)
      throws NoSuchMethodException {
    requireNoExit(of, name);
    return of.getMethod(name, parameters);
  }

  /** {@link Class#getDeclaredMethod}, for code that knows the name of a method that ends the process. */
  public static Method getDeclaredMethod(
      Class<?> of, String name, Class<?> @Nullable ... parameters) throws NoSuchMethodException {
    requireNoExit(of, name);
    return of.getDeclaredMethod(name, parameters);
  }

  /** {@link MethodHandles.Lookup#findStatic}, for code that knows the name of a method that ends the process. */
  public static MethodHandle findStatic(
      MethodHandles.Lookup lookup, Class<?> of, String name, MethodType type)
      throws NoSuchMethodException, IllegalAccessException {
    requireNoExit(of, name);
    return lookup.findStatic(of, name, type);
  }

  /** {@link MethodHandles.Lookup#findVirtual}, for code that knows the name of a method that ends the process. */
  public static MethodHandle findVirtual(
      MethodHandles.Lookup lookup, Class<?> of, String name, MethodType type)
      throws NoSuchMethodException, IllegalAccessException {
    requireNoExit(of, name);
    return lookup.findVirtual(of, name, type);
  }

  private static void requireNoExit(Class<?> of, String name) {
    if ((of == System.class || of == Runtime.class)
        && (name.equals("exit") || name.equals("halt"))) {
      throw new SecurityException(
          "function '"
              + FunctionSystem.function()
              + "' looked up "
              + of.getName()
              + "."
              + name
              + "; it cannot end the process that runs it: return, or throw an exception");
    }
  }

  /** A default of the process, as it was. */
  private interface Saved {
    void restore();
  }

  /** Notes a default of the process before the function sets it for the first time. */
  public static void save(String owner) {
    synchronized (SAVED) {
      if (!SAVED.containsKey(owner)) {
        SAVED.put(owner, saved(owner));
      }
    }
  }

  private static Saved saved(String owner) {
    switch (owner) {
      case "java/util/Locale" -> {
        Locale all = Locale.getDefault();
        Locale display = Locale.getDefault(Locale.Category.DISPLAY);
        Locale format = Locale.getDefault(Locale.Category.FORMAT);
        return () -> {
          Locale.setDefault(all);
          Locale.setDefault(Locale.Category.DISPLAY, display);
          Locale.setDefault(Locale.Category.FORMAT, format);
        };
      }
      case "java/util/TimeZone" -> {
        TimeZone zone = TimeZone.getDefault();
        return () -> TimeZone.setDefault(zone);
      }
      case "java/net/Authenticator" -> {
        Authenticator authenticator = Authenticator.getDefault();
        return () -> Authenticator.setDefault(authenticator);
      }
      case "java/net/ProxySelector" -> {
        ProxySelector selector = ProxySelector.getDefault();
        return () -> ProxySelector.setDefault(selector);
      }
      case "java/net/CookieHandler" -> {
        CookieHandler handler = CookieHandler.getDefault();
        return () -> CookieHandler.setDefault(handler);
      }
      case "java/net/ResponseCache" -> {
        ResponseCache cache = ResponseCache.getDefault();
        return () -> ResponseCache.setDefault(cache);
      }
      case "java/lang/Thread" -> {
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        return () -> Thread.setDefaultUncaughtExceptionHandler(handler);
      }
      default -> throw new IllegalArgumentException(owner);
    }
  }

  /** Refuses to begin anything more from now on; gives what was begun and is still there. Called by the host, by name. */
  static List<Object> close() {
    over = true;
    return begun();
  }

  /** What was begun and is still there. Called by the host, by name. */
  static List<Object> begun() {
    List<Object> begun = new ArrayList<>();
    for (Reference<Object> each : OWNED) {
      Object one = each.get();
      if (one != null) {
        begun.add(one);
      }
    }
    return begun;
  }

  /** The shutdown hooks, once. Called by the host, by name. */
  static List<Object> hooks() {
    synchronized (HOOKS) {
      List<Object> hooks = List.copyOf(HOOKS);
      HOOKS.clear();
      return hooks;
    }
  }

  /** Sets the defaults of the process to what they were; gives the names of their classes. Called by the host, by name. */
  static List<Object> restore() {
    synchronized (SAVED) {
      List<Object> restored = new ArrayList<>();
      SAVED.forEach(
          (owner, before) -> {
            before.restore();
            restored.add(owner.replace('/', '.'));
          });
      SAVED.clear();
      return restored;
    }
  }
}
