package dev.hearth.signature.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.invoke.MemoryExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a binding does for the platform's contract beyond calling handlers. */
class LambdaPlatformTest {

  private static final Map<String, String> STREAMING = Map.of("lambda.response-mode", "streaming");

  @TempDir static Path work;
  private static Path jar;

  @BeforeAll
  static void compile() {
    jar = Sources.thin(work).build("platform.jar");
  }

  private static Map<String, String> variables(String... more) {
    Map<String, String> variables = new HashMap<>(LambdaFunction.variables());
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    return variables;
  }

  @Test
  void telemetryDescriptor_text_getsOneFrameForEachMessage() throws Throwable {
    Instant before = Instant.now();

    ByteBuffer frames = logged("_LAMBDA_TELEMETRY_LOG_FD", "?");

    assertFrame(frames, 0xA55A0003, "plain", before);
    assertFrame(frames, 0xA55A000F, "[INFO] x", before);
    assertFrame(frames, 0xA55A0013, "[WARN] y\"", before);
    assertThat(frames.hasRemaining()).isFalse();
  }

  @Test
  void telemetryDescriptor_json_marksTheFrames() throws Throwable {
    ByteBuffer frames = logged("_LAMBDA_TELEMETRY_LOG_FD", "?", "AWS_LAMBDA_LOG_FORMAT", "json");

    assertThat(frames.getInt()).isEqualTo(0xA55A0002);
    byte[] message = new byte[frames.getInt()];
    frames.getLong();
    frames.get(message);
    assertThat(new String(message, StandardCharsets.UTF_8))
        .startsWith("{\"timestamp\":")
        .endsWith(
            "\"message\":\"plain\",\"level\":\"UNDEFINED\",\"AWSRequestId\":\"request-1\"}\n");
    assertThat(frames.getInt()).isEqualTo(0xA55A000E);
  }

  /** What a function logs into a descriptor of this process; nothing of it may go to standard output. */
  private static ByteBuffer logged(String... variables) throws Throwable {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
    Path file = Files.createTempFile(work, "frames", "");
    try (OutputStream open = Files.newOutputStream(file)) {
      open.flush();
      variables[1] = descriptor(file);
      try (LambdaFunction function =
              LambdaFunction.open(work, jar, "example.H$Logs", variables(variables));
          Output output = Output.caught()) {
        function.post("{}");
        assertThat(output.out()).isEmpty();
      }
    }
    return ByteBuffer.wrap(Files.readAllBytes(file));
  }

  private static String descriptor(Path file) throws IOException {
    Path real = file.toRealPath();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : open.toList()) {
        if (Files.isSymbolicLink(descriptor) && Files.readSymbolicLink(descriptor).equals(real)) {
          return descriptor.getFileName().toString();
        }
      }
    }
    throw new AssertionError(file + " is not open");
  }

  private static void assertFrame(ByteBuffer frames, int type, String message, Instant after) {
    assertThat(Integer.toHexString(frames.getInt())).isEqualTo(Integer.toHexString(type));
    byte[] text = new byte[frames.getInt()];
    long micros = frames.getLong();
    frames.get(text);
    assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo(message);
    assertThat(Instant.ofEpochSecond(micros / 1_000_000))
        .isBetween(after.minusSeconds(1), Instant.now());
  }

  @Test
  void telemetryDescriptor_notThere_isToldAndStandardOutputUsed() throws Throwable {
    for (String descriptor : List.of("none", "-1", "99999")) {
      try (Output output = Output.caught();
          LambdaFunction function =
              LambdaFunction.open(
                  work, jar, "example.H$Logs", variables("_LAMBDA_TELEMETRY_LOG_FD", descriptor))) {
        function.post("{}");
        assertThat(output.out()).startsWith("plain");
        assertThat(output.err()).contains("_LAMBDA_TELEMETRY_LOG_FD is '" + descriptor + "'");
      }
    }
  }

  @Test
  void log_text_isWhatTheVendorLogsOfAFailure() throws Throwable {
    try (LambdaFunction function = LambdaFunction.open(work, jar, "example.H$Boom");
        Output output = Output.caught()) {
      assertThatThrownBy(() -> function.invoke("{}", Map.of()))
          .satisfies(e -> assertThat(function.log(e, Map.of())).isTrue());

      assertThat(output.out())
          .startsWith(
              "bad: java.lang.IllegalStateException\njava.lang.IllegalStateException: bad\n")
          .contains("Caused by: java.lang.RuntimeException: why");
    }
  }

  @Test
  void log_json_isOneErrorLineOfTheCallUnlessTheLevelIsHigher() throws Throwable {
    for (String level : List.of("ERROR", "FATAL")) {
      try (LambdaFunction function =
              LambdaFunction.open(
                  work,
                  jar,
                  "example.H$Boom",
                  variables("AWS_LAMBDA_LOG_FORMAT", "JSON", "AWS_LAMBDA_LOG_LEVEL", level));
          Output output = Output.caught()) {
        function.log(
            new IllegalStateException("bad"),
            Map.of("lambda.request-id", "r7", "lambda.tenant-id", "t"));

        if (level.equals("FATAL")) {
          assertThat(output.out()).isEmpty();
        } else {
          assertThat(output.out())
              .contains("\"message\":\"bad: java.lang.IllegalStateException\\n")
              .endsWith("\"level\":\"ERROR\",\"AWSRequestId\":\"r7\",\"tenantId\":\"t\"}\n")
              .containsOnlyOnce("\n");
        }
      }
    }
  }

  @Test
  void streaming_streamHandler_writesStraightToTheResponse() throws Throwable {
    try (LambdaFunction function = LambdaFunction.open(work, jar, "example.H$Checked")) {
      MemoryExchange streamed = MemoryExchange.post(new byte[0], "application/json");
      MemoryExchange held = MemoryExchange.post(new byte[0], "application/json");

      assertThatThrownBy(() -> function.invoke(streamed, STREAMING)).hasMessage("gone");
      assertThatThrownBy(() -> function.invoke(held, Map.of())).hasMessage("gone");

      assertThat(streamed.reply().body()).containsExactly(1);
      assertThat(held.reply().body()).isEmpty();
    }
  }

  @Test
  void streaming_valueHandler_answersAsEver() throws Throwable {
    try (LambdaFunction function = LambdaFunction.open(work, jar, "example.H$Bang")) {
      assertThat(function.invoke("\"a\"", STREAMING)).isEqualTo("\"a!\"");
    }
    try (LambdaFunction function = LambdaFunction.open(work, jar, "example.M::in")) {
      assertThat(function.invoke("abc", STREAMING)).isEqualTo("null");
    }
  }

  @Test
  void trace_severalCallsAtOnce_isWhereTheSdkLooks() throws Throwable {
    Path sdk = LambdaFunction.library("utils-lite-2.34.0.jar");
    Path traced =
        Sources.thin(work)
            .source(
                "example.Traced",
                """
                package example;
                import com.amazonaws.services.lambda.runtime.*;
                public class Traced implements RequestHandler<Object, String> {
                  public String handleRequest(Object in, Context c) {
                    return software.amazon.awssdk.utilslite.SdkInternalThreadLocal.get("AWS_LAMBDA_X_TRACE_ID");
                  }
                }
                """)
            .library(sdk)
            .buildFat("traced.jar");
    Map<String, String> trace = Map.of("lambda.trace-id", "Root=1");
    try (LambdaFunction several =
            LambdaFunction.open(
                work, traced, "example.Traced", variables("AWS_LAMBDA_MAX_CONCURRENCY", "2"));
        LambdaFunction one = LambdaFunction.open(work, traced, "example.Traced")) {
      assertThat(several.post("{}", trace)).isEqualTo("\"Root=1\"");
      assertThat(several.post("{}")).isEqualTo("null");
      assertThat(one.post("{}", trace)).isEqualTo("null");
    }
  }
}
