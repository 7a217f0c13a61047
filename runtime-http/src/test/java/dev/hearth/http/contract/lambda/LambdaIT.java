package dev.hearth.http.contract.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.http.contract.lambda.FakeRuntimeApi.Reply;
import dev.hearth.http.testing.RawClient;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The assembled distribution as a process of Lambda's: how it is started, what it ends with, what it writes where. */
@Timeout(180)
class LambdaIT {

  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("hearth.distribution", "target/hearth")).toAbsolutePath();
  private static final String BOOTSTRAP = DISTRIBUTION.resolve("bin/bootstrap").toString();
  private static final Pattern READY =
      Pattern.compile(
          "^hearth ready: contract=lambda http://(\\S+) admin=http://127\\.0\\.0\\.1:(\\d+)$",
          Pattern.MULTILINE);

  @TempDir static Path work;
  private static Path task;

  private FakeRuntimeApi api;
  private final List<Process> processes = new ArrayList<>();
  private Path out;
  private Path err;

  @BeforeAll
  static void unpack() throws IOException {
    task = Files.createDirectories(work.resolve("task"));
    Files.createDirectories(task.resolve("lib"));
    Files.move(Handlers.jar(work), task.resolve("lib/handlers.jar"));
    Files.move(Handlers.hooks(work), task.resolve("lib/hooks.jar"));
  }

  @BeforeEach
  void open() throws IOException {
    api = FakeRuntimeApi.classic();
    out = Files.createTempFile(work, "out", "");
    err = Files.createTempFile(work, "err", "");
  }

  @AfterEach
  void close() throws Exception {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    api.close();
  }

  /** Starts a process in the task root, with Lambda's variables and these. */
  private Process start(List<String> command, String... variables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(task.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HEARTH_"));
    builder.environment().put("HEARTH_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    builder.environment().put("LAMBDA_TASK_ROOT", task.toString());
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "fn1");
    builder.environment().put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/fn1");
    for (int i = 0; i < variables.length; i += 2) {
      builder.environment().put(variables[i], variables[i + 1]);
    }
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String err() throws IOException {
    return Files.readString(err);
  }

  private Arrived answer(String event) throws InterruptedException {
    api.deliver(event);
    api.take("next");
    return api.take();
  }

  @Test
  void bootstrap_handlerAsArgument_servesAndEndsWithZeroWhenToldTo() throws Exception {
    Process process = start(List.of(BOOTSTRAP, "example.H$Logs"));

    assertThat(answer("{}").text()).isEqualTo("null");
    api.take("next");
    Matcher ready = awaitReady();
    assertThat(ready.group(1)).isEqualTo(api.address());
    assertThat(readyPage(Integer.parseInt(ready.group(2)))).isEqualTo(200);
    long begin = System.nanoTime();
    process.destroy();

    assertThat(exitCode(process)).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    assertThat(Files.readString(out)).isEqualTo("plain[INFO] two\nlinesprinted\n");
    assertThat(err()).doesNotContain("Exception");
    assertThat(api.violations()).isEmpty();
  }

  private Matcher awaitReady() {
    await().atMost(Duration.ofSeconds(90)).until(() -> READY.matcher(err()).find());
    try {
      Matcher ready = READY.matcher(err());
      assertThat(ready.find()).isTrue();
      return ready;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static int readyPage(int port) throws IOException {
    try (RawClient client = RawClient.to(port)) {
      return client.send("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n").read(false).status();
    }
  }

  @Test
  void bootstrap_linkedAndHandlerInTheVariable_serves() throws Exception {
    Path link = Files.createSymbolicLink(work.resolve("bootstrap"), Path.of(BOOTSTRAP));

    start(List.of(link.toString()), "_HANDLER", "example.H$Echo");

    assertThat(answer("{\"a\":1}").text()).isEqualTo("{\"a\":1}");
  }

  @Test
  void bootstrap_wrapper_isRunWithTheCommandLine() throws Exception {
    Path wrapper =
        Files.writeString(
            work.resolve("wrapper"),
            "#!/bin/sh\necho \"wrapped $*\" >&2\nexec env EXTRA=yes \"$@\"\n");
    Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));

    start(
        List.of(BOOTSTRAP, "example.P$Traced"),
        "AWS_LAMBDA_EXEC_WRAPPER",
        wrapper.toString(),
        "MINE",
        "x");

    assertThat(answer("\"a\"").text()).contains(" x ");
    assertThat(err())
        .containsOnlyOnce("wrapped ")
        .contains("/bin/hearth run --contract lambda --handler example.P$Traced");
  }

  @Test
  void vendorsMainClass_standsInForTheVendorsClient() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    start(
        List.of(
            java.toString(),
            "-cp",
            DISTRIBUTION.resolve("lib/hearth.jar").toString(),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            "example.H$Echo"),
        "LAMBDA_TASK_ROOT",
        "/nowhere");

    assertThat(answer("{\"a\":1}").text()).isEqualTo("{\"a\":1}");
  }

  @Test
  void run_environmentOfLambda_isEnough() throws Exception {
    Path other = Files.createDirectories(work.resolve("layers/java/lib"));
    TestJar.of(work.resolve("layer"))
        .source(
            "layer.Word",
            "package layer; public class Word { public String toString() { return \"layer\"; } }")
        .build("layer.jar");
    Files.copy(work.resolve("layer/layer.jar"), other.resolve("layer.jar"));
    Path code =
        TestJar.of(work)
            .source(
                "acme.UsesLayer",
                "package acme; public class UsesLayer implements java.util.function.Function<String, String> {"
                    + " public String apply(String in) { return new layer.Word().toString(); } }")
            .compileOnly(other.resolve("layer.jar"))
            .buildExploded("exploded");

    start(
        List.of(DISTRIBUTION.resolve("bin/hearth").toString(), "run"),
        "LAMBDA_TASK_ROOT",
        code.toString(),
        "HEARTH_LAMBDA_LAYERS",
        work.resolve("layers").toString());

    assertThat(answer("x").text()).isEqualTo("layer");
  }

  @Test
  void lambda_case_05_constructorThrows_exitsWithOne() throws Exception {
    Process process = start(List.of(BOOTSTRAP, "example.H$BadStart"));

    assertThat(api.take("init/error").text()).contains("not today");
    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(api.all()).hasSize(1);
    assertThat(err())
        .contains("UnsupportedOperationException: not today")
        .contains("example.H$BadStart.<init>(H.java:");
  }

  @Test
  void lambda_case_07_errorOfTheMachine_exitsWithOne() throws Exception {
    Process process = start(List.of(BOOTSTRAP, "example.H$Fails"));

    assertThat(answer("\"memory\"").what()).isEqualTo("error");
    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(api.all()).hasSize(2);
  }

  @Test
  void lambda_case_08_nextIsAnsweredWith500_exitsWithOne() throws Exception {
    api.script("next", Reply.json(500, "{}"));
    Process process = start(List.of(BOOTSTRAP, "example.H$Echo"));

    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(api.all()).hasSize(1);
  }

  @Test
  void lambda_case_17_concurrencyIsNoNumber_exitsWithoutACall() throws Exception {
    Process process =
        start(List.of(BOOTSTRAP, "example.H$Echo"), "AWS_LAMBDA_MAX_CONCURRENCY", "abc");

    assertThat(exitCode(process)).isEqualTo(2);
    assertThat(api.all()).isEmpty();
    assertThat(err()).contains("AWS_LAMBDA_MAX_CONCURRENCY is 'abc'");
  }

  @Test
  void lambda_case_19_hookBeforeFails_exitsWith64() throws Exception {
    api.close();
    api = FakeRuntimeApi.snapStart();
    Process process =
        start(
            List.of(BOOTSTRAP, "example.Hooks"),
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "snap-start",
            "JAVA_TOOL_OPTIONS",
            "-Dt.fail=before");

    assertThat(api.take("init/error").text()).contains("CheckpointException");
    assertThat(exitCode(process)).isEqualTo(64);
    assertThat(err()).contains("IllegalStateException: not now");
  }

  @Test
  void lambda_case_23_descriptorOfTheProcess_getsTheFrames() throws Exception {
    for (String options : List.of("", "-Xshare:auto")) { // opened for it by bootstrap, and not
      Path frames = Files.createTempFile(work, "frames", "");
      Process process =
          start(
              List.of("sh", "-c", "exec \"$0\" \"$@\" 3>>" + frames, BOOTSTRAP, "example.H$Logs"),
              "_LAMBDA_TELEMETRY_LOG_FD",
              "3",
              "HEARTH_JVM_OPTS",
              options);
      answer("{}");
      api.take("next");
      process.destroy();
      assertThat(exitCode(process)).isZero();

      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(frames));
      assertThat(bytes.getInt()).isEqualTo(0xA55A0003);
      byte[] message = new byte[bytes.getInt()];
      bytes.getLong();
      bytes.get(message);
      assertThat(new String(message, StandardCharsets.UTF_8)).isEqualTo("plain");
      assertThat(Files.readString(out)).isEqualTo("printed\n");
    }
  }

  @Test
  void start_loadsNoServer() throws Exception {
    Path classes = work.resolve("classes.txt");
    start(
        List.of(BOOTSTRAP, "example.H$Echo"),
        "HEARTH_CACHE",
        "none", // with it the JVM loads on 25 what it has learnt to need
        "HEARTH_JVM_OPTS",
        "-Xlog:class+load:file=" + classes);
    answer("{}");
    api.take("next");

    assertThat(Files.readString(classes))
        .contains("dev.hearth.http.contract.lambda.Poller")
        .doesNotContain("io.netty.")
        .doesNotContain("picocli.")
        .doesNotContain("java.lang.runtime.ObjectMethods")
        .doesNotContain("] com.fasterxml.jackson");
  }
}
