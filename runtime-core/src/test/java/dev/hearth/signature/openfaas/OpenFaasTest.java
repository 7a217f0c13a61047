package dev.hearth.signature.openfaas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Reply;
import dev.hearth.invoke.Outcome;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.WireCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Handlers of OpenFaaS' Java template; the numbers are those of the cases its contract is checked by. */
@Timeout(120)
final class OpenFaasTest {

  private static final Path MODEL = TestHost.provided("openfaas").resolve("model.jar");
  private static final String HANDLER =
      """
      package com.openfaas.function;
      import com.openfaas.model.*;
      import java.util.*;
      public class Handler %s {
        private int calls;
        public IResponse Handle(IRequest req) {
          Response res = new Response();
          %s
          return res;
        }
      }
      """;

  @TempDir private Path directory;
  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  @Test
  void openfaas_case_25_bodyOnly_is200WithoutContentType() {
    FunctionHandle handler = deploy("res.setBody(\"Hello, world!\");");

    Reply<byte[]> reply = WireCall.of("GET", "/").reply(handler);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(text(reply)).isEqualTo("Hello, world!");
    assertThat(reply.headers()).isEmpty();
    assertThat(handler.handler()).isEqualTo("com.openfaas.function.Handler");
  }

  @Test
  void openfaas_case_26_typeHeaderAndStatus_areSent() {
    FunctionHandle handler =
        deploy(
            """
            res.setContentType("application/json");
            res.setHeader("X-A", "b");
            res.setHeader("X-Gone", "c");
            res.setHeader("X-Gone", null);
            res.setStatusCode(418);
            """);

    Reply<byte[]> reply = WireCall.of("GET", "/").reply(handler);

    assertThat(reply.status()).isEqualTo(418);
    assertThat(reply.headers())
        .containsOnlyKeys("Content-Type", "X-A")
        .containsEntry("Content-Type", List.of("application/json"))
        .containsEntry("X-A", List.of("b"));
  }

  @Test
  void openfaas_case_27_pathAndQuery_areTakenApart() {
    FunctionHandle handler =
        deploy(
            """
            res.setBody(req.getPath() + " " + req.getQuery() + " " + req.getPathRaw() + " "
                + req.getQueryRaw());
            """);

    assertThat(WireCall.of("GET", "/param1/value1/param2?k=v&e").text(handler))
        .isEqualTo("{param1=value1, param2=} {k=v, e=null} /param1/value1/param2 k=v&e");
    assertThat(WireCall.of("GET", "/").text(handler)).isEqualTo("{} {} / null");
    assertThat(WireCall.of("GET", "/%C3%A4+b/?a=1&a=x+%C3%B6=3").text(handler))
        .isEqualTo("{ä+b=} {a=x ö} /ä+b/ a=1&a=x+%C3%B6=3");
  }

  @Test
  void openfaas_case_28_bodiesOfAllMethods_areText() {
    FunctionHandle handler = deploy("res.setBody(req.getBody() + calls++);");

    assertThat(WireCall.post("Grüße ☃\n").text(handler)).isEqualTo("Grüße ☃\n0");
    assertThat(WireCall.of("PUT", "/").body("put").text(handler)).isEqualTo("put1");
    assertThat(WireCall.of("GET", "/").text(handler)).isEqualTo("2");
  }

  @Test
  void openfaas_case_29_headers_areFoundInAnyCase() {
    FunctionHandle handler =
        deploy(
            """
            res.setBody(req.getHeader("X-Call-Id") + req.getHeader("X-call-id")
                + req.getHeaders().get("x-call-id") + req.getHeader("absent"));
            """);

    assertThat(
            WireCall.of("GET", "/").header("x-Call-Id", "1").header("x-Call-Id", "2").text(handler))
        .isEqualTo("111null");
  }

  @Test
  void openfaas_case_30_exceptionsAndNulls_failTheCallAndNothingElse() {
    FunctionHandle handler =
        deploy(
            """
            switch (req.getBody()) {
              case "throw": throw new IllegalStateException("boom");
              case "error": throw new StackOverflowError("deep");
              case "null": return null;
              case "body": res.setBody(null); break;
              case "status": res.setStatusCode(7); break;
              default: res.setBody("fine");
            }
            """);

    assertThat(failure(handler, "throw")).isInstanceOf(IllegalStateException.class);
    assertThat(failure(handler, "error")).isInstanceOf(StackOverflowError.class);
    assertThat(failure(handler, "null"))
        .hasMessage("com.openfaas.function.Handler::Handle returned null; return an IResponse");
    assertThat(failure(handler, "body"))
        .hasMessageContaining("Handler::Handle")
        .hasMessageContaining("body is null");
    assertThat(failure(handler, "status")).hasMessageContaining("status is 7");
    assertThat(WireCall.post("").text(handler)).isEqualTo("fine");
  }

  @Test
  void openfaas_case_31_handlerOfTheInterfaceAlone_isServed() {
    FunctionHandle handler =
        hearth.deploy("f", spec(jar("implements IHandler", "res.setBody(\"I\");").build("i.jar")));

    assertThat(WireCall.of("GET", "/").text(handler)).isEqualTo("I");
    assertThat(handler.signature()).isEqualTo("com.openfaas.model.IHandler");
  }

  @Test
  void handle_nullContentType_isNone() {
    FunctionHandle handler = deploy("res.setContentType(null);");

    assertThat(WireCall.of("GET", "/").reply(handler).headers()).isEmpty();
  }

  @Test
  void handle_urlThatIsNotEncoded_isRefused() {
    FunctionHandle handler = deploy("");

    assertThat(WireCall.of("GET", "/?a=%zz").outcome(handler)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void deploy_archiveBringsTheModel_itsOwnIsUsed() {
    String own =
        """
        package com.openfaas.model;
        public class Response implements IResponse {
          public String getBody() { return "own"; }
          public void setBody(String b) {}
          public String getHeader(String h) { return null; }
          public void setHeader(String h, String v) {}
          public java.util.Map<String, String> getHeaders() { return java.util.Map.of(); }
          public void setContentType(String t) {}
          public String getContentType() { return ""; }
          public void setStatusCode(int s) {}
          public int getStatusCode() { return 200; }
        }
        """;
    FunctionHandle fat =
        hearth.deploy(
            "fat",
            spec(
                jar("extends AbstractHandler", "res.setBody(\"provided\");")
                    .source("com.openfaas.model.Response", own)
                    .library(MODEL)
                    .buildFat("fat.jar")));
    FunctionHandle thin = deploy("res.setBody(\"provided\");");

    assertThat(WireCall.post("").text(fat)).isEqualTo("own");
    assertThat(WireCall.post("").text(thin)).isEqualTo("provided");
  }

  private FunctionHandle deploy(String body) {
    return hearth.deploy("f", spec(jar("extends AbstractHandler", body).build("f.jar")));
  }

  private TestJar jar(String supertype, String body) {
    return TestJar.of(directory)
        .source("com.openfaas.function.Handler", HANDLER.formatted(supertype, body))
        .compileOnly(MODEL);
  }

  private static FunctionSpec spec(Path jar) {
    return FunctionSpec.of(jar);
  }

  private static Throwable failure(FunctionHandle handler, String body) {
    Outcome<?> outcome = WireCall.post(body).outcome(handler);
    assertThat(outcome).isInstanceOf(Outcome.Threw.class);
    return ((Outcome.Threw<?>) outcome).cause();
  }

  private static String text(Reply<byte[]> reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }
}
