package dev.hearth.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The assembled command, started for real. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class DistributionIT {

  private static final String HANDLER = "acme.Hello";

  /** Says that it runs by connecting to the test, and runs until the test lets it go. */
  private static final String SOURCE =
      """
      package acme;
      public class Hello implements java.util.function.Function<String, String> {
        public String apply(String in) {
          System.out.println("got " + in);
          if (in.startsWith("wait ")) { hold(Integer.parseInt(in.substring(5))); }
          if (in.equals("boom")) { throw new IllegalStateException("no " + in); }
          return "Hello, " + in + "!";
        }
        private static void hold(int port) {
          try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
            socket.getInputStream().read();
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        }
      }
      """;

  private final Path directory;
  private final String jar;

  DistributionIT(@TempDir Path directory) {
    this.directory = directory;
    this.jar =
        TestJar.of(directory)
            .options("--release", "17")
            .source(HANDLER, SOURCE)
            .build("hello.jar")
            .toString();
  }

  static List<Path> jdks() throws IOException {
    List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(installed)) {
        for (Path home : entries) {
          boolean known = homes.contains(home.toRealPath()) || Files.isSymbolicLink(home);
          if (!known && Files.exists(home.resolve("release"))) {
            homes.add(home.toRealPath());
          }
        }
      }
    }
    return homes;
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void run_onEachJdk_printsOneReadyLineAndServes(Path jdk) throws Exception {
    Map<String, String> environment = Map.of("HEARTH_JAVA_HOME", jdk.toString());
    try (HearthProcess hearth =
        HearthProcess.start(
            directory, environment, "run", jar, "--handler", HANDLER, "--port", "0")) {
      assertThat(hearth.awaitReady().group(1)).isEqualTo("native");
      assertThat(hearth.err().lines()).hasSize(1);

      assertThat(HearthProcess.post(hearth.url() + "/hello", "you").body())
          .isEqualTo("Hello, you!");
      assertThat(HearthProcess.get(hearth.adminUrl() + "/readyz").statusCode()).isEqualTo(200);
      assertThat(HearthProcess.get(hearth.adminUrl() + "/functions").body())
          .contains("\"name\":\"hello\"");

      hearth.terminate();
      assertThat(hearth.exitCode()).isZero();
      assertThat(hearth.out()).isEmpty();
      assertThat(hearth.err().lines().toList().get(1))
          .startsWith("{\"ts\":\"")
          .contains("\"stream\":\"out\",\"message\":\"got you\",\"function\":\"hello\"")
          .endsWith("\"}");
    }
  }

  @Test
  void f01_sigtermWhileACallRuns_completesItAndExitsWithZero() throws Exception {
    try (ServerSocket calls = listen();
        HearthProcess hearth = serve()) {
      CompletableFuture<HttpResponse<String>> answer =
          HearthProcess.postLater(hearth.url(), "wait " + calls.getLocalPort());
      try (Socket running = calls.accept()) {
        hearth.terminate();
        Awaitility.await()
            .atMost(60, TimeUnit.SECONDS)
            .until(() -> HearthProcess.get(hearth.adminUrl() + "/readyz").statusCode() == 503);
        running.getOutputStream().write(1);
      }

      assertThat(answer.get(60, TimeUnit.SECONDS).body()).startsWith("Hello, wait");
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void f02_callThatNeverEnds_isCutOffAtTheDrainLimit() throws Exception {
    try (ServerSocket calls = listen();
        HearthProcess hearth = serve("--drain", "200ms")) {
      CompletableFuture<HttpResponse<String>> answer =
          HearthProcess.postLater(hearth.url(), "wait " + calls.getLocalPort());
      try (Socket running = calls.accept()) {
        hearth.terminate();

        assertThat(hearth.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(running.isConnected()).isTrue();
      }
      answer.cancel(true);
    }
  }

  @Test
  void f03_secondSignal_endsAtOnceWithItsCode() throws Exception {
    try (ServerSocket calls = listen();
        HearthProcess hearth = serve("--drain", "10m")) {
      CompletableFuture<HttpResponse<String>> answer =
          HearthProcess.postLater(hearth.url(), "wait " + calls.getLocalPort());
      try (Socket running = calls.accept()) {
        hearth.terminate();
        Awaitility.await()
            .atMost(60, TimeUnit.SECONDS)
            .until(() -> HearthProcess.get(hearth.adminUrl() + "/readyz").statusCode() == 503);
        hearth.terminate();

        assertThat(hearth.exitCode()).isEqualTo(143);
        assertThat(running.isConnected()).isTrue();
      }
      answer.cancel(true);
    }
  }

  @Test
  void f19_portInUse_isOneLineAndExitCodeTwo() throws Exception {
    try (ServerSocket taken = listen()) {
      String port = String.valueOf(taken.getLocalPort());

      assertRefused(
          ExitCode.USAGE, "127.0.0.1:" + port, "run", jar, "--handler", HANDLER, "--port", port);
      assertRefused(
          ExitCode.USAGE,
          "admin port: ",
          "run",
          jar,
          "--handler",
          HANDLER,
          "--port",
          "0",
          "--admin-port",
          port);
    }
  }

  @Test
  void run_wrongUse_isOneLineAndExitCodeTwo() {
    assertRefused(ExitCode.USAGE, "did you mean '--port'?", "run", "--prot", "80");
    assertRefused(ExitCode.USAGE, "nothing to serve", "run");
    assertRefused(ExitCode.USAGE, "contract 'heroku' is unknown", "run", "--contract", "heroku");
    assertRefused(ExitCode.USAGE, "unknown command 'runn'; did you mean 'run'?", "runn");
    assertRefused(ExitCode.USAGE, "unknown option --dat", "invoke", "--dat", "x");
    assertRefused(ExitCode.USAGE, "ARCHIVE is missing", "invoke");
    assertRefused(ExitCode.USAGE, "no.jar does not exist", "run", "no.jar");
  }

  @Test
  void run_functionThatCannotBeServed_isOneLineAndExitCodeOne() throws IOException {
    String broken = Files.writeString(directory.resolve("broken.jar"), "no zip").toString();

    assertRefused(ExitCode.FAILED, "broken.jar", "run", broken, "--port", "0");
    assertRefused(
        ExitCode.FAILED, "acme.Absent", "run", jar, "--handler", "acme.Absent", "--port", "0");
  }

  @Test
  void run_generic_servesFissionWithoutAnArchive() throws Exception {
    try (HearthProcess hearth =
        HearthProcess.start(
            directory,
            Map.of("HEARTH_CONTRACT", "fission", "HEARTH_PORT", "0", "HEARTH_HOST", "127.0.0.1"),
            "run")) {
      assertThat(hearth.awaitReady().group(1)).isEqualTo("fission");
      assertThat(HearthProcess.get(hearth.url() + "/healthz").statusCode()).isEqualTo(200);
      assertThat(HearthProcess.get(hearth.url() + "/").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void run_functionsOfAFile_areAllServed() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("hearth.yaml"),
            """
            functions:
              one: {archive: hello.jar, handler: acme.Hello}
              two: {archive: hello.jar, handler: acme.Hello, threads: platform}
            """);
    try (HearthProcess hearth =
        HearthProcess.start(directory, Map.of(), "run", "--config", file.toString(), "--port=0")) {
      assertThat(HearthProcess.post(hearth.url() + "/one", "a").body()).isEqualTo("Hello, a!");
      assertThat(HearthProcess.post(hearth.url() + "/two", "b").body()).isEqualTo("Hello, b!");
    }
  }

  @Test
  void run_servingStart_loadsNeitherPicocliNorYamlNorPools() throws Exception {
    Path classes = directory.resolve("classes.txt");
    Map<String, String> environment = Map.of("HEARTH_JVM_OPTS", "-Xlog:class+load:file=" + classes);
    try (HearthProcess hearth =
        HearthProcess.start(
            directory, environment, "run", jar, "--handler", HANDLER, "--port", "0")) {
      HearthProcess.post(hearth.url(), "you");

      assertThat(Files.readString(classes))
          .contains("dev.hearth.cli.Main")
          .doesNotContain("picocli.")
          .doesNotContain("snakeyaml")
          .doesNotContain("com.zaxxer")
          .doesNotContain("net.bytebuddy");
    }
  }

  @Test
  void invoke_result_isAllThereIsOnStandardOutput() {
    try (HearthProcess hearth =
        HearthProcess.start(
            directory, Map.of(), "invoke", jar, "--handler", HANDLER, "--data", "you", "-v")) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(hearth.out()).isEqualTo("Hello, you!");
      assertThat(hearth.err()).contains("got you").contains(" run ");
    }
  }

  @Test
  void invoke_dataFromAFile_isSent() throws IOException {
    Files.writeString(directory.resolve("name.txt"), "file");
    try (HearthProcess hearth =
        HearthProcess.start(
            directory, Map.of(), "invoke", jar, "--handler", HANDLER, "--data", "@name.txt")) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(hearth.out()).isEqualTo("Hello, file!");
    }
  }

  @Test
  void invoke_functionThatThrows_tellsTheCauseAndOnlyItsOwnFramesWhenAsked() {
    try (HearthProcess hearth =
        HearthProcess.start(
            directory, Map.of(), "invoke", jar, "--handler", HANDLER, "--data", "boom", "-v")) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(hearth.out()).isEmpty();
      assertThat(hearth.err())
          .contains("threw java.lang.IllegalStateException: no boom")
          .contains("acme.Hello.apply(Hello.java:6)")
          .doesNotContain("at dev.hearth.");
    }
  }

  @Test
  void invoke_event_isRefusedUntilThereAreEvents() {
    assertRefused(
        ExitCode.USAGE, "not available yet", "invoke", jar, "--handler", HANDLER, "--event", "s3");
  }

  @Test
  void verify_exitCode_tellsWhetherItCanBeServed() {
    try (HearthProcess good =
        HearthProcess.start(directory, Map.of(), "verify", jar, "--handler", HANDLER)) {
      assertThat(good.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(good.out())
          .contains("handler    acme.Hello")
          .contains("signature  java.util.function.Function")
          .contains("verdict    can be served");
    }
    assertRefused(ExitCode.FAILED, "acme.Absent", "verify", jar, "--handler", "acme.Absent");
  }

  @Test
  void validate_exitCode_tellsWhetherTheFileIsFine() throws IOException {
    Path good =
        Files.writeString(directory.resolve("good.yaml"), "functions: {a: {archive: a.jar}}");
    Path bad = Files.writeString(directory.resolve("bad.yaml"), "functions:\n  a: {archve: x}\n");

    try (HearthProcess fine =
        HearthProcess.start(directory, Map.of(), "validate", "-f", good.toString())) {
      assertThat(fine.exitCode()).isEqualTo(ExitCode.OK);
    }
    try (HearthProcess refused =
        HearthProcess.start(directory, Map.of(), "validate", "-f", "bad.yaml")) {
      assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(refused.err())
          .contains("bad.yaml:2:7: unknown key 'functions.a.archve'; did you mean 'archive'?\n");
      assertThat(bad).exists();
    }
  }

  @Test
  void help_ofEachCommand_hasExamples() {
    for (String command : List.of("run", "invoke", "verify", "validate")) {
      try (HearthProcess help = HearthProcess.start(directory, Map.of(), command, "--help")) {
        assertThat(help.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(help.out()).contains("Usage: hearth " + command).contains("Example");
      }
    }
    try (HearthProcess version = HearthProcess.start(directory, Map.of(), "--version")) {
      assertThat(version.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(version.out()).startsWith("hearth 0.").contains("JDK ");
    }
  }

  @Test
  void printConfig_showsValuesAndOrigins_andServesNothing() {
    try (HearthProcess hearth =
        HearthProcess.start(
            directory,
            Map.of("HEARTH_PORT", "9"),
            "run",
            jar,
            "--admin-port",
            "0",
            "--print-config")) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(hearth.out())
          .contains("port: 9  # environment HEARTH_PORT\n")
          .contains("admin-port: 0  # flag --admin-port\n")
          .contains("host: 127.0.0.1  # default\n");
    }
  }

  @Test
  void launcher_throughASymlinkAndFromAPathWithSpaces_works() throws IOException {
    Path home = directory.resolve("with some spaces");
    copy(HearthProcess.distribution(), home);
    Path link =
        Files.createSymbolicLink(directory.resolve("hearth link"), home.resolve("bin/hearth"));

    try (HearthProcess hearth =
        HearthProcess.start(directory, Map.of(), List.of(link.toString(), "--version"))) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
    }
  }

  @Test
  void launcher_withoutAJdk_saysWhatItLookedAt() throws IOException {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    for (String tool : List.of("sh", "dirname", "readlink")) {
      Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin").resolve(tool).toRealPath());
    }
    Map<String, String> environment =
        Map.of("PATH", bin.toString(), "JAVA_HOME", directory.toString());

    try (HearthProcess hearth = HearthProcess.start(directory, environment, "--version")) {
      assertThat(hearth.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(hearth.err())
          .startsWith("hearth: no JDK 17 or newer found; JAVA_HOME is " + directory);
    }
  }

  @Test
  void mainClass_withoutTheLauncher_works() {
    Path lib = HearthProcess.distribution().resolve("lib");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<List<String>> ways =
        List.of(
            List.of(java, "-cp", lib + "/*", "dev.hearth.cli.Main", "--version"),
            List.of(java, "-jar", lib.resolve("hearth.jar").toString(), "--version"));
    for (List<String> way : ways) {
      try (HearthProcess hearth = HearthProcess.start(directory, Map.of(), way)) {
        assertThat(hearth.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(hearth.out()).startsWith("hearth ");
      }
    }
  }

  private HearthProcess serve(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("run", jar, "--handler", HANDLER, "--port", "0"));
    arguments.addAll(List.of(more));
    return HearthProcess.start(directory, Map.of(), arguments.toArray(new String[0]));
  }

  private void assertRefused(int exitCode, String message, String... arguments) {
    try (HearthProcess hearth = HearthProcess.start(directory, Map.of(), arguments)) {
      assertThat(hearth.exitCode()).as(hearth.err()).isEqualTo(exitCode);
      assertThat(hearth.err().lines()).singleElement().asString().contains(message);
    }
  }

  private static ServerSocket listen() throws IOException {
    ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (java.util.stream.Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(requireNonNull(target.getParent()));
        Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
