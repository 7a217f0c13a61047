package dev.hearth.unload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionFailedException;
import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that would change the process for every function of it. */
@Timeout(120)
final class RefusedCallsTest {

  @TempDir Path directory;

  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  private FunctionHandle deploy(String body) {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.F",
                "package acme; public class F implements java.util.function.Function<String,"
                    + " Object> { public Object apply(String in) { if (in.equals(\"who\")) return"
                    + " getClass().getClassLoader(); try { "
                    + body
                    + " } catch (RuntimeException e) { throw e; } catch (Throwable e) { throw new"
                    + " IllegalStateException(e); } return \"done\"; } }")
            .build("f.jar");
    return hearth.deploy("f", FunctionSpec.builder(jar).handler("acme.F").build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "L23 | java.util.prefs.Preferences.addPreferenceChangeListener |"
            + " ((java.util.prefs.Preferences) null).addPreferenceChangeListener(e -> {});",
        "L29 | java.util.logging.LogManager.addConfigurationListener |"
            + " java.util.logging.LogManager.getLogManager().addConfigurationListener(() -> {});",
        "L36 | javax.net.ssl.HttpsURLConnection.setDefaultHostnameVerifier |"
            + " javax.net.ssl.HttpsURLConnection.setDefaultHostnameVerifier((h, s) -> true);",
        "L36 | javax.net.ssl.SSLContext.setDefault |"
            + " javax.net.ssl.SSLContext.setDefault(javax.net.ssl.SSLContext.getInstance(\"TLS\"));",
        "L37 | java.net.URL.setURLStreamHandlerFactory |"
            + " java.net.URL.setURLStreamHandlerFactory(p -> null);",
        "L38 | java.lang.System.setOut | System.setOut(new java.io.PrintStream(System.err));",
        "L38 | java.lang.System.setErr | System.setErr(System.out);",
        "L38 | java.lang.System.setIn | System.setIn(java.io.InputStream.nullInputStream());",
        "L41 | javax.security.auth.login.Configuration.setConfiguration |"
            + " javax.security.auth.login.Configuration.setConfiguration(null);",
        "L42 | sun.misc.Signal.handle |"
            + " sun.misc.Signal.handle(new sun.misc.Signal(\"HUP\"), s -> {});",
        "R11 | Runtime.exit | Runtime.getRuntime().exit(3);",
        "R11 | Runtime.halt | Runtime.getRuntime().halt(3);",
        "R11 | Runtime.exit | ((java.util.function.IntConsumer)"
            + " Runtime.getRuntime()::exit).accept(3);",
        "R11 | java.lang.System.exit | System.class.getMethod(\"exit\", int.class).invoke(null, 3);",
        "R11 | java.lang.Runtime.halt | Runtime.class.getDeclaredMethod(\"halt\","
            + " int.class).invoke(Runtime.getRuntime(), 3);",
        "R11 | java.lang.System.exit | java.lang.invoke.MethodHandles.lookup().findStatic("
            + "System.class, \"exit\", java.lang.invoke.MethodType.methodType(void.class,"
            + " int.class)).invoke(3);",
      })
  void call_thatMeansTheProcess_isRefusedByName(String number, String named, String body) {
    Object before = System.out;
    FunctionHandle function = deploy(body);
    WeakReference<Object> loader = new WeakReference<>(function.invoke("who"));

    assertThatThrownBy(() -> function.invoke("x"))
        .as(number)
        .isInstanceOf(FunctionFailedException.class)
        .cause()
        .isInstanceOf(SecurityException.class)
        .hasMessageContaining("function 'f'")
        .hasMessageContaining(named);

    assertThat(System.out).isSameAs(before);
    assertThat(loader.refersTo(null)).isFalse();
  }

  @Test
  void L39_properties_ofAFunction_areSeenByItAlone() {
    FunctionHandle function =
        deploy(
            "java.util.Properties all = System.getProperties();"
                + " System.setProperty(\"hearth.test.mine\", \"7\");"
                + " System.clearProperty(\"hearth.root\");"
                + " all.put(\"hearth.test.other\", \"8\");"
                + " if (in.equals(\"x\")) return Integer.getInteger(\"hearth.test.mine\") + \" \" +"
                + " Long.getLong(\"hearth.test.other\") + \" \" +"
                + " System.getProperty(\"hearth.root\", \"none\") + \" \" +"
                + " all.stringPropertyNames().contains(\"hearth.test.mine\") + \" \" +"
                + " all.containsKey(\"hearth.root\") + \" \" + Boolean.getBoolean(\"x.y\");");

    assertThat(function.invoke("x", String.class)).isEqualTo("7 8 none true false false");
    assertThat(System.getProperty("hearth.test.mine")).isNull();
    assertThat(System.getProperty("hearth.test.other")).isNull();
    assertThat(System.getProperty("hearth.root")).isNotNull();
  }

  @Test
  void L39_propertyThatTheJdkReads_isSetForTheProcessUntilTheVersionIsOver() {
    FunctionHandle function =
        deploy("System.setProperty(\"http.nonProxyHosts\", \"*.acme\"); Thread.sleep(0);");
    String before = System.getProperty("http.nonProxyHosts");
    function.invoke("x");
    assertThat(System.getProperty("http.nonProxyHosts")).isEqualTo("*.acme");

    function.undeploy().toCompletableFuture().join();

    assertThat(System.getProperty("http.nonProxyHosts")).isEqualTo(before);
  }

  @Test
  void L43_shutdownHook_runsOnceWhenTheVersionIsRetired() throws Exception {
    java.util.concurrent.CountDownLatch ran = new java.util.concurrent.CountDownLatch(1);
    System.getProperties().put("hearth.test.ran", ran);
    try {
      FunctionHandle function =
          deploy(
              "java.util.concurrent.CountDownLatch ran = (java.util.concurrent.CountDownLatch)"
                  + " System.getProperties().get(\"hearth.test.ran\");"
                  + " Runtime.getRuntime().addShutdownHook(new Thread(ran::countDown));");
      function.invoke("x");
      assertThat(ran.getCount()).isEqualTo(1);

      function.undeploy().toCompletableFuture().join();

      assertThat(ran.getCount()).isZero();
    } finally {
      System.getProperties().remove("hearth.test.ran");
    }
  }

  @Test
  void R18_threadsWithoutEnd_areRefusedPastTheLimitAndEndedWithTheVersion() {
    FunctionHandle function =
        deploy(
            "for (int i = 0; i < 10_000; i++) { Thread t = new Thread(null, () -> { try {"
                + " Thread.sleep(60_000); } catch (InterruptedException e) { } }, \"r18\","
                + " 16_384); t.setDaemon(true); t.start(); }");

    assertThatThrownBy(() -> function.invoke("x"))
        .cause()
        .hasMessageContaining("function 'f' has 2")
        .hasMessageContaining("(limit=2000)");
    WeakReference<ClassLoader> loader = loaderOf(function);
    function.undeploy().toCompletableFuture().join();

    UnloadAssert.assertCollected(loader);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("r18"));
  }

  private static WeakReference<ClassLoader> loaderOf(FunctionHandle function) {
    return new WeakReference<>((ClassLoader) function.invoke("who"));
  }
}
