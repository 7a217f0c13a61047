package dev.hearth.signature.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.invoke.Outcome;
import dev.hearth.signature.SignatureContract;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestHost.Answer;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of signatures for Lambda's handlers, and what only a host shows. */
final class LambdaContractTest {

  private static final String CORE = "aws-lambda-java-core-1.4.0.jar";
  private static final String OLD_CORE = "aws-lambda-java-core-1.2.0.jar";

  abstract static class OfValue extends SignatureContract {
    @Override
    protected final String source(String members, String answer) {
      return """
          package acme;
          import com.amazonaws.services.lambda.runtime.*;
          public class Handler implements RequestHandler<String, String>, AutoCloseable {
            MEMBERS
            public String handleRequest(String input, Context context) { return ANSWER; }
          }
          """
          .replace("MEMBERS", members)
          .replace("ANSWER", answer);
    }

    @Override
    protected final Answer send(TestHost host, String text) {
      return host.post("application/json", '"' + text + '"');
    }

    @Override
    protected final String text(Answer answer) {
      assertThat(answer.type()).isEqualTo("application/json");
      return answer.text().substring(1, answer.text().length() - 1);
    }
  }

  @Nested
  final class OfThinValue extends OfValue {
    @Override
    protected Path build(TestJar jar) {
      return jar.compileOnly(TestHost.library(CORE)).build("thin.jar");
    }
  }

  @Nested
  final class OfFatValue extends OfValue {
    @Override
    protected Path build(TestJar jar) {
      return jar.library(TestHost.library(OLD_CORE)).buildFat("fat.jar");
    }

    @Override
    protected String handler() {
      return "acme.Handler";
    }
  }

  @Nested
  final class OfThinStream extends SignatureContract {
    @Override
    protected String source(String members, String answer) {
      return """
          package acme;
          import com.amazonaws.services.lambda.runtime.*;
          import java.io.*;
          public class Handler implements RequestStreamHandler, AutoCloseable {
            MEMBERS
            public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
              String input = new String(in.readAllBytes(), "UTF-8");
              out.write(String.valueOf(ANSWER).getBytes("UTF-8"));
            }
          }
          """
          .replace("MEMBERS", members)
          .replace("ANSWER", answer);
    }

    @Override
    protected Path build(TestJar jar) {
      return jar.compileOnly(TestHost.library(CORE)).build("stream.jar");
    }
  }

  @TempDir Path work;

  @Test
  void aws_case_38_interruptOfTheHandler_doesNotReachTheNextEvent() {
    Path jar =
        TestJar.of(work)
            .source(
                "acme.Interrupts",
                """
                package acme;
                import com.amazonaws.services.lambda.runtime.*;
                public class Interrupts implements RequestHandler<String, Boolean> {
                  public Boolean handleRequest(String s, Context c) {
                    boolean before = Thread.currentThread().isInterrupted();
                    Thread.currentThread().interrupt();
                    return before;
                  }
                }
                """)
            .compileOnly(TestHost.library(CORE))
            .build("interrupts.jar");
    try (TestHost host = TestHost.deploy(jar, null)) {
      assertThat(host.post("application/json", "\"a\"").text()).isEqualTo("false");
      assertThat(host.post("application/json", "\"b\"").text()).isEqualTo("false");
    }
  }

  @Test
  void event_thatDoesNotFit_isRefusedToOtherPlatforms() {
    Path jar = Sources.thin(work).build("cases.jar");
    try (TestHost host = TestHost.deploy(jar, "example.M::prim")) {
      Answer answer = host.post("application/json", "{not json");
      assertThat(answer.refused())
          .hasMessageStartingWith("An error occurred during JSON parsing: ");
      assertThat(host.post("application/json", "41").text()).isEqualTo("42");
    }
  }

  @Test
  void value_ofAnEmbedder_isHandedOver() {
    Path jar = Sources.thin(work).build("cases.jar");
    try (TestHost host = TestHost.deploy(jar, "example.H$Bang")) {
      assertThat(host.function().invoke("a")).isEqualTo("a!");
      assertThat(host.post("application/json", "\"a\"").outcome())
          .isInstanceOf(Outcome.Returned.class);
    }
  }

  @Test
  void plainMethod_withoutTraceOfLambda_isNotTakenForOne() {
    Path jar =
        TestJar.of(work)
            .source(
                "acme.Plain",
                "package acme; public class Plain { public String up(String s) { return s + \"!\"; } }")
            .build("plain.jar");
    try (TestHost host = TestHost.deploy(jar, "acme.Plain::up")) {
      assertThat(host.post("text/plain", "a").text()).isEqualTo("a!");
    }
  }
}
