package dev.hearth.http.contract.openfaas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions written for the official templates, over the wire; what they are given is tested with their signature. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class TemplateTest {

  private static final Path MODEL =
      Path.of(System.getProperty("hearth.root"), "runtime-core", "target", "provided", "openfaas");

  private static final String HANDLER =
      """
      package com.openfaas.function;
      import com.openfaas.model.*;
      public class Handler %s {
        public IResponse Handle(IRequest in) {
          Response out = new Response();
          switch (in.getPathRaw()) {
            case "/" -> out.setBody("Hello, world!");
            case "/tea" -> {
              out.setContentType("application/json");
              out.setHeader("X-A", "b");
              out.setStatusCode(418);
              out.setBody("{}");
            }
            case "/body" -> out.setBody(in.getBody());
            case "/id" -> out.setBody(in.getHeader("X-Call-Id") + in.getHeader("X-call-id"));
            case "/null" -> out.setBody(null);
            case "/throw" -> throw new IllegalStateException("out of stock");
            default -> out.setBody(new java.util.TreeMap<>(in.getPath()) + " "
                + new java.util.TreeMap<>(in.getQuery()) + " " + in.getPathRaw() + " " + in.getQueryRaw());
          }
          return out;
        }
      }
      """;

  @TempDir Path directory;
  private Container container;

  @AfterEach
  void stop() {
    container.close();
  }

  private void serve(String kind) throws IOException {
    TestJar jar = TestJar.of(directory).options("--release", "17");
    try (DirectoryStream<Path> model = Files.newDirectoryStream(MODEL, "*.jar")) {
      for (Path each : model) {
        jar.compileOnly(each);
      }
    }
    Path built =
        jar.source("com.openfaas.function.Handler", HANDLER.formatted(kind)).build("function.jar");
    container = Container.serve(directory, built, "com.openfaas.function.Handler");
  }

  @ParameterizedTest
  @ValueSource(strings = {"extends AbstractHandler", "implements IHandler"})
  void openfaas_case_25_31_body_isAllThatIsSent(String kind) throws IOException {
    serve(kind);

    Answered answer = container.get("/");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("Hello, world!");
    assertThat(answer.header("Content-Type")).isEmpty();
    assertThat(answer.header("X-Duration-Seconds")).isNotEmpty();
  }

  @Test
  void openfaas_case_26_statusTypeAndHeaders_arrive() throws IOException {
    serve("extends AbstractHandler");

    Answered answer = container.get("/tea");

    assertThat(answer.status()).isEqualTo(418);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.header("X-A")).isEqualTo("b");
  }

  @Test
  void openfaas_case_27_pathAndQuery_arePairs() throws IOException {
    serve("extends AbstractHandler");

    assertThat(container.get("/param1/value1/param2?k=v&e").text())
        .isEqualTo("{param1=value1, param2=} {e=null, k=v} /param1/value1/param2 k=v&e");
  }

  @Test
  void openfaas_case_28_29_bodyOfAnyMethodAndHeadersInAnyCase_areThere() throws IOException {
    serve("extends AbstractHandler");

    assertThat(new String(container.post("/body", "grüße ❄").body(), StandardCharsets.UTF_8))
        .isEqualTo("grüße ❄");
    assertThat(container.ask("PUT", "/body", "put").text()).isEqualTo("put");
    assertThat(container.get("/id", "x-call-id: 7").text()).isEqualTo("77");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/null", "/throw"})
  void openfaas_case_30_noBodyOrAnException_is500WithAReason(String path) throws IOException {
    serve("extends AbstractHandler");

    Answered answer = container.get(path);

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("failed").doesNotContain("out of stock");
    assertThat(container.get("/").status()).isEqualTo(200);
  }
}
