package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.TestJar;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lambda's emulator as a process: what is printed, what variables and settings say. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class LambdaEmulatorIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static final String SOURCE =
      """
      package example;
      import com.amazonaws.services.lambda.runtime.*;
      public class Say implements RequestHandler<String, String> {
        public String handleRequest(String what, Context c) {
          if (what.equals("thread")) {
            Thread thread = new Thread(() -> System.out.println("by another"));
            thread.start();
            try { thread.join(); } catch (InterruptedException e) { throw new IllegalStateException(e); }
          }
          System.out.print(what.equals("much") ? "x".repeat(10_000) : what);
          System.err.println(" err");
          return c.getFunctionName() + " " + c.getFunctionVersion() + " " + System.getenv("MINE");
        }
      }
      """;

  @TempDir static Path directory;
  private static Path jar;

  @BeforeAll
  static void build() {
    jar =
        TestJar.of(directory)
            .options("--release", "17")
            .compileOnly(
                Path.of(
                    System.getProperty("hearth.root"),
                    "runtime-core/target/libraries/aws-lambda-java-core-1.4.0.jar"))
            .source("example.Say", SOURCE)
            .build("say.jar");
  }

  private static HttpResponse<String> invoke(HearthProcess hearth, String function, String payload)
      throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(
                URI.create(hearth.url() + "/2015-03-31/functions/" + function + "/invocations"))
            .header("X-Amz-Log-Type", "Tail")
            .POST(HttpRequest.BodyPublishers.ofString(payload))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String tail(HttpResponse<String> answer) {
    String base64 = answer.headers().firstValue("X-Amz-Log-Result").orElseThrow();
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  @Test
  void emulator_case_14_printedLines_areInTheTailAndOnStandardOutput() throws Exception {
    Path task = Files.createDirectories(directory.resolve("task/lib"));
    Files.copy(jar, task.resolve("say.jar"));
    Map<String, String> environment =
        Map.of(
            "LAMBDA_TASK_ROOT",
            task.getParent().toString(),
            "_HANDLER",
            "example.Say",
            "AWS_LAMBDA_FUNCTION_NAME",
            "say",
            "MINE",
            "its own");
    try (HearthProcess hearth =
        HearthProcess.start(
            directory, environment, "run", "--contract", "lambda-emulator", "--port", "0")) {
      HttpResponse<String> answer = invoke(hearth, "say", "\"hi\"");
      HttpResponse<String> much = invoke(hearth, "say", "\"much\"");
      HttpResponse<String> thread = invoke(hearth, "say", "\"thread\"");

      assertThat(answer.body()).isEqualTo("\"say $LATEST its own\"");
      assertThat(tail(answer))
          .startsWith("START RequestId: ")
          .contains(" err\n", "hi\n", "\nEND RequestId: ", "\nREPORT RequestId: ");
      assertThat(tail(much)).hasSize(4096).contains("xxxx", "\nREPORT RequestId: ");
      assertThat(tail(thread)).contains("\nby another\n");
      await().until(() -> hearth.out().contains("by another\n"));
      assertThat(hearth.out())
          .startsWith("START RequestId: ")
          .contains("hi\nEND RequestId: ", "\tInit Duration: ");
      assertThat(hearth.err()).contains("\n err\n").doesNotContain("START");
      hearth.terminate();
      assertThat(hearth.exitCode()).isZero();
    }
  }

  @Test
  void settings_versionsAliasesAndRoutes_areServed() throws Exception {
    Path settings =
        Files.writeString(
            directory.resolve("hearth.yaml"),
            """
            functions:
              say:
                archive: say.jar
                handler: example.Say
                properties:
                  lambda.aliases: live=1
                  lambda.routes: GET /say
              say-1:
                archive: say.jar
                handler: example.Say
                env: {MINE: old}
                properties: {lambda.function: say, lambda.version: 1}
            """);
    try (HearthProcess hearth =
        HearthProcess.start(
            directory,
            Map.of("HEARTH_LAMBDA_GATEWAY", "http-api"),
            "run",
            "--contract",
            "lambda-emulator",
            "--port",
            "0",
            "--config",
            settings.toString())) {
      HttpResponse<String> live = invoke(hearth, "say:live", "\"hi\"");

      assertThat(live.body()).isEqualTo("\"say 1 old\"");
      assertThat(live.headers().firstValue("X-Amz-Executed-Version")).contains("1");
      assertThat(HearthProcess.get(hearth.url() + "/other").statusCode()).isEqualTo(404);
      assertThat(HearthProcess.get(hearth.url() + "/say").statusCode())
          .as("an object is no text")
          .isEqualTo(500);
    }
  }
}
