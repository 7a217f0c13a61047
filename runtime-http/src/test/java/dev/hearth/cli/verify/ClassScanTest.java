package dev.hearth.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hearth.loader.ArchiveStore;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.loader.ProvidedApis;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ClassScanTest {

  @TempDir private Path directory;

  private ClassScan scan(Path jar, String... handlers) throws IOException {
    ProvidedApis provided = ProvidedApis.of(TestHost.provided("slf4j").getParent());
    try (FunctionLoader loader =
        FunctionLoader.open(
            "f", ArchiveStore.open(directory.resolve("store")).add(jar), provided)) {
      ClassScan scan = new ClassScan(loader);
      for (String handler : handlers) {
        scan.follow(handler);
      }
      return scan;
    }
  }

  private List<String> risks(String body) throws IOException {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Handler",
                """
                package acme;
                import java.util.*;
                import java.util.concurrent.*;
                import java.util.function.*;
                public class Handler { %s }
                """
                    .formatted(body))
            .build("handler.jar");
    List<String> lines = new ArrayList<>();
    for (Risk.Found found : scan(jar, "acme.Handler").risks(List.of("acme.Handler"))) {
      lines.add(found.risk() + " " + found.where() + " " + found.what());
    }
    return lines;
  }

  @Test
  void missing_classesReached_areNamedWithTheMethodThatNeedsThem() throws Exception {
    Path gone =
        TestJar.of(directory)
            .source("lib.Gone", "package lib; public class Gone { public interface Too {} }")
            .build("gone.jar");
    Path jar =
        TestJar.of(directory)
            .compileOnly(gone)
            .source(
                "acme.Handler",
                "package acme; public class Handler { Helper[] helpers; int[] n = new int[1];"
                    + " Object make() { return new Helper(); } }")
            .source(
                "acme.Helper",
                "package acme; class Helper { lib.Gone gone() { return new lib.Gone(); }"
                    + " boolean is(Object o) { return o instanceof lib.Gone.Too; } }")
            .source("acme.Unused", "package acme; class Unused extends lib.Gone {}")
            .build("handler.jar");

    ClassScan scan = scan(jar, "acme.Handler");

    assertThat(scan.missing())
        .containsOnlyKeys("lib.Gone", "lib.Gone$Too")
        .containsEntry("lib.Gone", "acme.Helper.gone")
        .containsEntry("lib.Gone$Too", "acme.Helper.is");
    assertThat(scan.classes()).isEqualTo(2);
    assertThat(scan.release()).isGreaterThanOrEqualTo(17);
    assertThat(scan.unreadable()).isEmpty();
    assertThat(scan.isCutShort()).isFalse();
  }

  @Test
  void risks_exits_areFoundDirectlyAndBehindReferences() throws Exception {
    assertThat(
            risks(
                """
                void direct() { System.exit(1); }
                void halt() { Runtime.getRuntime().halt(1); }
                IntConsumer reference() { return System::exit; }
                Runnable lambda() { return () -> Runtime.getRuntime().exit(2); }
                void log(Handler exit) { exit.exit(1); }
                void exit(int n) { Objects.hash("java.lang.System", "exit"); }
                """))
        .containsExactlyInAnyOrder(
            "EXIT acme.Handler.direct calls java.lang.System.exit",
            "EXIT acme.Handler.halt calls java.lang.Runtime.halt",
            "EXIT acme.Handler.reference calls java.lang.System.exit",
            "EXIT acme.Handler.lambda (in a lambda) calls java.lang.Runtime.exit");
  }

  @Test
  void risks_threads_areFoundUnlessTheyAreDaemons() throws Exception {
    assertThat(
            risks(
                """
                static class Worker extends Thread {}
                static class Quiet extends Thread { Quiet() { setDaemon(true); } }
                static class Engine { void start() {} }
                void plain() { new Thread(() -> {}).start(); }
                void daemon() { Thread t = new Thread(() -> {}); t.setDaemon(true); t.start(); }
                void own() { new Worker().start(); new Quiet().start(); new Engine().start(); }
                void pools(ThreadFactory f) { Executors.newFixedThreadPool(2, f); Executors.newWorkStealingPool(); }
                void pool() { Executors.newFixedThreadPool(2); }
                void timers() { new Timer("t", true); }
                void timer() { new Timer(); }
                static class Pool extends ThreadPoolExecutor {
                  Pool(ThreadFactory f) { super(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), f); }
                }
                Object executor(ThreadFactory f) {
                  return new Pool(f) != null
                      ? new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>())
                      : null;
                }
                """))
        .containsExactlyInAnyOrder(
            "THREAD acme.Handler.plain calls java.lang.Thread.start",
            "THREAD acme.Handler.own calls acme.Handler$Worker.start",
            "THREAD acme.Handler.pool calls java.util.concurrent.Executors.newFixedThreadPool",
            "THREAD acme.Handler.timer calls new java.util.Timer",
            "THREAD acme.Handler.executor calls new java.util.concurrent.ThreadPoolExecutor");
  }

  @Test
  void risks_stateOfTheJvmHooksAndNatives_areFound() throws Exception {
    assertThat(
            risks(
                """
                static { System.setProperty("a", "b"); System.loadLibrary("x"); }
                native int call(int n);
                void set() { System.setOut(System.out); Locale.setDefault(Locale.ROOT); System.getProperty("a"); }
                void hook() { Runtime.getRuntime().addShutdownHook(new Thread()); }
                void twice() { System.setErr(System.err); System.setErr(System.err); }
                """))
        .containsExactlyInAnyOrder(
            "JVM acme.Handler.<clinit> calls java.lang.System.setProperty",
            "NATIVE acme.Handler.<clinit> calls java.lang.System.loadLibrary",
            "NATIVE acme.Handler.call is native",
            "JVM acme.Handler.set calls java.lang.System.setOut",
            "JVM acme.Handler.set calls java.util.Locale.setDefault",
            "HOOK acme.Handler.hook calls java.lang.Runtime.addShutdownHook",
            "JVM acme.Handler.twice calls java.lang.System.setErr");
  }

  @Test
  void risks_staticStateOfTheHandler_isWhatCanChange() throws Exception {
    assertThat(
            risks(
                """
                static int count;
                static final int LIMIT = Integer.getInteger("limit", 3);
                static final Map<String, String> SAFE = Map.of();
                static final ConcurrentHashMap<String, String> CACHE = new ConcurrentHashMap<>();
                static final HashMap<String, String> UNSAFE = new HashMap<>();
                static final byte[] BUFFER = new byte[8];
                int perInstance;
                static class Elsewhere { static int mine; int use() { assert mine > 0; return mine; } }
                Object use() { assert count > 0; return new Elsewhere(); }
                """))
        .containsExactlyInAnyOrder(
            "STATIC acme.Handler.count is static and not final",
            "STATIC acme.Handler.UNSAFE is a static java.util.HashMap",
            "STATIC acme.Handler.BUFFER is a static array");
  }

  @Test
  void scan_providedApis_areThereAndNotFollowed() throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Handler",
                "package acme; public class Handler { Object log = org.slf4j.LoggerFactory.getLogger(\"x\"); }")
            .library(TestHost.library("slf4j-api-1.7.36.jar"))
            .buildFat("handler.jar");

    ClassScan scan = scan(jar, "acme.Handler");

    assertThat(scan.missing()).isEmpty();
    assertThat(scan.file("org.slf4j.LoggerFactory")).isNotNull();
    assertThat(scan.file("org.slf4j.impl.StaticLoggerBinder")).isNull();
  }

  @Test
  void scan_realLibraries_findsWhatTheyLackAndDo() throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Handler",
                "package acme; public class Handler {"
                    + " Object log = org.slf4j.LoggerFactory.getLogger(\"x\");"
                    + " Object context = org.apache.logging.log4j.LogManager.getContext(false);"
                    + " Object core = new org.apache.logging.log4j.core.LoggerContext(\"x\");"
                    + " Object netty = io.netty.util.internal.NativeLibraryLoader.class; }")
            .library(TestHost.library("slf4j-api-2.0.9.jar"))
            .library(TestHost.library("log4j-api-2.24.3.jar"))
            .library(TestHost.library("log4j-core-2.24.3.jar"))
            .library(TestHost.library("netty-common-4.1.118.Final.jar"))
            .buildSpringBoot("handler.jar");

    ClassScan scan = scan(jar, "acme.Handler");

    assertThat(scan.classes()).isGreaterThan(500);
    assertThat(scan.unreadable()).isEmpty();
    assertThat(scan.missing())
        .containsKeys("org.osgi.framework.FrameworkUtil", "org.apache.log4j.Logger")
        .containsEntry(
            "org.apache.log4j.Logger",
            "io.netty.util.internal.logging.Log4JLoggerFactory.newInstance");
    assertThat(scan.risks(List.of("acme.Handler")))
        .extracting(found -> found.risk() + " " + found.where())
        .contains(
            "HOOK org.apache.logging.log4j.core.util.DefaultShutdownCallbackRegistry.addShutdownHook")
        .contains("NATIVE io.netty.util.internal.NativeLibraryUtil.loadLibrary");
  }

  /** Every instruction that javac and others write: the code of whole libraries, and of this JVM's own classes. */
  @Test
  void read_everyClassOfRealLibraries_isUnderstood() throws Exception {
    int read = 0;
    for (String library :
        List.of("guava-33.4.0-jre.jar", "jackson-databind-3.2.4.jar", "gson-2.10.1.jar")) {
      try (ZipFile zip = new ZipFile(TestHost.library(library).toFile())) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          if (entry.getName().endsWith(".class")) {
            try (InputStream in = zip.getInputStream(entry)) {
              ClassFile file = ClassFile.read(in.readAllBytes());
              assertThat(entry.getName()).endsWith(file.name().replace('.', '/') + ".class");
              read++;
            }
          }
        }
      }
    }
    for (Class<?> type : List.of(String.class, Thread.class, java.util.regex.Pattern.class)) {
      try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
        ClassFile file = ClassFile.read(in.readAllBytes());
        assertThat(file.methods()).hasSizeGreaterThanOrEqualTo(type.getDeclaredMethods().length);
      }
    }
    assertThat(read).isGreaterThan(2500);
  }

  @Test
  void read_whatIsCutOrNoClassFile_isRefused() throws Exception {
    assertThatIllegalArgumentException().isThrownBy(() -> ClassFile.read(new byte[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClassFile.read(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
    byte[] whole;
    try (InputStream in = ClassScanTest.class.getResourceAsStream("ClassScanTest.class")) {
      whole = in.readAllBytes();
    }
    for (int length = 0; length < whole.length; length += 37) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatIllegalArgumentException().isThrownBy(() -> ClassFile.read(cut));
    }
  }

  @Test
  void brokenClass_isReportedAndDoesNotStopTheScan() throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Handler",
                "package acme; public class Handler { Object a = new Broken(); Object b = new Fine(); }")
            .source("acme.Fine", "package acme; class Fine { void end() { System.exit(1); } }")
            .source("acme.Broken", "package acme; class Broken {}")
            .entry("acme/Broken.class", "no class")
            .build("handler.jar");

    ClassScan scan = scan(jar, "acme.Handler");

    assertThat(scan.unreadable()).containsOnlyKeys("acme.Broken");
    assertThat(scan.risks(List.of("acme.Handler"))).hasSize(1);
  }
}
