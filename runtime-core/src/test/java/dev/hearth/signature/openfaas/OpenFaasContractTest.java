package dev.hearth.signature.openfaas;

import dev.hearth.signature.SignatureContract;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The contract of signatures, for OpenFaaS' handlers. */
final class OpenFaasContractTest {

  private static final Path API = TestHost.provided("openfaas").resolve("model.jar");

  abstract static class OfHandler extends SignatureContract {
    @Override
    protected final String source(String members, String answer) {
      return """
          package acme;
          import com.openfaas.model.*;
          public class Handler extends AbstractHandler implements AutoCloseable {
            MEMBERS
            @Override public IResponse Handle(IRequest request) {
              String input = request.getBody();
              Response response = new Response();
              response.setBody(ANSWER);
              return response;
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
