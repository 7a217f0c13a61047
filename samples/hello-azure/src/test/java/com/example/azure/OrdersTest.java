package com.example.azure;

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

@Timeout(60)
final class OrdersTest {

  private static final Path ARCHIVE = Path.of(System.getProperty("basedir"), "target", "classes");

  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  private FunctionHandle deploy(String function) {
    return hearth.deploy(function, FunctionSpec.builder(ARCHIVE).handler(function).build());
  }

  private static String text(Reply<byte[]> reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  /** A call as the Azure host makes it of a custom handler. */
  private static WireCall envelope(String text) {
    return WireCall.of("POST", "/any").attribute("azure.envelope", "default").body(text);
  }

  @Test
  void hello_byHttp_greetsOrRefuses() {
    FunctionHandle hello = deploy("hello");

    Reply<byte[]> greeted = WireCall.of("GET", "/api/hello?name=Ada").id("7").reply(hello);

    assertThat(text(greeted)).isEqualTo("Hello, Ada");
    assertThat(greeted.headers()).containsEntry("X-Invocation", List.of("7"));
    assertThat(WireCall.post("Bob").text(hello)).isEqualTo("Hello, Bob");
    assertThat(WireCall.of("GET", "/api/hello").reply(hello).status()).isEqualTo(400);
  }

  @Test
  void order_byHttp_isAnsweredWithWhatWasQueued() {
    FunctionHandle order = deploy("order");

    Reply<byte[]> placed =
        WireCall.of("POST", "/api/orders/ada")
            .id("7")
            .body("{\"item\":\"pen\",\"count\":2}")
            .reply(order);

    assertThat(placed.status()).isEqualTo(201);
    assertThat(placed.headers())
        .containsEntry("Location", List.of("/api/orders/ada/7"))
        .containsEntry("Content-Type", List.of("application/json"));
    assertThat(text(placed)).isEqualTo("{\"customer\":\"ada\",\"item\":\"pen\",\"count\":2}");
    assertThat(WireCall.of("POST", "/api/orders/ada").reply(order).status()).isEqualTo(422);
  }

  @Test
  void order_byEnvelope_putsTheOrderIntoTheQueuesOutput() {
    String answer =
        envelope(
                """
                {"Data": {"req": {"Url": "http://h/api/orders/ada", "Method": "POST", "Query": {},
                  "Headers": {"Content-Type": ["application/json"]}, "Params": {"customer": "ada"},
                  "Body": "{\\"item\\":\\"pen\\",\\"count\\":2}"}},
                 "Metadata": {"customer": "\\"ada\\""}}
                """)
            .id("7")
            .text(deploy("order"));

    assertThat(answer)
        .startsWith(
            "{\"Outputs\":{\"placed\":{\"customer\":\"ada\",\"item\":\"pen\",\"count\":2}},"
                + "\"Logs\":[\"queued 2 pen for ada\"],\"ReturnValue\":{\"statusCode\":\"201\"");
  }

  @Test
  void ship_byEnvelope_returnsItsMessageOrFails() {
    FunctionHandle ship = deploy("ship");
    String message =
        "{\"Data\":{\"order\":{\"item\":\"pen\",\"count\":%s,\"customer\":\"ada\"}},\"Metadata\":{\"DequeueCount\":\"3\"}}";

    assertThat(envelope(message.formatted(2)).text(ship))
        .isEqualTo(
            "{\"Outputs\":{},\"Logs\":[\"shipping, try 3\"],\"ReturnValue\":\"2 pen to ada\"}");
    assertThat(envelope(message.formatted(0)).outcome(ship))
        .isInstanceOfSatisfying(
            Outcome.Threw.class,
            threw -> assertThat(threw.cause()).hasMessage("an order for 0 pen"));
  }
}
