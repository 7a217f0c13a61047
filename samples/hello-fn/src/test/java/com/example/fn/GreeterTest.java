package com.example.fn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Reply;
import dev.hearth.invoke.Outcome;
import dev.hearth.testing.WireCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The compiled sample, as an embedding service would run it: with the API alone beside it. */
@Timeout(60)
final class GreeterTest {

  private static final Path CLASSES =
      Path.of(System.getProperty("hearth.root"), "samples", "hello-fn", "target", "classes");

  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  private FunctionHandle deploy(String method) {
    return hearth.deploy(
        method,
        FunctionSpec.builder(CLASSES)
            .handler("com.example.fn.Greeter::" + method)
            .env("GREETING", "Moin")
            .build());
  }

  @Test
  void greet_text_isGreetedAsConfigured() {
    FunctionHandle greet = deploy("greet");

    assertThat(WireCall.post("Jöran").text(greet)).isEqualTo("Moin, Jöran!");
    assertThat(WireCall.post("").text(greet)).isEqualTo("Moin, world!");
    assertThat(greet.signature()).isEqualTo("Fn function");
  }

  @Test
  void welcome_json_isBoundBothWays_andAnErrorEndsItsCallAlone() {
    FunctionHandle welcome = deploy("welcome");

    Reply<byte[]> reply = WireCall.post("{\"name\":\"Ada\",\"visits\":2}").reply(welcome);
    Outcome<?> failed = WireCall.post("{\"visits\":2}").outcome(welcome);

    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"text\":\"Moin, Ada!\",\"regular\":true}");
    assertThat(reply.headers()).containsEntry("Content-Type", List.of("application/json"));
    assertThat(((Outcome.Threw<?>) failed).cause()).hasMessage("a visitor has a name");
    assertThat(WireCall.post("{\"name\":\"Ada\"}").text(welcome)).contains("\"regular\":false");
  }

  @Test
  void redirect_behindATrigger_andWithoutFn_isARedirection() {
    FunctionHandle redirect = deploy("redirect");

    Reply<byte[]> toFn =
        WireCall.post("")
            .header("Fn-Call-Id", "c1")
            .header("Fn-Http-Request-Url", "http://example.com/t/hello?name=Ada")
            .reply(redirect);
    Reply<byte[]> toClient = WireCall.of("GET", "/hello?name=Ada").reply(redirect);

    assertThat(toFn.status()).isEqualTo(200);
    assertThat(toFn.headers())
        .containsEntry("Fn-Http-Status", List.of("302"))
        .containsEntry("Fn-Http-H-Location", List.of("/people/Ada"));
    assertThat(toClient.status()).isEqualTo(302);
    assertThat(toClient.headers()).containsEntry("Location", List.of("/people/Ada"));
  }

  @Test
  void refuse_event_isAnsweredWithItsStatus() {
    Reply<byte[]> reply = WireCall.post("").reply(deploy("refuse"));

    assertThat(reply.status()).isEqualTo(502);
    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .isEqualTo("refuse greets nobody today");
  }
}
