package dev.hearth.signature.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.log.LogEvent;
import dev.hearth.testing.RecordingSink;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.WireCall;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lambda's logger where no platform reads the function's output. */
@Timeout(120)
final class LambdaLoggingTest {

  private static final String SOURCE =
      """
      package example;
      import com.amazonaws.services.lambda.runtime.*;
      import com.amazonaws.services.lambda.runtime.logging.LogLevel;
      public class H implements RequestHandler<Object, Void> {
        public Void handleRequest(Object event, Context context) {
          context.getLogger().log("plain\\n");
          context.getLogger().log("deep", LogLevel.DEBUG);
          LambdaRuntime.getLogger().log("bad\\nworse", LogLevel.FATAL);
          context.getLogger().log("bytes".getBytes(), LogLevel.WARN);
          Thread aside = new Thread(() -> LambdaRuntime.getLogger().log("aside", LogLevel.INFO));
          aside.start();
          try { aside.join(); } catch (InterruptedException e) { throw new IllegalStateException(e); }
          return null;
        }
      }
      """;

  @TempDir private Path directory;
  private final RecordingSink log = new RecordingSink(Level.TRACE);

  private void call(Map<String, String> variables) {
    Path jar =
        TestJar.of(directory)
            .source("example.H", SOURCE)
            .compileOnly(TestHost.library("aws-lambda-java-core-1.4.0.jar"))
            .build("h.jar");
    Hearth.Builder builder =
        Hearth.builder().providedApis(TestHost.provided("aws-lambda").getParent()).log(log);
    try (Hearth hearth = builder.build()) {
      WireCall.post("{}")
          .id("call-1")
          .attribute("lambda.request-id", "request-1")
          .attribute("lambda.tenant-id", "t")
          .reply(hearth.deploy("h", FunctionSpec.builder(jar).env(variables).build()));
    }
  }

  @Test
  void log_withoutAPlatform_goesToTheHostsLogWithItsRequest() {
    call(Map.of());

    assertThat(log.events())
        .extracting(LogEvent::level, LogEvent::message)
        .containsExactly(
            tuple(Level.INFO, "plain"),
            tuple(Level.DEBUG, "deep"),
            tuple(Level.ERROR, "bad\nworse"),
            tuple(Level.WARNING, "bytes"),
            tuple(Level.INFO, "aside"));
    assertThat(log.events())
        .allSatisfy(
            event -> {
              assertThat(event.logger()).isEqualTo("LambdaLogger");
              assertThat(event.fields()).hasToString("{AWSRequestId=request-1, tenantId=t}");
              assertThat(event.origin().invocation()).isEqualTo("call-1");
            });
  }

  @Test
  void log_levelOfTheFunctionsVariables_filters() {
    call(Map.of("AWS_LAMBDA_LOG_LEVEL", "WARN"));

    assertThat(log.messages("h")).containsExactly("plain", "bad\nworse", "bytes");
  }
}
