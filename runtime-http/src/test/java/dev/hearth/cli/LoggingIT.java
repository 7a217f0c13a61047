package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What functions log, on the standard error stream of the assembled command. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LoggingIT {

  private static final String SOURCE =
      """
      package acme;
      public class Talk implements java.util.function.Function<String, String> {
        static final org.slf4j.Logger SLF4J = org.slf4j.LoggerFactory.getLogger("by.slf4j");
        static final java.util.logging.Logger JUL = java.util.logging.Logger.getLogger("by.jul");
        static final System.Logger PLATFORM = System.getLogger("by.platform");
        public String apply(String in) {
          org.slf4j.MDC.put("who", in);
          SLF4J.info("slf4j {}", in);
          JUL.log(java.util.logging.Level.WARNING, "jul " + in, new IllegalStateException("why"));
          PLATFORM.log(System.Logger.Level.INFO, "platform {0}", in);
          Thread aside = new Thread(() -> PLATFORM.log(System.Logger.Level.ERROR, "aside " + in));
          aside.start();
          try { aside.join(); } catch (InterruptedException e) { throw new IllegalStateException(e); }
          return in;
        }
      }
      """;

  @TempDir private Path directory;

  static List<Path> jdks() throws Exception {
    return DistributionIT.jdks();
  }

  private String jar(String slf4j) {
    return TestJar.of(directory)
        .options("--release", "17")
        .source("acme.Talk", SOURCE)
        .library(TestHost.library(slf4j + ".jar"))
        .buildFat(slf4j + ".jar")
        .toString();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void run_functionsThatLog_areLinesWithFunctionAndInvocation(Path jdk) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("hearth.yaml"),
            """
            functions:
              one: {archive: %s, handler: acme.Talk}
              two: {archive: %s, handler: acme.Talk}
            """
                .formatted(jar("slf4j-api-1.7.36"), jar("slf4j-api-2.0.9")));
    Map<String, String> environment = Map.of("HEARTH_JAVA_HOME", jdk.toString());
    try (HearthProcess hearth =
        HearthProcess.start(
            directory, environment, "run", "--config", file.toString(), "--port=0")) {
      for (String function : List.of("one", "two")) {
        assertThat(HearthProcess.post(hearth.url() + "/" + function, "x" + function).body())
            .isEqualTo("x" + function);
      }
      hearth.terminate();
      assertThat(hearth.exitCode()).isZero();

      for (String function : List.of("one", "two")) {
        checkLines(
            function,
            hearth
                .err()
                .lines()
                .filter(line -> line.contains("xone".replace("one", function)))
                .toList());
      }
    }
  }

  private static void checkLines(String function, List<String> lines) {
    String origin = "\",\"function\":\"" + function + "\",\"version\":\"";
    assertThat(lines)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .contains(
                        "\"level\":\"INFO\",\"logger\":\"by.slf4j\",\"message\":\"slf4j x"
                            + function
                            + origin)
                    .contains("\"invocation\":\"")
                    .endsWith(",\"fields\":{\"who\":\"x" + function + "\"}}"),
            line ->
                assertThat(line)
                    .contains(
                        "\"level\":\"WARN\",\"logger\":\"by.jul\",\"message\":\"jul x"
                            + function
                            + origin)
                    .contains(
                        "\"invocation\":\"",
                        "\"error\":\"java.lang.IllegalStateException: why\\n\\tat "),
            line ->
                assertThat(line)
                    .contains(
                        "\"level\":\"INFO\",\"logger\":\"by.platform\",\"message\":\"platform x"
                            + function
                            + origin)
                    .contains("\"invocation\":\""),
            line ->
                assertThat(line)
                    .contains(
                        "\"level\":\"ERROR\",\"logger\":\"by.platform\",\"message\":\"aside x"
                            + function
                            + origin)
                    .contains("\"invocation\":\""));
  }

  @Test
  void run_functionThatLogsNothing_loadsNoClassOfLogging() throws Exception {
    Path classes = directory.resolve("classes.txt");
    String silent =
        TestJar.of(directory)
            .options("--release", "17")
            .source(
                "acme.Silent",
                "package acme; public class Silent implements java.util.function.Function<String,"
                    + " String> { public String apply(String in) { return in; } }")
            .build("silent.jar")
            .toString();
    // With a cache the JVM loads on 25 what it has learnt to need.
    Map<String, String> environment =
        Map.of("HEARTH_CACHE", "none", "HEARTH_JVM_OPTS", "-Xlog:class+load:file=" + classes);
    try (HearthProcess hearth =
        HearthProcess.start(directory, environment, "run", silent, "--port", "0")) {
      HearthProcess.post(hearth.url(), "you");

      assertThat(Files.readString(classes))
          .contains("acme.Silent")
          .doesNotContain(" dev.hearth.log.")
          .doesNotContain(" dev.hearth.function.Log")
          .doesNotContain(" dev.hearth.function.PlatformLog")
          .doesNotContain(" dev.hearth.invoke.FunctionLog")
          .doesNotContain(" dev.hearth.cli.log.FunctionLines")
          .doesNotContain(" dev.hearth.slf4j.")
          .doesNotContain(" java.util.logging.")
          .doesNotContain("System$LoggerFinder");
    }
  }

  @Test
  void invoke_functionThatLogs_showsItsLinesBesideTheResult() {
    try (HearthProcess hearth =
        HearthProcess.start(
            directory,
            Map.of(),
            "invoke",
            jar("slf4j-api-2.0.9"),
            "--handler",
            "acme.Talk",
            "--data",
            "x")) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(hearth.out()).isEqualTo("x");
      assertThat(hearth.err().lines())
          .anyMatch(line -> line.contains(" INFO slf4j: slf4j x who=x  [slf4j-api-2.0.9 "))
          .anyMatch(line -> line.contains(" WARN jul: jul x  ["));
    }
  }

  @Test
  void run_userWhoSetUpJavaUtilLogging_keepsHisSettings() throws Exception {
    Path settings =
        Files.writeString(
            directory.resolve("logging.properties"),
            "handlers=java.util.logging.FileHandler\n"
                + "java.util.logging.FileHandler.pattern="
                + directory.resolve("jul.txt")
                + "\njava.util.logging.FileHandler.formatter=java.util.logging.SimpleFormatter\n");
    Map<String, String> environment =
        Map.of("HEARTH_JVM_OPTS", "-Djava.util.logging.config.file=" + settings);
    try (HearthProcess hearth =
        HearthProcess.start(
            directory,
            environment,
            "run",
            jar("slf4j-api-2.0.9"),
            "--handler",
            "acme.Talk",
            "--port=0")) {
      HearthProcess.post(hearth.url(), "x");
      hearth.terminate();
      assertThat(hearth.exitCode()).isZero();

      assertThat(Files.readString(directory.resolve("jul.txt"))).contains("jul x");
      assertThat(hearth.err()).doesNotContain("by.jul").contains("by.slf4j");
    }
  }

  @Test
  void launcherJar_alone_namesTheLoggerFinder() throws Exception {
    try (Stream<Path> jars = Files.list(HearthProcess.distribution().resolve("lib"))) {
      for (Path jar : jars.filter(path -> path.toString().endsWith(".jar")).toList()) {
        try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(jar.toFile())) {
          boolean named = zip.getEntry("META-INF/services/java.lang.System$LoggerFinder") != null;
          assertThat(named).as(jar.toString()).isEqualTo(jar.endsWith("hearth.jar"));
        }
      }
    }
  }
}
