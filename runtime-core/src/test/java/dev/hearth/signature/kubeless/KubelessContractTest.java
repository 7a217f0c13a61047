package dev.hearth.signature.kubeless;

import dev.hearth.signature.SignatureContract;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The contract of signatures, for Kubeless' functions. */
final class KubelessContractTest {

  private static final Path API = TestHost.provided("kubeless").resolve("kubeless-api.jar");

  abstract static class OfHandler extends SignatureContract {
    @Override
    protected final String source(String members, String answer) {
      return """
          package acme;
          public class Handler implements AutoCloseable {
            MEMBERS
            public String answer(io.kubeless.Event event, io.kubeless.Context context) {
              String input = event.Data;
              return ANSWER;
            }
          }
          """
          .replace("MEMBERS", members)
          .replace("ANSWER", answer);
    }
  }

  @Nested
  final class OfThin extends OfHandler {
    @Override
    protected Path build(TestJar jar) {
      return jar.compileOnly(API).build("thin.jar");
    }
  }

  @Nested
  final class OfFat extends OfHandler {
    @Override
    protected Path build(TestJar jar) {
      return jar.library(API).buildFat("fat.jar");
    }
  }
}
