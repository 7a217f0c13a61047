package dev.hearth.signature.micronaut;

import dev.hearth.signature.SignatureContract;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The contract of signatures, for Micronaut's functions. */
final class MicronautContractTest {

  private static final Path API =
      TestHost.provided("micronaut-function").resolve("micronaut-function-4.10.20.jar");

  abstract static class OfHandler extends SignatureContract {
    @Override
    protected final String source(String members, String answer) {
      return """
      package acme;
      @io.micronaut.function.FunctionBean
      public class Handler implements AutoCloseable, java.util.function.Function<String, String> {
        MEMBERS
        public String apply(String input) {
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
