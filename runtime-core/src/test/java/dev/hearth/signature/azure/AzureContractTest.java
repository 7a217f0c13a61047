package dev.hearth.signature.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.signature.SignatureContract;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The contract of signatures, for Azure's functions, whose objects live for one call unless asked otherwise. */
final class AzureContractTest {

  abstract static class OfHttp extends SignatureContract {
    @Override
    protected final String source(String members, String answer) {
      return """
          package acme;
          import com.microsoft.azure.functions.*;
          import com.microsoft.azure.functions.annotation.*;
          import java.util.Optional;
          public class Handler implements AutoCloseable {
            MEMBERS
            @FunctionName("http-example")
            public HttpResponseMessage run(
                @HttpTrigger(name = "req", methods = {HttpMethod.GET, HttpMethod.POST}) HttpRequestMessage<Optional<String>> request,
                ExecutionContext context) {
              String input = request.getBody().orElse("");
              context.getLogger().info("called");
              return request.createResponseBuilder(HttpStatus.OK).body(ANSWER).build();
            }
          }
          """
          .replace("MEMBERS", members)
          .replace("ANSWER", answer);
    }
  }

  abstract static class PerCall extends OfHttp {
    @Test
    @Override
    protected void contextClassLoader_everywhere_isTheFunctions() {
      try (TestHost host = deploy(CHECKS, "seen()")) {
        assertThat(text(send(host, "x"))).isEqualTo("static constructor call ");
      } finally {
        TestBag.remove("hearth.contract.seen");
      }
    }

    @Test
    @Override
    protected void call_second_findsTheInstanceWarm() {
      String members =
          "static int made; int calls; public Handler() { made++; } String count() { return made + \"/\" + ++calls; }";
      try (TestHost host = deploy(withClose(members), "count()")) {
        assertThat(text(send(host, ""))).isEqualTo("1/1");
        assertThat(text(send(host, ""))).isEqualTo("2/1");
      }
    }
  }

  @Nested
  final class OfThin extends PerCall {
    @Override
    protected Path build(TestJar jar) {
      return jar.compileOnly(AzureJar.LIBRARY).compileOnly(AzureJar.CORE).build("thin.jar");
    }
  }

  @Nested
  final class OfFatWithTheApiOf2020 extends PerCall {
    @Override
    protected Path build(TestJar jar) {
      return jar.library(TestHost.library("azure-functions-java-library-1.3.1.jar"))
          .buildFat("fat.jar");
    }
  }

  @Nested
  final class OfWarm extends OfHttp {
    @Override
    protected Path build(TestJar jar) {
      return jar.compileOnly(AzureJar.LIBRARY).compileOnly(AzureJar.CORE).build("warm.jar");
    }

    @Override
    protected Map<String, String> variables() {
      return Map.of("HEARTH_AZURE_INSTANCES", "warm");
    }
  }

  @Nested
  final class OfQueue extends SignatureContract {
    @Override
    protected String source(String members, String answer) {
      return """
          package acme;
          import com.microsoft.azure.functions.annotation.*;
          public class Handler implements AutoCloseable {
            MEMBERS
            @FunctionName("queue")
            @QueueOutput(name = "out", queueName = "out", connection = "c")
            public String run(@QueueTrigger(name = "in", queueName = "in", connection = "c") String input) {
              return ANSWER;
            }
          }
          """
          .replace("MEMBERS", members)
          .replace("ANSWER", answer);
    }

    @Override
    protected Path build(TestJar jar) {
      return jar.compileOnly(AzureJar.LIBRARY).compileOnly(AzureJar.CORE).build("queue.jar");
    }

    @Override
    protected Map<String, String> variables() {
      return Map.of("HEARTH_AZURE_INSTANCES", "warm");
    }
  }
}
