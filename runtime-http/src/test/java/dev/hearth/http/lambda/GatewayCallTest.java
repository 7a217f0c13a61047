package dev.hearth.http.lambda;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Response;
import dev.hearth.gateway.EventFormat;
import dev.hearth.gateway.Facts;
import dev.hearth.http.testing.Functions;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.InputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GatewayCallTest {

  @TempDir Path directory;
  private Hearth hearth;
  private FunctionHandle echo;
  private FunctionHandle upper;

  @BeforeEach
  void deploy() {
    hearth = Hearth.builder().build();
    Path jar = Functions.jar(directory);
    echo = hearth.deploy("echo", FunctionSpec.builder(jar).handler("t.Echo").build());
    upper = hearth.deploy("upper", FunctionSpec.builder(jar).handler("t.Upper").build());
  }

  @AfterEach
  void close() {
    hearth.close();
  }

  private @Nullable GatewayCall call(String event) {
    return GatewayCall.of(echo, event.getBytes(StandardCharsets.UTF_8));
  }

  private static String event(EventFormat format) {
    MemoryExchange sent = MemoryExchange.post(new byte[] {'a'}, "text/plain");
    return format.event(sent.request(), new byte[] {'a'}, Facts.local("id", 0));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Test
  void of_gatewaysEvents_isTheRequestTheyTellOf() throws Exception {
    for (EventFormat format : EventFormat.values()) {
      GatewayCall call = requireNonNull(call(event(format)));

      assertThat(call.request().method()).isEqualTo("POST");
      assertThat(text(call.request().bytes())).isEqualTo("a");
    }
  }

  @Test
  void of_otherEvents_isNone() {
    assertThat(call("{\"Records\":[]}")).isNull();
    assertThat(call("{\"requestContext\":1}")).isNull();
    assertThat(call("{\"requestContext\":")).isNull();
    assertThat(call("{\"resource\":\"/x\"}")).isNull();
    byte[] gateways = event(EventFormat.REST).getBytes(StandardCharsets.UTF_8);
    assertThat(GatewayCall.of(upper, gateways)).as("a function of values").isNull();
  }

  @Test
  void result_status_isTheFunctionsOr200() {
    GatewayCall call = requireNonNull(call(event(EventFormat.HTTP_API)));
    Response response = MemoryExchange.post(new byte[0], "").response();

    assertThat(text(call.result(response, new byte[] {'b'})))
        .contains("\"statusCode\":200", "\"body\":\"b\"");
    response.status(418).header("x-pot", "tea");
    assertThat(text(call.result(response, new byte[0])))
        .contains("\"statusCode\":418", "\"x-pot\":\"tea\"");
  }

  @Test
  void refused_request_isAnsweredAsOverHttp() {
    GatewayCall call = requireNonNull(call(event(EventFormat.HTTP_API)));

    assertThat(text(call.refused("f", InputException.methodNotAllowed("no", "GET"))))
        .contains("\"statusCode\":405", "\"Allow\":\"GET\"")
        .contains("{\\\"error\\\":\\\"function 'f': no\\\"}");
    assertThat(text(call.refused("f", new IllegalArgumentException("bad"))))
        .contains("\"statusCode\":400");
  }
}
