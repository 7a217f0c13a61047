package dev.hearth.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the simplest function does not load. */
@Timeout(120)
final class LazinessTest {

  @TempDir Path directory;

  @Test
  void textFunction_toItsFirstAnswer_needsNeitherGlueNorJson() throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.F",
                "package acme; public class F implements java.util.function.Function<String, String> {"
                    + " public String apply(String s) { return s; } }")
            .build("f.jar");
    Path log = directory.resolve("classes.log");

    int exit = run(log, jar);

    List<String> loaded = Files.readAllLines(log);
    assertThat(exit).isZero();
    assertThat(loaded).anyMatch(line -> line.contains(" acme.F "));
    assertThat(loaded)
        .noneMatch(line -> line.contains("com.google.gson."))
        .noneMatch(line -> line.contains("dev.hearth.loader.BindingLoader"))
        .noneMatch(line -> line.contains("dev.hearth.signature.json."))
        .noneMatch(line -> line.contains("com.fasterxml.jackson.databind"));
  }

  private int run(Path log, Path jar) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-Dhearth.root=" + System.getProperty("hearth.root"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                jar.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.txt").toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** The process that is looked at. */
  static final class Main {
    public static void main(String[] arguments) {
      try (TestHost host = TestHost.deploy(Path.of(arguments[0]), "acme.F")) {
        if (!host.post("text/plain", "x").text().equals("x")) {
          throw new AssertionError();
        }
      }
    }
  }
}
