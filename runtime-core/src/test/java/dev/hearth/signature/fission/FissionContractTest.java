package dev.hearth.signature.fission;

import dev.hearth.signature.SignatureContract;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The contract of signatures, for both of Fission's. */
final class FissionContractTest {

  static TestJar against(TestJar jar, String set) {
    for (File library : TestHost.provided(set).toFile().listFiles()) {
      jar.compileOnly(library.toPath());
    }
    return jar;
  }

  static TestJar with(TestJar jar, String set) {
    for (File library : TestHost.provided(set).toFile().listFiles()) {
      jar.library(library.toPath());
    }
    return jar;
  }

  abstract static class OfSpring extends SignatureContract {
    @Override
    protected final String source(String members, String answer) {
      return """
          package acme;
          import org.springframework.http.*;
          public class Handler implements io.fission.Function<RequestEntity<String>, ResponseEntity<String>>,
              AutoCloseable {
            MEMBERS
            @Override public ResponseEntity<?> call(RequestEntity request, io.fission.Context context) {
              String input = String.valueOf(request.getBody());
              return ResponseEntity.ok(ANSWER);
            }
          }
          """
          .replace("MEMBERS", members)
          .replace("ANSWER", answer);
    }

    @Override
    protected final String handler() {
      return "acme.Handler";
    }
  }

  @Nested
  final class OfThinSpring extends OfSpring {
    @Override
    protected Path build(TestJar jar) {
      return against(jar, "fission-spring").build("thin.jar");
    }
  }

  @Nested
  final class OfFatSpring extends OfSpring {
    @Override
    protected Path build(TestJar jar) {
      return with(jar, "fission-spring").buildFat("fat.jar");
    }
  }

  abstract static class OfJaxrs extends SignatureContract {
    @Override
    protected final String source(String members, String answer) {
      return """
          package acme;
          import javax.ws.rs.container.ContainerRequestContext;
          import javax.ws.rs.core.Response;
          public class Handler implements io.fission.Function<ContainerRequestContext, Response>, AutoCloseable {
            MEMBERS
            public Response call(ContainerRequestContext request, io.fission.Context context) {
              String input;
              try {
                input = new String(request.getEntityStream().readAllBytes(), "UTF-8");
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
              return Response.ok(ANSWER).build();
            }
          }
          """
          .replace("MEMBERS", members)
          .replace("ANSWER", answer);
    }

    @Override
    protected final String handler() {
      return "acme.Handler";
    }
  }

  @Nested
  final class OfThinJaxrs extends OfJaxrs {
    @Override
    protected Path build(TestJar jar) {
      return against(jar, "fission-jersey").build("thin.jar");
    }
  }

  @Nested
  final class OfFatJaxrs extends OfJaxrs {
    @Override
    protected Path build(TestJar jar) {
      return with(jar, "fission-jersey").buildFat("fat.jar");
    }
  }
}
