package dev.hearth.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class of the tests in a JVM of its own, for what happens once in a JVM. Not thread-safe. */
public final class ForkedJvm {

  private final Path directory;
  private final Class<?> main;
  private final List<String> options = new ArrayList<>();
  private final List<String> path = new ArrayList<>();

  private ForkedJvm(Path directory, Class<?> main) {
    this.directory = directory;
    this.main = main;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      path.add(Path.of(entry).toAbsolutePath().toString());
    }
  }

  /**
   * A JVM with this one's class path.
   *
   * @param directory where it runs, and where its output is kept
   */
  public static ForkedJvm of(Path directory, Class<?> main) {
    return new ForkedJvm(directory, main);
  }

  /** Adds options of the JVM. */
  public ForkedJvm options(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Takes jars whose file name begins so off the class path. */
  public ForkedJvm without(String jar) {
    path.removeIf(entry -> Path.of(entry).getFileName().toString().startsWith(jar));
    return this;
  }

  /** Adds to the end of the class path. */
  public ForkedJvm with(Path... entries) {
    for (Path entry : entries) {
      assertThat(entry).exists();
      path.add(entry.toString());
    }
    return this;
  }

  /** Runs it to its end, which must be a good one; gives what it wrote to both streams. */
  public String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:SoftRefLRUPolicyMSPerMB=0"));
    command.add("-Dhearth.root=" + System.getProperty("hearth.root"));
    command.addAll(options);
    command.addAll(List.of("-cp", String.join(File.pathSeparator, path), main.getName()));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("forked.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(100, TimeUnit.SECONDS);
      String text = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(ended).as(text).isTrue();
      assertThat(process.exitValue()).as(text).isZero();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}
