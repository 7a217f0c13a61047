package dev.hearth.signature.google;

import dev.hearth.signature.SignatureContract;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestHost.Answer;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The contract of signatures, for the kinds of Google's functions that answer. */
final class GoogleContractTest {

  abstract static class OfHttp extends SignatureContract {
    @Override
    protected final String source(String members, String answer) {
      return """
          package acme;
          import com.google.cloud.functions.*;
          public class Handler implements HttpFunction, AutoCloseable {
            MEMBERS
            @Override public void service(HttpRequest request, HttpResponse response) throws Exception {
              String input = new String(request.getInputStream().readAllBytes(), "UTF-8");
              response.getWriter().write(ANSWER);
            }
          }
          """
          .replace("MEMBERS", members)
          .replace("ANSWER", answer);
    }
  }

  @Nested
  final class OfThinHttp extends OfHttp {
    @Override
    protected Path build(TestJar jar) {
      return jar.compileOnly(GoogleJar.API).build("thin.jar");
    }
  }

  @Nested
  final class OfFatHttp extends OfHttp {
    @Override
    protected Path build(TestJar jar) {
      return jar.library(GoogleJar.LIBRARIES.resolve("functions-framework-api-1.1.0.jar"))
          .library(GoogleJar.LIBRARIES.resolve("cloudevents-api-2.5.0.jar"))
          .buildFat("fat.jar");
    }
  }

  @Nested
  final class OfTyped extends SignatureContract {
    @Override
    protected String source(String members, String answer) {
      return """
          package acme;
          import com.google.cloud.functions.*;
          public class Handler implements TypedFunction<String, String>, AutoCloseable {
            MEMBERS
            @Override public String apply(String input) { return ANSWER; }
          }
          """
          .replace("MEMBERS", members)
          .replace("ANSWER", answer);
    }

    @Override
    protected Path build(TestJar jar) {
      return jar.compileOnly(GoogleJar.API).build("typed.jar");
    }

    @Override
    protected Answer send(TestHost host, String text) {
      return host.post("application/json", '"' + text + '"');
    }

    @Override
    protected String text(Answer answer) {
      return answer.text().substring(1, answer.text().length() - 1);
    }
  }
}
