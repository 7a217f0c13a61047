package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.hearth.loader.FlatArchive;
import dev.hearth.testing.TestJar;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A function on the JVM's own class path. */
@Timeout(300)
final class FlatIT {

  private static final Map<String, String> JDK =
      Map.of("HEARTH_JAVA_HOME", System.getProperty("java.home"));

  @TempDir private Path directory;

  /** A function that tells its loader and how often this class was called. */
  private TestJar teller(String word) {
    return TestJar.of(directory)
        .source(
            "acme.Teller",
            """
            package acme;
            import java.util.concurrent.atomic.AtomicInteger;
            public class Teller implements java.util.function.Function<String, String> {
              private static final AtomicInteger CALLS = new AtomicInteger();
              private record Told(String word, int calls) {}
              public String apply(String text) {
                Told told = new Told("%s", CALLS.incrementAndGet());
                return told + " by " + Teller.class.getClassLoader().getClass().getSimpleName();
              }
            }
            """
                .formatted(word));
  }

  private HearthProcess run(Map<String, String> more, String... arguments) {
    Map<String, String> all = new HashMap<>(JDK);
    all.putAll(more);
    return HearthProcess.start(directory, all, arguments);
  }

  @Test
  void run_flat_servesFromTheJvmsOwnLoader() throws Exception {
    teller("hello").build("teller.jar");

    try (HearthProcess process = run(Map.of(), "run", "--port", "0", "--flat", "teller.jar")) {
      assertThat(HearthProcess.post(process.url(), "x").body())
          .isEqualTo("Told[word=hello, calls=1] by AppClassLoader");
      process.terminate();
      assertThat(process.exitCode()).isZero();
    }
  }

  @Test
  void run_flatByVariables_servesTheSame() throws Exception {
    Path jar = teller("hello").build("teller.jar");
    Map<String, String> variables =
        Map.of("HEARTH_FLAT", "true", "HEARTH_ARCHIVE", jar.toString(), "HEARTH_PORT", "0");

    try (HearthProcess process = run(variables, "run")) {
      assertThat(HearthProcess.post(process.url(), "x").body()).endsWith("by AppClassLoader");
    }
  }

  @Test
  void deploy_overAFlatVersion_isIsolatedWithStaticsOfItsOwn() throws Exception {
    Path jar = teller("hello").build("teller.jar");

    try (HearthProcess process =
        run(Map.of(), "run", "--port", "0", "--admin-port", "0", "--flat", jar.toString())) {
      HearthProcess.post(process.url(), "x");
      teller("bye").build("teller.jar");
      Path settings =
          Files.writeString(
              directory.resolve("hearth.yaml"),
              "functions:\n  teller:\n    archive: " + jar + "\n");
      try (HearthProcess apply =
          run(Map.of(), "apply", "-f", settings.toString(), "--admin", process.adminUrl())) {
        assertThat(apply.exitCode()).as(apply.err()).isZero();
      }

      assertThat(HearthProcess.post(process.url(), "x").body())
          .isEqualTo("Told[word=bye, calls=1] by FunctionLoader");
    }
  }

  @Test
  void train_flat_hasTheFunctionsOwnClassesInTheCache() throws Exception {
    String jar = teller("hello").build("teller.jar").toString();
    String cache = directory.resolve("teller.cache").toString();
    try (HearthProcess train =
        run(Map.of(), "train", jar, "--flat", "--data", "x", "-o", cache, "--rounds", "0")) {
      assertThat(train.exitCode()).as(train.err()).isZero();
    }
    Path log = directory.resolve("classes.log");
    Map<String, String> variables =
        Map.of("HEARTH_CACHE", cache, "HEARTH_JVM_OPTS", "-Xlog:class+load:file=" + log + ":none");

    try (HearthProcess process = run(variables, "run", "--flat", jar, "--port", "0")) {
      HearthProcess.post(process.url(), "x");
    }

    assertThat(Files.readAllLines(log))
        .filteredOn(line -> line.startsWith("acme."))
        .hasSize(2)
        .allMatch(line -> line.contains("source: shared objects file"));
  }

  @Test
  void run_flatWithAnotherVersionOfAHostsLibrary_isRefusedByName() throws Exception {
    Path jar =
        teller("hello").entry("io/netty/buffer/ByteBuf.class", "another one").build("teller.jar");

    assertRefused(
        jar,
        1,
        "brings io/netty/buffer/ByteBuf.class, of which the host has another version; leave it out");
  }

  @Test
  void run_flatWithTheHostsOwnVersion_isServed() throws Exception {
    byte[] same;
    try (InputStream in = JsonFactory.class.getResourceAsStream("JsonFactory.class")) {
      same = in.readAllBytes();
    }
    Path jar =
        teller("hello").entry("com/fasterxml/jackson/core/JsonFactory.class", same).build("a.jar");

    try (HearthProcess process = run(Map.of(), "run", "--port", "0", "--flat", jar.toString())) {
      assertThat(HearthProcess.post(process.url(), "x").body()).endsWith("by AppClassLoader");
    }
  }

  @Test
  void run_flatWithAClassPathOrALogProvider_isRefused() throws Exception {
    assertRefused(
        teller("hello").manifest("Class-Path", "../other.jar").build("linked.jar"),
        1,
        "names other files in its manifest's Class-Path");
    assertRefused(
        teller("hello")
            .entry("META-INF/services/org.slf4j.spi.SLF4JServiceProvider", "acme.Logs")
            .build("logs.jar"),
        1,
        "brings a provider of SLF4J");
  }

  @Test
  void run_flatWithoutOneJar_isWrongUsage() throws Exception {
    Path jar = teller("hello").build("teller.jar");
    Path zip = Files.copy(jar, directory.resolve("teller.zip"));
    Path other = Files.copy(jar, directory.resolve("other.jar"));

    assertRefused(zip, ExitCode.USAGE, "--flat: no jar was put on the class path; start by");
    try (HearthProcess process =
        run(Map.of(), "run", "--port", "0", "--flat", jar.toString(), other.toString())) {
      assertThat(process.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(process.err()).contains("--flat is for a host of one function, and there are 2");
    }
  }

  private void assertRefused(Path jar, int exit, String why) throws Exception {
    try (HearthProcess process = run(Map.of(), "run", "--port", "0", "--flat", jar.toString())) {
      assertThat(process.exitCode()).isEqualTo(exit);
      assertThat(process.err()).contains(why);
    }
  }

  @Test
  void hostsPackages_areThoseOfTheDistribution() throws Exception {
    try (var jars = Files.list(HearthProcess.distribution().resolve("lib"))) {
      for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
        assertThat(classes(jar))
            .as(jar.toString())
            .allMatch(name -> FlatArchive.hostPackages().stream().anyMatch(name::startsWith));
      }
    }
  }

  private static List<String> classes(Path jar) throws Exception {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
          .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
          .toList();
    }
  }
}
