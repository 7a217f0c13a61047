package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.TestJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JVM's cache of classes: made, used, and done without. */
@Timeout(300)
final class TrainIT {

  private static final String CACHED = "source: shared objects file";

  @TempDir private Path directory;

  private record Ran(int exit, String out, String err) {}

  private Ran hearth(Map<String, String> variables, String... arguments) throws Exception {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path err = Files.createTempFile(directory, "err", ".txt");
    List<String> command = new ArrayList<>();
    command.add(HearthProcess.launcher().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("HEARTH_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Path jar() {
    return TestJar.of(directory)
        .source(
            "acme.Upper",
            """
            package acme;
            public class Upper implements java.util.function.Function<String, String> {
              public String apply(String text) {
                if (text.isEmpty()) throw new IllegalArgumentException("nothing to do");
                return text.toUpperCase();
              }
            }
            """)
        .build("upper.jar");
  }

  private boolean isCached(Map<String, String> variables) throws Exception {
    Path classes = Files.createTempFile(directory, "classes", ".log");
    Map<String, String> all = new HashMap<>(variables);
    all.put("HEARTH_JVM_OPTS", "-Xlog:class+load:file=" + classes);
    Ran ran = hearth(all, "run", "--prot");
    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err().lines()).hasSize(1);
    return Files.readAllLines(classes).stream()
        .anyMatch(line -> line.contains("dev.hearth.cli.Main ") && line.contains(CACHED));
  }

  @Test
  void distribution_asBuilt_hasACacheForTheJdkThatBuiltIt() throws Exception {
    assertThat(isCached(Map.of())).isTrue();
    assertThat(isCached(Map.of("HEARTH_CACHE", "none"))).isFalse();

    assertThat(hearth(Map.of(), "run", "-v", "--prot").err())
        .contains("JVM cache: -XX:")
        .contains(System.getProperty("java.runtime.version"));
  }

  @Test
  void cache_thatIsNone_isDoneWithout() throws Exception {
    Path broken = Files.writeString(directory.resolve("broken"), "x".repeat(10_000));

    assertThat(isCached(Map.of("HEARTH_CACHE", broken.toString()))).isFalse();
  }

  @Test
  void train_ofAFunction_writesACacheAndTellsTheGain() throws Exception {
    Path cache = directory.resolve("a cache").resolve("upper.cache");

    Ran ran =
        hearth(
            Map.of(),
            "train",
            jar().toString(),
            "--data",
            "x",
            "-o",
            cache.toString(),
            "--rounds",
            "1");

    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out())
        .containsPattern("wrote .*upper.cache, \\d+ MiB")
        .containsPattern("\\d+ of \\d+ classes come from it")
        .containsPattern("first answer after \\d+ ms instead of \\d+ ms");
    assertThat(isCached(Map.of("HEARTH_CACHE", cache.toString()))).isTrue();
    try (var files = Files.list(cache.getParent())) {
      assertThat(files).containsExactly(cache);
    }
  }

  @Test
  void train_ofSettings_hasTheClassesThatGuardALimit() throws Exception {
    Path jar = jar();
    Path cache = directory.resolve("limited.cache");
    Path settings =
        Files.writeString(
            directory.resolve("hearth.yaml"),
            "functions:\n  upper:\n    archive: " + jar + "\n    timeout: {run: 30s}\n");

    Ran ran =
        hearth(
            Map.of(),
            "train",
            "--config",
            settings.toString(),
            "--data",
            "x",
            "-o",
            cache.toString(),
            "--rounds",
            "0");

    assertThat(ran.exit()).as(ran.err()).isZero();
    Path log = directory.resolve("classes.log");
    Map<String, String> variables =
        Map.of(
            "HEARTH_JAVA_HOME",
            System.getProperty("java.home"),
            "HEARTH_CACHE",
            cache.toString(),
            "HEARTH_JVM_OPTS",
            "-Xlog:class+load:file=" + log + ":none");
    try (HearthProcess process =
        HearthProcess.start(
            directory, variables, "run", "--config", settings.toString(), "--port", "0")) {
      assertThat(HearthProcess.post(process.url(), "x").body()).isEqualTo("X");
    }
    assertThat(Files.readAllLines(log))
        .filteredOn(line -> line.startsWith("dev.hearth.guard."))
        .isNotEmpty()
        .allMatch(line -> line.contains(CACHED));
  }

  @Test
  void train_functionFails_saysWhatItAnsweredAndWritesNothing() throws Exception {
    Path cache = directory.resolve("upper.cache");

    Ran ran = hearth(Map.of(), "train", jar().toString(), "-o", cache.toString());

    assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.err())
        .startsWith("hearth: no cache was made: the function answered the event with 500")
        .contains("IllegalArgumentException");
    assertThat(cache).doesNotExist();
  }

  @Test
  void train_archiveThatIsNotThere_isWrongUsage() throws Exception {
    Ran ran = hearth(Map.of(), "train", "nowhere.jar");

    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err())
        .isEqualTo(
            "hearth: archive nowhere.jar does not exist; expected a jar, zip or directory\n");
  }

  @Test
  void train_functionThatCannotBeServed_saysWhy() throws Exception {
    Path empty = TestJar.of(directory).entry("a.txt", "x").build("empty.jar");

    Ran ran = hearth(Map.of(), "train", empty.toString());

    assertThat(ran.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.err()).contains("no cache was made: it ended with 1:").contains("empty.jar");
  }

  @Test
  void cache_besideTheUsersOwnArrangements_isLeftOut() throws Exception {
    Ran ran = hearth(Map.of("HEARTH_JVM_OPTS", "-Xshare:auto"), "run", "-v", "--prot");

    assertThat(ran.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("JVM cache: none");
  }

  @Test
  void run_autoTrain_makesACacheOnceThatLaterStartsUse() throws Exception {
    Path moved = directory.resolve("moved");
    copy(HearthProcess.distribution(), moved);
    Path caches = directory.resolve("caches");
    Map<String, String> jdk = Map.of("HEARTH_JAVA_HOME", System.getProperty("java.home"));
    List<String> run =
        List.of(
            moved.resolve("bin/hearth").toString(),
            "run",
            "-v",
            jar().toString(),
            "--port=0",
            "--auto-train",
            caches.toString());

    try (HearthProcess first = HearthProcess.start(directory, jdk, run);
        HearthProcess beside = HearthProcess.start(directory, jdk, run)) {
      assertThat(HearthProcess.post(first.url(), "x").body()).isEqualTo("X");
      assertThat(first.err()).contains("none for this JDK yet; this start makes " + caches);
      await()
          .atMost(Duration.ofSeconds(200))
          .until(() -> (first.err() + beside.err()).contains("which later starts use"));
      assertThat(first.err() + beside.err()).doesNotContain("no JVM cache was made");
    }
    try (HearthProcess next = HearthProcess.start(directory, jdk, run)) {
      assertThat(HearthProcess.post(next.url(), "x").body()).isEqualTo("X");
      assertThat(next.err()).contains("JVM cache: -XX:").contains(caches.toString());
    }
    try (var files = Files.list(caches)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .hasSize(2)
          .filteredOn(name -> !name.endsWith(".lock"))
          .hasSize(1);
    }
  }

  @Test
  void run_autoTrainCannotWrite_servesAndWarns() throws Exception {
    Path moved = directory.resolve("moved");
    copy(HearthProcess.distribution(), moved);
    Path file = Files.writeString(directory.resolve("a file"), "");
    Map<String, String> variables =
        Map.of(
            "HEARTH_JAVA_HOME",
            System.getProperty("java.home"),
            "HEARTH_AUTO_TRAIN",
            file.toString());

    try (HearthProcess process =
        HearthProcess.start(
            directory,
            variables,
            List.of(moved.resolve("bin/hearth").toString(), "run", jar().toString(), "--port=0"))) {
      assertThat(HearthProcess.post(process.url(), "x").body()).isEqualTo("X");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> process.err().contains("no JVM cache was made at " + file));
    }
  }

  /** A distribution as it comes to a machine with another JDK: without a cache. */
  private static void copy(Path from, Path to) throws Exception {
    try (var files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (!file.getParent().endsWith("cache")) {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
