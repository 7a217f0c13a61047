package dev.hearth.http.contract.emulator;

import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.lambda.GatewayCall;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.Exchange;
import org.jspecify.annotations.Nullable;

/** A payload as a function meets it: a POST of it to {@code /}, or the request that a gateway's event tells of. */
final class PayloadExchange implements Exchange {

  private static final String JSON = "application/json";

  private final Request request;
  private final Response response;
  private final boolean http;

  PayloadExchange(byte[] payload, @Nullable GatewayCall gateway, Response response) {
    this.request =
        gateway == null ? MemoryExchange.post(payload, JSON).request() : gateway.request();
    this.response = response;
    this.http = gateway != null;
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public Response response() {
    return response;
  }

  @Override
  public boolean isHttp() {
    return http;
  }
}
