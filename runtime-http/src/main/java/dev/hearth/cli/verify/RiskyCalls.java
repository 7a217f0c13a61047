package dev.hearth.cli.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods of the JDK whose call is a risk by itself. */
final class RiskyCalls {

  private static final String FACTORY = "Ljava/util/concurrent/ThreadFactory;";
  private static final Map<String, Risk> RISKS = new HashMap<>();

  static {
    add(Risk.EXIT, "java.lang.System", "exit");
    add(Risk.EXIT, "java.lang.Runtime", "exit", "halt");
    add(Risk.HOOK, "java.lang.Runtime", "addShutdownHook");
    add(Risk.NATIVE, "java.lang.System", "load", "loadLibrary");
    add(Risk.NATIVE, "java.lang.Runtime", "load", "loadLibrary");
    add(Risk.JVM, "java.lang.System", "setOut", "setErr", "setIn", "setSecurityManager");
    add(Risk.JVM, "java.lang.System", "setProperty", "setProperties", "clearProperty");
    add(Risk.JVM, "java.lang.Thread", "setDefaultUncaughtExceptionHandler");
    add(Risk.JVM, "java.util.Locale", "setDefault");
    add(Risk.JVM, "java.util.TimeZone", "setDefault");
    add(Risk.JVM, "java.security.Security", "addProvider", "insertProviderAt", "setProperty");
    add(Risk.JVM, "java.net.URL", "setURLStreamHandlerFactory");
    add(Risk.JVM, "java.net.Authenticator", "setDefault");
    add(Risk.JVM, "java.net.ProxySelector", "setDefault");
    add(Risk.JVM, "java.net.CookieHandler", "setDefault");
    add(Risk.JVM, "java.net.ResponseCache", "setDefault");
    add(Risk.JVM, "javax.net.ssl.SSLContext", "setDefault");
    add(
        Risk.JVM,
        "javax.net.ssl.HttpsURLConnection",
        "setDefaultHostnameVerifier",
        "setDefaultSSLSocketFactory");
    for (String pool :
        List.of(
            "newFixedThreadPool",
            "newCachedThreadPool",
            "newSingleThreadExecutor",
            "newScheduledThreadPool",
            "newSingleThreadScheduledExecutor")) {
      add(Risk.THREAD, "java.util.concurrent.Executors", pool);
    }
    add(Risk.THREAD, "java.util.concurrent.ThreadPoolExecutor", "<init>");
    add(Risk.THREAD, "java.util.concurrent.ScheduledThreadPoolExecutor", "<init>");
    add(Risk.THREAD, "java.util.Timer", "<init>");
  }

  private RiskyCalls() {}

  private static void add(Risk risk, String owner, String... methods) {
    for (String method : methods) {
      RISKS.put(owner + "." + method, risk);
    }
  }

  /** What a call risks; null where it is nothing by itself. */
  static @Nullable Risk of(Use call) {
    Risk risk = RISKS.get(call.owner() + "." + call.name());
    return risk == Risk.THREAD && makesItsOwnChoice(call) ? null : risk;
  }

  /** Where a thread factory, or whether it is a daemon, is said. */
  private static boolean makesItsOwnChoice(Use call) {
    return call.descriptor().contains(FACTORY)
        || (call.owner().equals("java.util.Timer") && call.descriptor().contains("Z"));
  }
}
