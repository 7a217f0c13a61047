package dev.hearth.loader;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hearth.function.Context;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class FunctionLoaderTest {

  @TempDir Path directory;

  private TestJar jar() {
    return TestJar.of(directory);
  }

  private FunctionLoader load(TestJar jar) throws Exception {
    return load(jar.build("function.jar"));
  }

  private FunctionLoader load(Path archive) throws Exception {
    return FunctionLoader.open("hello", ArchiveStore.open(directory.resolve("store")).add(archive));
  }

  private static Object create(ClassLoader loader, String name) throws Exception {
    return Class.forName(name, true, loader).getDeclaredConstructor().newInstance();
  }

  @SuppressWarnings("unchecked")
  private static String apply(ClassLoader loader, String name, String input) throws Exception {
    return String.valueOf(((Function<Object, Object>) create(loader, name)).apply(input));
  }

  private static String function(String name, String body) {
    return "package acme; public class "
        + name
        + " implements java.util.function.Function<Object, Object> {"
        + " public Object apply(Object in) { try { "
        + body
        + " } catch (Exception e) { return e.toString(); } } }";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.hearth.Hearth",
        "dev.hearth.loader.FunctionLoader",
        "dev.hearth.signature.spi.Binding",
        "dev.hearth.testing.TestJar",
        "dev.hearth.function.spi.Hidden",
        "org.slf4j.Logger",
        "org.slf4j.LoggerFactory",
        "org.jspecify.annotations.Nullable",
        "org.junit.jupiter.api.Test",
        "org.assertj.core.api.Assertions"
      })
  void loadClass_A22_classOfTheHost_isNotFoundByAnyWay(String name) throws Exception {
    String body =
        "String n = (String) in; ClassLoader own = getClass().getClassLoader();"
            + " StringBuilder found = new StringBuilder();"
            + " try { Class.forName(n); found.append(\"forName \"); }"
            + " catch (ClassNotFoundException e) { }"
            + " try { Thread.currentThread().getContextClassLoader().loadClass(n);"
            + " found.append(\"context \"); } catch (ClassNotFoundException e) { }"
            + " for (ClassLoader l = own; l != null; l = l.getParent()) {"
            + " try { l.loadClass(n); found.append(\"parent \"); }"
            + " catch (ClassNotFoundException e) { } }"
            + " String file = n.replace('.', '/') + \".class\";"
            + " if (own.getResource(file) != null) found.append(\"resource \");"
            + " if (own.getResourceAsStream(file) != null) found.append(\"stream \");"
            + " if (getClass().getResource('/' + file) != null) found.append(\"class \");"
            + " if (own.getResources(file).hasMoreElements()) found.append(\"resources \");"
            + " return found.toString();";
    try (FunctionLoader loader = load(jar().source("acme.Look", function("Look", body)))) {
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      thread.setContextClassLoader(loader);
      try {
        assertThat(apply(loader, "acme.Look", name)).isEmpty();
      } finally {
        thread.setContextClassLoader(before);
      }
    }
  }

  @Test
  void loadClass_A13_apiPackage_isTheHostsEvenIfBundled() throws Exception {
    Path jar =
        jar()
            .source("dev.hearth.function.Context", "package dev.hearth.function; class Context {}")
            .source("dev.hearth.Hearth", "package dev.hearth; public class Hearth {}")
            .build("function.jar");
    try (FunctionLoader loader = load(jar)) {
      assertThat(loader.loadClass("dev.hearth.function.Context")).isSameAs(Context.class);
      assertThat(loader.loadClass("dev.hearth.Hearth").getClassLoader()).isSameAs(loader);
    }
  }

  @Test
  void loadClass_unknownNameInTheApiPackage_isNotFound() throws Exception {
    try (FunctionLoader loader = load(jar().source("A", "class A {}"))) {
      assertThatThrownBy(() -> loader.loadClass("dev.hearth.function.NoSuch"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  @Test
  void loadClass_A20_sameClassInTwoFunctions_areTwoWorlds() throws Exception {
    Path jar =
        jar()
            .source(
                "acme.Count",
                "package acme; public class Count implements"
                    + " java.util.function.Supplier<Integer> { static int calls;"
                    + " public Integer get() { return ++calls; } }")
            .build("count.jar");
    try (FunctionLoader one = load(jar);
        FunctionLoader two = load(jar)) {
      Supplier<?> first = (Supplier<?>) create(one, "acme.Count");
      Supplier<?> second = (Supplier<?>) create(two, "acme.Count");

      assertThat(List.of(first.get(), first.get(), second.get())).isEqualTo(List.of(1, 2, 1));
      assertThat(first.getClass()).isNotSameAs(second.getClass());
    }
  }

  @Test
  void loadClass_A11_javaPackage_isReportedPlainly() throws Exception {
    try (FunctionLoader loader =
        load(jar().source("A", "class A {}").entry("java/acme/Evil.class", "x"))) {
      assertThatThrownBy(() -> loader.loadClass("java.acme.Evil"))
          .isInstanceOf(ClassNotFoundException.class)
          .hasMessageContaining("java.acme.Evil")
          .hasMessageContaining("JDK's alone");
    }
  }

  @Test
  void loadClass_A11_classThatTheJdkHas_isTheJdks() throws Exception {
    try (FunctionLoader loader =
        load(jar().source("A", "class A {}").entry("javax/sql/DataSource.class", "mine"))) {
      assertThat(loader.loadClass("javax.sql.DataSource")).isSameAs(javax.sql.DataSource.class);
      assertThat(loader.loadClass("org.w3c.dom.Node")).isSameAs(org.w3c.dom.Node.class);
    }
  }

  @Test
  void loadClass_javaxPackageThatTheJdkLacks_isTheArchives() throws Exception {
    try (FunctionLoader loader =
        load(
            jar()
                .source(
                    "javax.inject.Inject", "package javax.inject; public @interface Inject {}"))) {
      assertThat(loader.loadClass("javax.inject.Inject").getClassLoader()).isSameAs(loader);
    }
  }

  @Test
  void loadClass_A14_newerClassFile_isRefusedNamingBothVersions() throws Exception {
    int running = Runtime.version().feature();
    byte[] bytes = classBytes("acme.A", "package acme; public class A {}");
    int newer = running + 44 + 8;
    bytes[6] = 0;
    bytes[7] = (byte) newer;
    try (FunctionLoader loader = load(jar().entry("acme/A.class", bytes))) {
      assertThatThrownBy(() -> loader.loadClass("acme.A"))
          .isInstanceOf(UnsupportedClassVersionError.class)
          .hasMessageContaining("acme.A")
          .hasMessageContaining("Java " + (running + 8))
          .hasMessageContaining("this is Java " + running);
    }
  }

  private byte[] classBytes(String name, String source) {
    byte[] bytes = jar().source(name, source).compile().get(name.replace('.', '/') + ".class");
    assertThat(bytes).isNotNull();
    return bytes == null ? new byte[0] : bytes;
  }

  @Test
  void loadClass_A15_corruptClass_failsNamingIt() throws Exception {
    byte[] whole = classBytes("acme.A", "package acme; public class A {}");
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length / 2);
    try (FunctionLoader loader =
        load(jar().entry("acme/A.class", cut).entry("acme/Other.class", whole))) {
      assertThat(catchThrowable(() -> loader.loadClass("acme.A")))
          .isInstanceOf(ClassFormatError.class)
          .hasMessageContaining("acme.A");
      assertThat(catchThrowable(() -> loader.loadClass("acme.Other")))
          .isInstanceOf(NoClassDefFoundError.class)
          .hasMessageContaining("acme/Other");
    }
  }

  @Test
  void loadClass_optionalClassMissing_doesNotMatterUntilUsed() throws Exception {
    Path optional = jar().source("opt.Gone", "package opt; public class Gone {}").build("opt.jar");
    Path jar =
        jar()
            .source(
                "acme.F",
                "package acme; public class F implements java.util.function.Function<Object, Object> {"
                    + " opt.Gone field; public opt.Gone gone() { return new opt.Gone(); }"
                    + " public Object apply(Object in) {"
                    + " if (\"use\".equals(in)) return gone(); return \"fine\"; } }")
            .compileOnly(optional)
            .build("function.jar");
    try (FunctionLoader loader = load(jar)) {
      assertThat(apply(loader, "acme.F", "go")).isEqualTo("fine");
      assertThat(catchThrowable(() -> apply(loader, "acme.F", "use")))
          .isInstanceOf(NoClassDefFoundError.class)
          .hasMessageContaining("opt/Gone");
    }
  }

  @Test
  void loadClass_A09_multiReleaseJar_givesTheRightVersion() throws Exception {
    TestJar jar =
        jar()
            .manifest("Multi-Release", "true")
            .entry("acme/which.txt", "base")
            .entry("META-INF/versions/9/acme/which.txt", "nine")
            .entry("META-INF/versions/17/acme/which.txt", "seventeen")
            .entry("META-INF/versions/9999/acme/which.txt", "absurd")
            .source("A", "class A {}");
    try (FunctionLoader loader = load(jar)) {
      assertThat(text(loader.getResourceAsStream("acme/which.txt"))).isEqualTo("seventeen");
      URL url = requireNonNull(loader.getResource("acme/which.txt"));
      assertThat(text(url.openStream())).isEqualTo("seventeen");
    }
  }

  @Test
  void loadClass_A09_versionsWithoutTheFlag_areIgnored() throws Exception {
    TestJar jar =
        jar()
            .entry("acme/which.txt", "base")
            .entry("META-INF/versions/9/acme/which.txt", "nine")
            .source("A", "class A {}");
    try (FunctionLoader loader = load(jar)) {
      assertThat(text(loader.getResourceAsStream("acme/which.txt"))).isEqualTo("base");
    }
  }

  @Test
  void loadClass_A07_classPathOfTheManifest_isNotFollowedOutside() throws Exception {
    Path outside = jar().source("out.Side", "package out; public class Side {}").build("out.jar");
    TestJar jar =
        jar()
            .source("A", "class A {}")
            .manifest("Class-Path", "../out.jar out.jar " + outside.toUri());
    try (FunctionLoader loader = load(jar)) {
      assertThatThrownBy(() -> loader.loadClass("out.Side"))
          .isInstanceOf(ClassNotFoundException.class);
    }
  }

  @Test
  void loadClass_A08_manifestThatOpensTheJdk_hasNoEffect() throws Exception {
    TestJar jar =
        jar()
            .source(
                "acme.F",
                function(
                    "F",
                    "java.lang.reflect.Field f = String.class.getDeclaredField(\"value\");"
                        + " f.setAccessible(true); return \"opened\";"))
            .manifest("Add-Opens", "java.base/java.lang")
            .manifest("Launcher-Agent-Class", "acme.F")
            .manifest("Premain-Class", "acme.F");
    try (FunctionLoader loader = load(jar)) {
      assertThat(apply(loader, "acme.F", "")).contains("InaccessibleObjectException");
    }
  }

  @Test
  void loadClass_A10_signedJar_loads() throws Exception {
    Path plain = jar().source("acme.F", function("F", "return \"signed\";")).build("plain.jar");

    try (FunctionLoader loader = load(SignedJar.sign(directory, plain))) {
      assertThat(apply(loader, "acme.F", "")).isEqualTo("signed");
    }
  }

  @Test
  void loadClass_A10_signatureLeftByShading_loads() throws Exception {
    Map<String, byte[]> signed = SignedJar.content(SignedJar.of(directory, "x/X.class"));
    TestJar jar =
        jar().source("acme.F", function("F", "return \"shaded\";")).manifest("Created-By", "shade");
    signed.forEach(
        (name, bytes) -> {
          if (!name.equals("META-INF/MANIFEST.MF")) {
            jar.entry(name, bytes);
          }
        });

    try (FunctionLoader loader = load(jar)) {
      assertThat(apply(loader, "acme.F", "")).isEqualTo("shaded");
    }
  }

  @Test
  void loadClass_afterClose_givesAClearError() throws Exception {
    FunctionLoader loader =
        load(
            jar()
                .source("acme.A", "package acme; class A {}")
                .source("acme.B", "package acme; class B {}"));
    Class<?> loaded = loader.loadClass("acme.A");

    loader.close();
    loader.close();

    assertThat(loader.loadClass("acme.A")).isSameAs(loaded);
    assertThatThrownBy(() -> loader.loadClass("acme.B"))
        .isInstanceOf(ClassNotFoundException.class)
        .hasMessageContaining("acme.B")
        .hasMessageContaining("'hello' was closed");
    assertThat(loader.getResource("acme/B.class")).isNull();
  }

  @Test
  void open_F14_copyMissingInTheStore_isRefusedByName() throws Exception {
    StoredArchive archive =
        ArchiveStore.open(directory.resolve("store"))
            .add(jar().source("A", "class A {}").build("a.jar"));
    Files.delete(archive.classPath().get(0));

    assertThatThrownBy(() -> FunctionLoader.open("hello", archive))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("'hello'")
        .hasMessageContaining("a.jar");
  }

  @Test
  void loadClass_byManyThreadsAtOnce_definesEachOnce() throws Exception {
    TestJar jar = jar();
    for (int i = 0; i < 40; i++) {
      jar.source(
          "acme.C" + i,
          "package acme; class C" + i + (i == 0 ? " {}" : " extends C" + (i - 1) + " {}"));
    }
    int threads = 8;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    CyclicBarrier start = new CyclicBarrier(threads);
    try (FunctionLoader loader = load(jar)) {
      Callable<List<Class<?>>> loadAll =
          () -> {
            start.await(30, TimeUnit.SECONDS);
            List<Class<?>> all = new ArrayList<>();
            for (int i = 39; i >= 0; i--) {
              all.add(loader.loadClass("acme.C" + i));
            }
            return all;
          };
      List<Future<List<Class<?>>>> loading = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        loading.add(executor.submit(loadAll));
      }
      List<Class<?>> first = loading.get(0).get(60, TimeUnit.SECONDS);
      for (Future<List<Class<?>>> each : loading) {
        assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(first);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void loadClass_protectionDomain_carriesNoLoaderButTheStoresCopy() throws Exception {
    try (FunctionLoader loader = load(jar().source("A", "class A {}"))) {
      Class<?> type = loader.loadClass("A");

      assertThat(type.getProtectionDomain().getClassLoader()).isNull();
      assertThat(type.getProtectionDomain().getCodeSource().getLocation().toString())
          .startsWith("file:")
          .endsWith(".jar");
    }
  }

  @Test
  void loadClass_package_hasTheManifestsFacts() throws Exception {
    TestJar jar =
        jar()
            .source("acme.A", "package acme; class A {}")
            .manifest("Implementation-Title", "Acme")
            .manifest("Implementation-Version", "7.1");
    try (FunctionLoader loader = load(jar)) {
      Package of = loader.loadClass("acme.A").getPackage();

      assertThat(of.getImplementationTitle()).isEqualTo("Acme");
      assertThat(of.getImplementationVersion()).isEqualTo("7.1");
    }
  }

  @Test
  void getResource_entryWithUnusualName_opensAndLeavesNoFileOpen() throws Exception {
    String name = "acme/a b#c%20!d ü.txt";
    try (FunctionLoader loader = load(jar().source("A", "class A {}").entry(name, "text"))) {
      URL url = requireNonNull(loader.getResource(name));

      assertThat(url.getProtocol()).isEqualTo("jar");
      assertThat(text(url.openStream())).isEqualTo("text");
      assertThat(text(new URL(url, "/" + "A.class").openStream())).isNotEmpty();
    }
    try (var open = Files.list(Path.of("/proc/self/fd"))) {
      assertThat(open.map(FunctionLoaderTest::target))
          .noneMatch(file -> file.startsWith(directory.resolve("store")));
    }
  }

  private static Path target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor);
    } catch (java.io.IOException e) {
      return descriptor;
    }
  }

  @Test
  void getResource_urlAsContextOfAnother_resolvesAsTheJdksJarUrlsDo() throws Exception {
    try (FunctionLoader loader =
        load(jar().source("A", "class A {}").entry("a/b.txt", "b").entry("a/c.txt", "c"))) {
      URL url = requireNonNull(loader.getResource("a/b.txt"));
      String text = url.toString();
      URL same = new URL(text);

      assertThat(text(new URL(url, "c.txt").openStream())).isEqualTo("c");
      assertThat(new URL(url, "c.txt#part").toString())
          .isEqualTo(new URL(same, "c.txt#part").toString());
      for (String absolute : List.of(text, text.substring(0, text.indexOf("!/") + 2))) {
        assertThat(new URL(url, absolute).toString()).isEqualTo(absolute);
      }
      assertThat(text(new URL(url, text).openStream())).isEqualTo("b");
    }
  }

  @Test
  void getResources_severalJars_givesAllInOrder() throws Exception {
    Path library = jar().entry("x.txt", "library").source("L", "class L {}").build("l.jar");
    Path zip =
        jar().entry("x.txt", "own").source("A", "class A {}").library(library).buildZip("a.zip");
    try (FunctionLoader loader = load(zip)) {
      List<String> texts = new ArrayList<>();
      for (URL url : Collections.list(loader.getResources("x.txt"))) {
        texts.add(text(url.openStream()));
      }
      assertThat(texts).containsExactly("own", "library");
    }
  }

  @Test
  void getResource_ofTheJdk_isVisible() throws Exception {
    try (FunctionLoader loader = load(jar().source("A", "class A {}"))) {
      assertThat(loader.getResource("java/lang/Object.class")).isNotNull();
      assertThat(loader.getResources("java/lang/Object.class").hasMoreElements()).isTrue();
    }
  }

  @Test
  void serviceLoader_serviceOfTheArchive_isFound() throws Exception {
    TestJar jar =
        jar()
            .source(
                "acme.Service",
                "package acme; public class Service implements Runnable { public void run() {} }")
            .entry("META-INF/services/java.lang.Runnable", "acme.Service\n");
    try (FunctionLoader loader = load(jar)) {
      assertThat(ServiceLoader.load(Runnable.class, loader))
          .singleElement()
          .extracting(service -> service.getClass().getName())
          .isEqualTo("acme.Service");
    }
  }

  @Test
  void serviceLoader_A23_serviceThatIsMissing_failsOnlyWhereUsed() throws Exception {
    TestJar jar =
        jar()
            .source("acme.F", function("F", "return \"fine\";"))
            .entry("META-INF/services/java.lang.Runnable", "acme.Missing\n");
    try (FunctionLoader loader = load(jar)) {
      assertThat(apply(loader, "acme.F", "")).isEqualTo("fine");
      Iterator<Runnable> services = ServiceLoader.load(Runnable.class, loader).iterator();
      assertThatThrownBy(services::next).hasMessageContaining("acme.Missing");
    }
  }

  @Test
  void visitOwnClasses_stopsWhenTold() throws Exception {
    List<String> seen = new ArrayList<>();
    try (FunctionLoader loader =
        load(
            jar().source("A", "class A {}").source("B", "class B {}").entry("C.class", "broken"))) {
      loader.visitOwnClasses(header -> seen.add(header.name()));
      assertThat(seen).containsExactly("A", "B");

      seen.clear();
      loader.visitOwnClasses(header -> !seen.add(header.name()));
      assertThat(seen).hasSize(1);
    }
  }

  @Test
  void holds_tellsWithoutLoading() throws Exception {
    try (FunctionLoader loader = load(jar().source("acme.A", "package acme; class A {}"))) {
      assertThat(loader.holds("acme.A")).isTrue();
      assertThat(loader.holds("acme.B")).isFalse();
      assertThat(loader.holds("dev.hearth.Hearth")).isFalse();
    }
  }

  @Test
  void close_L01_loaderThatDidNothing_isCollected() throws Exception {
    UnloadAssert.assertCollected(useAndClose(false));
  }

  @Test
  void close_L02_threadLocalLeftBehind_isDetected() throws Exception {
    WeakReference<ClassLoader> leaked = useAndClose(true);

    assertThat(UnloadAssert.isCollected(leaked)).isFalse();
    LEAK.remove();
    UnloadAssert.assertCollected(leaked);
  }

  private static final ThreadLocal<Object> LEAK = new ThreadLocal<>();

  private WeakReference<ClassLoader> useAndClose(boolean leak) throws Exception {
    try (FunctionLoader loader = load(jar().source("acme.F", function("F", "return in;")))) {
      assertThat(apply(loader, "acme.F", "x")).isEqualTo("x");
      assertThat(text(loader.getResourceAsStream("acme/F.class"))).isNotEmpty();
      if (leak) {
        LEAK.set(create(loader, "acme.F"));
      }
      return new WeakReference<>(loader);
    }
  }

  private static String text(@Nullable InputStream in) throws Exception {
    try (InputStream open = requireNonNull(in)) {
      return new String(open.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
