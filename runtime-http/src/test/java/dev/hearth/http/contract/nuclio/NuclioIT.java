package dev.hearth.http.contract.nuclio;

import static dev.hearth.http.contract.nuclio.FakeProcessor.base64;
import static dev.hearth.http.contract.nuclio.FakeProcessor.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.contract.nuclio.FakeProcessor.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The assembled distribution as a worker's process, started as Nuclio's processor starts its wrapper jar. */
@Timeout(180)
class NuclioIT {

  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("hearth.distribution", "target/hearth")).toAbsolutePath();
  private static final Path WRAPPER = DISTRIBUTION.resolve("lib/nuclio-wrapper.jar");

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  @TempDir static Path work;
  private static Path home;

  private final List<Process> processes = new ArrayList<>();
  private FakeProcessor processor;
  private Path out;
  private Path err;

  @BeforeAll
  static void build() throws IOException {
    home = Files.createDirectory(work.resolve("home"));
    Files.move(NuclioJars.jar(work), home.resolve("user-handler.jar"));
  }

  @BeforeEach
  void open() throws IOException {
    processor = new FakeProcessor();
    out = Files.createTempFile(work, "out", "");
    err = Files.createTempFile(work, "err", "");
  }

  @AfterEach
  void close() throws Exception {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    processor.close();
  }

  private Process start(List<String> command, String... variables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("HEARTH_"));
    environment.put("HEARTH_JAVA_HOME", System.getProperty("java.home"));
    environment.put("HEARTH_NUCLIO_HOME", home.toString());
    environment.put("NUCLIO_FUNCTION_NAME", "fn1");
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  /** As the processor does: {@code java <jvmOptions> -jar <wrapper> -handler … -port … -workerid …}. */
  private List<String> java(Path wrapper, String handler, String... jvmOptions) {
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(
        List.of(
            "-jar",
            wrapper.toString(),
            "-handler",
            handler,
            "-port",
            String.valueOf(processor.port()),
            "-workerid",
            "3"));
    return command;
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String err() throws IOException {
    return Files.readString(err);
  }

  @Test
  void nuclio_case_17_22_wrapperJar_servesInAnyCharsetAndEndsWithTheProcessor() throws Exception {
    Process process =
        start(
            java(WRAPPER, "example.N$Facts", "-Dfile.encoding=ISO-8859-1", "-Xmx128m"),
            "LC_ALL",
            "C");
    long begin = System.nanoTime();

    Exchange exchange =
        processor
            .accept()
            .exchange("id", "ïd", "body", base64("bödy 😀"), "fields", Map.of("f", "wërt"));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMinutes(2));
    assertThat(exchange.text()).contains("id=ïd\n", "body=bödy 😀\n", "f=wërt", "variable=fn1");
    assertThat(exchange.object()).containsEntry("event_id", "ïd");
    processor.hangUp();

    assertThat(exitCode(process)).isZero();
    assertThat(err())
        .contains("hearth ready: contract=nuclio tcp://localhost:" + processor.port())
        .doesNotContain("Exception");
    assertThat(Files.readString(out)).isEmpty();
  }

  @Test
  void nuclio_case_17_processorIsGoneDuringACall_exitsWithZero() throws Exception {
    Process process = start(java(WRAPPER, "example.N$Chatters"));
    processor.accept().send(event());
    assertThat(processor.line()).startsWith("l{");
    processor.reset();

    assertThat(exitCode(process)).isZero();
  }

  @Test
  void nuclio_case_18_handlerIsMissing_exitsWithOneAndItsName() throws Exception {
    Process process = start(java(WRAPPER, "example.Gone"));

    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(err()).contains("example.Gone").doesNotContain("hearth ready");
    assertThat(processor.hasCaller()).isFalse();
  }

  @Test
  void nuclio_case_19_argumentsThatMakeNoSense_exitWithOneAndUsage() throws Exception {
    Process process = start(List.of(JAVA, "-jar", WRAPPER.toString(), "-handler", "h"));

    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(err()).contains("option -port is missing", "usage: java -jar nuclio-wrapper.jar");
  }

  /** Users' classes in the wrapper jar itself, in the place and under the name of Nuclio's own, away from Hearth. */
  @Test
  void wrapperJar_mergedWithTheFunction_servesItFromThere() throws Exception {
    Attributes manifest = manifest();
    assertThat(manifest.getValue("Class-Path"))
        .isEqualTo("hearth.jar file:///opt/hearth/lib/hearth.jar");
    Path opt = Files.createDirectory(work.resolve("opt"));
    NuclioJars.archive(opt)
        .manifest("Main-Class", manifest.getValue("Main-Class"))
        .manifest("Class-Path", "hearth.jar " + DISTRIBUTION.resolve("lib/hearth.jar").toUri())
        .build("nuclio-java-wrapper.jar");

    start(
        java(opt.resolve("nuclio-java-wrapper.jar"), "example.N$Echo"),
        "HEARTH_NUCLIO_HOME",
        opt.toString());

    assertThat(processor.accept().post("merged").text()).isEqualTo("merged");
  }

  /** Nuclio's own wrapper with the function in it, as its build leaves it: the archive of the function, and no more. */
  @Test
  void wrapperJar_besideWhatNucliosBuildMakes_servesTheFunctionInIt() throws Exception {
    Path opt = Files.createDirectory(work.resolve("stock"));
    NuclioJars.archive(opt)
        .manifest("Main-Class", "io.nuclio.processor.Wrapper")
        .source(
            "io.nuclio.processor.Wrapper",
            "package io.nuclio.processor; public class Wrapper {"
                + " public static void main(String[] args) { System.exit(9); } }")
        .library(NuclioJars.api())
        .buildFat("nuclio-java-wrapper.jar");

    start(java(WRAPPER, "example.N$Outputter"), "HEARTH_NUCLIO_HOME", opt.toString());

    assertThat(processor.accept().post("return_string").text()).isEqualTo("a string");
  }

  @Test
  void event_withoutMemoryForIt_isRefusedAndTheNextIsFine() throws Exception {
    Process process = start(java(WRAPPER, "example.N$Echo", "-Xmx32m"));

    processor.accept();
    Exchange refused = processor.exchange("body", base64(new byte[18 << 20]));
    assertThat(refused.status()).isIn(413, 500);
    assertThat(refused.text()).contains("memory");
    assertThat(processor.post("next").text()).isEqualTo("next");
    assertThat(process.isAlive()).isTrue();
  }

  private static Attributes manifest() throws IOException {
    try (JarFile jar = new JarFile(WRAPPER.toFile())) {
      assertThat(jar.stream().filter(entry -> entry.getName().contains("services/"))).isEmpty();
      return jar.getManifest().getMainAttributes();
    }
  }

  @Test
  void run_portByOption_servesAndEndsWithSigterm() throws Exception {
    Process process =
        start(
            List.of(
                DISTRIBUTION.resolve("bin/hearth").toString(),
                "run",
                home.resolve("user-handler.jar").toString(),
                "--contract",
                "nuclio",
                "--handler",
                "example.Upper",
                "--port",
                String.valueOf(processor.port())));
    assertThat(processor.accept().post("ab").text()).isEqualTo("AB");
    process.destroy();

    assertThat(processor.line()).isNull();
    assertThat(exitCode(process)).isZero();
  }

  @Test
  void run_nobodyListens_exitsWithOneAndSaysWhere() throws Exception {
    processor.close();
    Process process = start(java(WRAPPER, "example.N$Echo"));

    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(err()).contains("cannot be connected to at localhost:" + processor.port());
  }
}
