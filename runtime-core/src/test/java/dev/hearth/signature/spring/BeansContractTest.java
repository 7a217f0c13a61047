package dev.hearth.signature.spring;

import dev.hearth.signature.SignatureContract;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;

/** The contract of signatures, for plain functions that are called by the names of beans. */
final class BeansContractTest extends SignatureContract {

  @Override
  protected String source(String members, String answer) {
    return """
    package acme;
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

  @Override
  protected Path build(TestJar jar) {
    return jar.build("thin.jar");
  }

  @Override
  protected String handler() {
    return "handler";
  }
}
