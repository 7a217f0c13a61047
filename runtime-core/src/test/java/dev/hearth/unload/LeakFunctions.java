package dev.hearth.unload;

import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Functions that hold on to their class loader, each in a way of its own. */
final class LeakFunctions {

  /** What each does in its one call, by its number in the catalogue; what comes before a bar are members of its class. */
  private static final Map<String, String> BODIES = new LinkedHashMap<>();

  static {
    threads();
    threadLocals();
    services();
    jdkLists();
    defaults();
  }

  private LeakFunctions() {}

  private static void threads() {
    body("L01", "");
    body("L06", "start(new Thread(L06::sleep), true);", SLEEP);
    body("L07", "start(new Thread(L07::sleep), false);", SLEEP);
    body(
        "L08",
        "TIMER.schedule(new TimerTask() { public void run() {} }, 0, 50);",
        "static final Timer TIMER = new Timer();");
    body(
        "L09",
        "for (ExecutorService e : ALL) e.submit(() -> 1).get();"
            + " DELAYED.scheduleAtFixedRate(() -> {}, 0, 50, TimeUnit.MILLISECONDS);",
        "static final ScheduledExecutorService DELAYED = Executors.newScheduledThreadPool(1);"
            + " static final List<ExecutorService> ALL = List.of(Executors.newFixedThreadPool(2),"
            + " Executors.newCachedThreadPool(), Executors.newSingleThreadExecutor(), DELAYED,"
            + " new ThreadPoolExecutor(1, 1, 1, TimeUnit.HOURS, new LinkedBlockingQueue<>()));");
    body(
        "L10",
        "POOL.submit(() -> 1).get(); MADE.newThread(L10::sleep).start();",
        "static final ForkJoinPool POOL = new ForkJoinPool(2); static final ThreadFactory MADE ="
            + " r -> new Thread(r, \"made\"); "
            + SLEEP);
    body("L13", "List.of(1, 2, 3, 4).parallelStream().map(i -> i + 1).toList();");
    body("L16", "new ProcessBuilder(\"true\").start().waitFor();");
    body(
        "L17",
        "new ProcessBuilder(\"sleep\", \"600\").start().onExit().thenAccept(p -> ended = p);",
        "static Process ended;");
    body(
        "L47",
        "start(new Thread(new ThreadGroup(\"mine\") {"
            + " public void uncaughtException(Thread t, Throwable e) {} }, L47::sleep), true);",
        SLEEP);
    body(
        "L51",
        "ClassLoader below = new java.net.URLClassLoader(new java.net.URL[0],"
            + " L51.class.getClassLoader()); Thread t = new Thread(L51::sleep);"
            + " t.setContextClassLoader(below); start(t, true);",
        SLEEP);
  }

  private static void threadLocals() {
    body("L02", "HERE.set(this);", "static final ThreadLocal<Object> HERE = new ThreadLocal<>();");
    body(
        "L03",
        "HERE.set(new ArrayList<>(List.of(this)));",
        "static final ThreadLocal<Object> HERE = new ThreadLocal<>();");
    body(
        "L04",
        "HERE.get();",
        "static final ThreadLocal<String> HERE = ThreadLocal.withInitial(() -> \"x\");");
    body(
        "L05",
        "HERE.set(this); Thread t = new Thread(() -> {}); t.start(); t.join();",
        "static final ThreadLocal<Object> HERE = new InheritableThreadLocal<>();");
    body("L32", "Thread.setDefaultUncaughtExceptionHandler((t, e) -> {});");
    body("L33", "Thread.currentThread().setUncaughtExceptionHandler((t, e) -> {});");
  }

  private static void services() {
    body(
        "L14",
        "CLIENT.version();",
        "static final java.net.http.HttpClient CLIENT = java.net.http.HttpClient.newHttpClient();");
    body("L15", "java.net.http.HttpClient.newBuilder().build().version();");
    body(
        "L18",
        "Path.of(System.getProperty(\"java.io.tmpdir\")).register(WATCH,"
            + " StandardWatchEventKinds.ENTRY_DELETE);",
        "static WatchService WATCH; static { try { WATCH ="
            + " FileSystems.getDefault().newWatchService(); } catch (java.io.IOException e) { throw"
            + " new ExceptionInInitializerError(e); } }");
    body(
        "L19",
        "Path file = Files.createTempFile(\"l19\", null); try (var open ="
            + " java.nio.channels.AsynchronousFileChannel.open(file)) {"
            + " open.read(java.nio.ByteBuffer.allocate(9), 0).get(); } Files.delete(file);");
    body(
        "L20",
        "open = java.nio.channels.AsynchronousServerSocketChannel.open().bind(new"
            + " java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0));"
            + " open.accept(this, new java.nio.channels.CompletionHandler<"
            + "java.nio.channels.AsynchronousSocketChannel, Object>() { public void"
            + " completed(java.nio.channels.AsynchronousSocketChannel c, Object a) {} public void"
            + " failed(Throwable e, Object a) {} });",
        "static java.nio.channels.AsynchronousServerSocketChannel open;");
    body(
        "L21",
        "var server = com.sun.net.httpserver.HttpServer.create(new"
            + " java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);"
            + " server.createContext(\"/\", exchange -> {}); server.start();");
    body(
        "L44",
        "registry = java.rmi.registry.LocateRegistry.createRegistry(0);",
        "static Object registry;");
  }

  private static void jdkLists() {
    body(
        "L24",
        "",
        "static { try { java.sql.DriverManager.registerDriver(new D()); } catch"
            + " (java.sql.SQLException e) { throw new ExceptionInInitializerError(e); } } static"
            + " class D implements java.sql.Driver { public java.sql.Connection connect(String u,"
            + " Properties p) { return null; } public boolean acceptsURL(String u) { return false;"
            + " } public java.sql.DriverPropertyInfo[] getPropertyInfo(String u, Properties p) {"
            + " return null; } public int getMajorVersion() { return 1; } public int"
            + " getMinorVersion() { return 1; } public boolean jdbcCompliant() { return false; }"
            + " public java.util.logging.Logger getParentLogger() { return null; } }");
    body(
        "L25",
        "java.lang.management.ManagementFactory.getPlatformMBeanServer().registerMBean(new B(),"
            + " new javax.management.ObjectName(\"acme:type=Leak\"));",
        "public interface BMBean {} public static class B implements BMBean {}");
    body(
        "L27",
        "java.util.logging.Logger.getLogger(\"\").addHandler(new H());",
        "static class H extends java.util.logging.Handler { public void"
            + " publish(java.util.logging.LogRecord r) {} public void flush() {} public void"
            + " close() {} }");
    body("L28", "java.util.logging.Logger.getGlobal().setFilter(r -> true);");
    body(
        "L30",
        "OWN.setLevel(new L(\"MINE\", 1)); OWN.log(new L(\"MINE\", 1), \"x\");",
        "static final java.util.logging.Logger OWN = java.util.logging.Logger.getLogger(\"l30\");"
            + " static class L extends java.util.logging.Level { L(String n, int v) { super(n, v);"
            + " } }");
    body("L31", "java.beans.Introspector.getBeanInfo(L31.class);");
    body(
        "L34",
        "java.security.Security.addProvider(new P());",
        "static class P extends java.security.Provider { P() { super(\"l34\", \"1\", \"\"); } }");
    body("L45", "javax.imageio.ImageIO.getReaderFormatNames();");
    body(
        "L46",
        "javax.imageio.spi.IIORegistry.getDefaultInstance().registerServiceProvider(new S());",
        "static class S extends javax.imageio.spi.ImageReaderSpi { public boolean"
            + " canDecodeInput(Object o) { return false; } public javax.imageio.ImageReader"
            + " createReaderInstance(Object o) { return null; } public String"
            + " getDescription(Locale l) { return \"\"; } }");
    body(
        "L52",
        "javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new"
            + " java.io.ByteArrayInputStream(\"<a/>\".getBytes())); new java.io.ObjectOutputStream("
            + "new java.io.ByteArrayOutputStream()).writeObject(new S()); new R(1, \"x\").hashCode();"
            + " ((Runnable) java.lang.reflect.Proxy.newProxyInstance(L52.class.getClassLoader(), new"
            + " Class<?>[] {Runnable.class}, (p, m, a) -> null)).run();"
            + " L52.class.getAnnotations(); S.class.getAnnotation(Deprecated.class);",
        "@Deprecated static class S implements java.io.Serializable { int a = 1; } record R(int a,"
            + " String b) {}");
  }

  private static void defaults() {
    body(
        "L35",
        "java.net.Authenticator.setDefault(new java.net.Authenticator() {});"
            + " java.net.ProxySelector.setDefault(new S()); java.net.CookieHandler.setDefault(new"
            + " java.net.CookieManager(null, (u, c) -> true));",
        "static class S extends java.net.ProxySelector { public List<java.net.Proxy>"
            + " select(java.net.URI u) { return List.of(java.net.Proxy.NO_PROXY); } public void"
            + " connectFailed(java.net.URI u, java.net.SocketAddress a, java.io.IOException e) {} }");
    body(
        "L39",
        "System.getProperties().put(\"l39\", this); System.setProperties(new P());"
            + " System.setProperty(\"l39.b\", \"x\"); if (!\"x\".equals(System.getProperty(\"l39.b\")))"
            + " throw new IllegalStateException();",
        "static class P extends Properties {}");
    body(
        "L40",
        "Locale.setDefault(Locale.forLanguageTag(\"x-l40\")); TimeZone.setDefault(new Z());",
        "static class Z extends SimpleTimeZone { Z() { super(3_600_000, \"L40\"); } }");
    body("L43", "Runtime.getRuntime().addShutdownHook(new Thread(() -> {}));");
  }

  private static final String SLEEP =
      "static void sleep() { try { while (true) Thread.sleep(60_000); } catch (InterruptedException"
          + " e) {} } static void start(Thread t, boolean daemon) { t.setDaemon(daemon); t.start();"
          + " }";

  private static void body(String number, String statements) {
    body(number, statements, "");
  }

  private static void body(String number, String statements, String members) {
    BODIES.put(number, members + "|" + statements);
  }

  /** All of them in one archive: class {@code acme.L01} and so on, which do it in their first call; their result is their class loader. */
  static Path jar(Path directory) {
    TestJar jar = TestJar.of(directory);
    BODIES.forEach((number, body) -> jar.source("acme." + number, source(number, body)));
    return jar.build("leaks.jar");
  }

  private static String source(String number, String body) {
    int bar = body.indexOf('|');
    return "package acme; import java.util.*; import java.util.concurrent.*; import"
        + " java.nio.file.*; public class "
        + number
        + " implements java.util.concurrent.Callable<Object>, java.util.function.Supplier<Object>"
        + " { static final java.util.concurrent.atomic.AtomicBoolean DONE = new"
        + " java.util.concurrent.atomic.AtomicBoolean(); "
        + body.substring(0, bar)
        + " public Object call() throws Exception { if (DONE.getAndSet(true)) return"
        + " getClass().getClassLoader(); "
        + body.substring(bar + 1)
        + " return getClass().getClassLoader(); } public Object get() { try { return call(); }"
        + " catch (RuntimeException e) { throw e; } catch (Exception e) { throw new"
        + " IllegalStateException(e); } } }";
  }

  /** Their numbers. */
  static Iterable<String> numbers() {
    return BODIES.keySet();
  }
}
