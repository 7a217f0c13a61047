package dev.hearth.signature.nuclio;

import dev.hearth.signature.SignatureContract;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The contract of signatures, for Nuclio's handlers. */
final class NuclioContractTest {

  private static final Path API = TestHost.provided("nuclio").resolve("nuclio-api.jar");

  abstract static class OfHandler extends SignatureContract {
    @Override
    protected final String source(String members, String answer) {
      return """
          package acme;
          public class Handler implements io.nuclio.EventHandler, AutoCloseable {
            MEMBERS
            @Override public io.nuclio.Response handleEvent(io.nuclio.Context context, io.nuclio.Event event) {
              String input = new String(event.getBody(), java.nio.charset.StandardCharsets.UTF_8);
              return new io.nuclio.Response().setBody(ANSWER);
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
