package dev.hearth.http.lambda;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.gateway.EventRequest;
import dev.hearth.gateway.ResultWriter;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.ErrorBody;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Shape;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's event, called as the HTTP request that it tells of: for functions that handle requests and know no events. Not thread-safe.
 *
 * <p>The function is given {@link #request} as a client's own ({@link dev.hearth.signature.spi.Exchange#isHttp}); its response becomes
 * the result that the gateway makes a response of.
 */
public final class GatewayCall {

  private static final String CONTEXT = "\"requestContext\"";
  private static final String RESOURCE = "\"resource\"";
  private static final String JSON = "application/json";
  private static final byte[] NOTHING = {};

  private final EventRequest request;

  private GatewayCall(EventRequest request) {
    this.request = request;
  }

  /**
   * Reads an event for a function.
   *
   * @return null if the function does not handle requests, or takes events as they come, or this is none of a gateway's
   */
  public static @Nullable GatewayCall of(FunctionHandle function, byte[] event) {
    if (!handlesRequests(function)) {
      return null;
    }
    String text = new String(event, StandardCharsets.UTF_8);
    if (!text.contains(CONTEXT) && !text.contains(RESOURCE)) {
      return null; // what most events are is not parsed for nothing
    }
    try {
      EventRequest request = EventRequest.of(text);
      return request == null ? null : new GatewayCall(request);
    } catch (InputException e) {
      return null; // then the function sees for itself what is wrong with it
    }
  }

  private static boolean handlesRequests(FunctionHandle function) {
    try {
      return function.shape() == Shape.EXCHANGE && !function.takesEvents();
    } catch (IllegalStateException e) {
      return false; // it is not deployed any more, as whoever calls it is told
    }
  }

  /** The request. */
  public Request request() {
    return request;
  }

  /**
   * The result for what a function answered.
   *
   * @param response its status and headers
   * @param body what it wrote
   */
  public byte[] result(Response response, byte[] body) {
    return result(response.status() == 0 ? 200 : response.status(), response.headers(), body);
  }

  /**
   * The result for a request that does not fit the function, which is answered as over HTTP.
   *
   * @param function its name
   */
  public byte[] refused(String function, Exception cause) {
    InputException refusal = cause instanceof InputException known ? known : null;
    int status = refusal == null ? 400 : refusal.status();
    Answer answer = ErrorBody.JSON.of(status, "function '" + function + "': " + cause.getMessage());
    Response head = MemoryExchange.post(NOTHING, JSON).response().header("Content-Type", JSON);
    String allow = refusal == null ? null : refusal.allow();
    return result(
        status, (allow == null ? head : head.header("Allow", allow)).headers(), answer.body());
  }

  private byte[] result(int status, Headers headers, byte[] body) {
    return ResultWriter.write(request.format(), status, headers, body)
        .getBytes(StandardCharsets.UTF_8);
  }
}
