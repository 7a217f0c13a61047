package dev.hearth.signature.spring;

import dev.hearth.signature.SignatureContract;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;

/** The contract of signatures, for functions of a Spring Boot application. */
final class BootContractTest extends SignatureContract {

  @Override
  protected String source(String members, String answer) {
    return """
    package acme;
    @org.springframework.stereotype.Component
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
    return BootJars.application(jar, "acme.App")
        .source(
            "acme.App",
            """
            package acme;
            @org.springframework.boot.autoconfigure.SpringBootApplication
            public class App {}
            """)
        .buildSpringBoot("boot.jar");
  }
}
