package dev.hearth.guard;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which calls of the JDK in a function's code are given company: what reaches past the function is refused or noted so that it can be
 * undone, and what outlives a call is noted so that it can be ended with the version.
 */
final class CallRules {

  /** What is done about a call. */
  enum Action {
    /** {@link FunctionResources#refuse} instead. */
    REFUSE,
    /** {@link FunctionResources#save} before. */
    SAVE,
    /** {@link FunctionResources#own} of what it returns or constructs. */
    OWN,
    /** A {@linkplain #standIn stand-in} instead, which has a static method of the same name that takes the receiver first. */
    STAND_IN
  }

  /** Has a rule for every method of the class whose name begins so. */
  private static final String ANY = "*";

  /** The classes whose methods have rules. {@link System} is not among them: its name is in most classes, its methods' names are not. */
  static final String[] OWNERS = {
    "java/lang/Runtime",
    "java/lang/ProcessBuilder",
    "java/lang/Thread",
    "java/lang/Thread$Builder",
    "java/lang/Thread$Builder$OfPlatform",
    "java/lang/Thread$Builder$OfVirtual",
    "java/lang/ThreadGroup",
    "java/util/Timer",
    "java/util/concurrent/Executors",
    "java/util/concurrent/ThreadPoolExecutor",
    "java/util/concurrent/ScheduledThreadPoolExecutor",
    "java/util/concurrent/ForkJoinPool",
    "java/util/Locale",
    "java/util/TimeZone",
    "java/net/Authenticator",
    "java/net/ProxySelector",
    "java/net/CookieHandler",
    "java/net/ResponseCache",
    "java/net/URL",
    "java/net/URLConnection",
    "java/net/Socket",
    "java/net/ServerSocket",
    "java/nio/file/FileSystem",
    "java/nio/channels/ServerSocketChannel",
    "java/nio/channels/AsynchronousServerSocketChannel",
    "java/nio/channels/AsynchronousSocketChannel",
    "java/nio/channels/AsynchronousFileChannel",
    "java/nio/channels/AsynchronousChannelGroup",
    "com/sun/net/httpserver/HttpServer",
    "com/sun/net/httpserver/HttpsServer",
    "javax/net/ssl/HttpsURLConnection",
    "javax/net/ssl/SSLContext",
    "javax/security/auth/login/Configuration",
    "java/util/logging/LogManager",
    "java/util/prefs/Preferences",
    "java/util/prefs/AbstractPreferences",
    "java/rmi/registry/LocateRegistry",
    "java/rmi/server/UnicastRemoteObject",
    "sun/misc/Signal",
  };

  private static final Map<String, Action> RULES = new HashMap<>();

  static {
    for (String name : new String[] {"exit", "halt", "addShutdownHook", "removeShutdownHook"}) {
      rule("java/lang/Runtime", name, Action.STAND_IN);
    }
    rule("java/lang/Runtime", "exec", Action.OWN);
    rule("java/lang/ProcessBuilder", "start", Action.OWN);
    threads();
    defaults();
    sockets();
  }

  private CallRules() {}

  private static void threads() {
    rule("java/lang/Thread", "<init>", Action.OWN);
    rule("java/lang/Thread", "startVirtualThread", Action.OWN);
    rule("java/lang/Thread", "setDefaultUncaughtExceptionHandler", Action.SAVE);
    for (String builder :
        new String[] {
          "java/lang/Thread$Builder",
          "java/lang/Thread$Builder$OfPlatform",
          "java/lang/Thread$Builder$OfVirtual"
        }) {
      rule(builder, "start", Action.OWN);
      rule(builder, "unstarted", Action.OWN);
    }
    rule("java/lang/ThreadGroup", "<init>", Action.OWN);
    rule("java/util/Timer", "<init>", Action.OWN);
    rule("java/util/concurrent/Executors", "new" + ANY, Action.OWN);
    rule("java/util/concurrent/ThreadPoolExecutor", "<init>", Action.OWN);
    rule("java/util/concurrent/ScheduledThreadPoolExecutor", "<init>", Action.OWN);
    rule("java/util/concurrent/ForkJoinPool", "<init>", Action.OWN);
  }

  private static void defaults() {
    for (String name : new String[] {"setOut", "setErr", "setIn", "setSecurityManager"}) {
      rule("java/lang/System", name, Action.REFUSE);
    }
    rule("java/util/Locale", "setDefault", Action.SAVE);
    rule("java/util/TimeZone", "setDefault", Action.SAVE);
    rule("java/net/Authenticator", "setDefault", Action.SAVE);
    rule("java/net/ProxySelector", "setDefault", Action.SAVE);
    rule("java/net/CookieHandler", "setDefault", Action.SAVE);
    rule("java/net/ResponseCache", "setDefault", Action.SAVE);
    rule("java/net/URL", "setURLStreamHandlerFactory", Action.REFUSE);
    rule("java/net/URLConnection", "setContentHandlerFactory", Action.REFUSE);
    rule("java/net/URLConnection", "setFileNameMap", Action.REFUSE);
    rule("java/net/Socket", "setSocketImplFactory", Action.REFUSE);
    rule("java/net/ServerSocket", "setSocketFactory", Action.REFUSE);
    rule("javax/net/ssl/HttpsURLConnection", "setDefaultHostnameVerifier", Action.REFUSE);
    rule("javax/net/ssl/HttpsURLConnection", "setDefaultSSLSocketFactory", Action.REFUSE);
    rule("javax/net/ssl/SSLContext", "setDefault", Action.REFUSE);
    rule("javax/security/auth/login/Configuration", "setConfiguration", Action.REFUSE);
    rule("java/util/logging/LogManager", "addConfigurationListener", Action.STAND_IN);
    for (String preferences :
        new String[] {"java/util/prefs/Preferences", "java/util/prefs/AbstractPreferences"}) {
      rule(preferences, "addPreferenceChangeListener", Action.REFUSE);
      rule(preferences, "addNodeChangeListener", Action.REFUSE);
    }
    rule("sun/misc/Signal", "handle", Action.REFUSE);
    rule("sun/misc/Signal", "raise", Action.REFUSE);
  }

  private static void sockets() {
    rule("java/net/ServerSocket", "<init>", Action.OWN);
    rule("java/nio/channels/ServerSocketChannel", "open", Action.OWN);
    rule("java/nio/channels/AsynchronousServerSocketChannel", "open", Action.OWN);
    rule("java/nio/channels/AsynchronousSocketChannel", "open", Action.OWN);
    rule("java/nio/channels/AsynchronousFileChannel", "open", Action.OWN);
    rule("java/nio/channels/AsynchronousChannelGroup", "with" + ANY, Action.OWN);
    rule("java/nio/file/FileSystem", "newWatchService", Action.OWN);
    rule("com/sun/net/httpserver/HttpServer", "create", Action.OWN);
    rule("com/sun/net/httpserver/HttpsServer", "create", Action.OWN);
    rule("java/rmi/registry/LocateRegistry", "createRegistry", Action.OWN);
    rule("java/rmi/server/UnicastRemoteObject", "<init>", Action.OWN);
  }

  private static void rule(String owner, String name, Action action) {
    RULES.put(owner + '.' + name, action);
  }

  /** The class that takes calls of a class's methods instead. */
  static String standIn(String owner) {
    return owner.startsWith("java/util/logging/")
        ? "dev/hearth/guard/FunctionLogging"
        : "dev/hearth/guard/FunctionResources";
  }

  /** What is done about calls of a method; null for nothing. */
  static @Nullable Action of(String owner, String name) {
    Action action = RULES.get(owner + '.' + name);
    if (action != null) {
      return action;
    }
    if (name.startsWith("new")) {
      return RULES.get(owner + ".new" + ANY);
    }
    return name.startsWith("with") ? RULES.get(owner + ".with" + ANY) : null;
  }
}
