package dev.hearth.signature.funqy;

import dev.hearth.signature.SignatureContract;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestHost.Answer;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The contract of signatures, for Funqy's functions. */
final class FunqyContractTest {

  abstract static class OfHandler extends SignatureContract {
    @Override
    protected final String source(String members, String answer) {
      return """
      package acme;
      public class Handler implements AutoCloseable {
        MEMBERS
        @io.quarkus.funqy.Funq
        public String answer(String input) throws Exception {
          return ANSWER;
        }
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
      String json = answer.text();
      return json.substring(1, json.length() - 1);
    }
  }

  @Nested
  final class OfThin extends OfHandler {
    @Override
    protected Path build(TestJar jar) {
      return FunqyJars.api(jar).build("thin.jar");
    }
  }

  @Nested
  final class OfFat extends OfHandler {
    @Override
    protected Path build(TestJar jar) {
      return FunqyJars.shipped(jar).buildFat("fat.jar");
    }
  }
}
