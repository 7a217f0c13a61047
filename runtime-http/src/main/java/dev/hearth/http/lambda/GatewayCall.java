package dev.hearth.http.lambda;

import dev.hearth.FunctionHandle;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.gateway.EventRequest;
import dev.hearth.gateway.ResultWriter;
import dev.hearth.signature.spi.InputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's event, called as the HTTP request that it tells of: for functions that know HTTP and no events. Not thread-safe.
 *
 * <p>The function is given {@link #request} as a client's own ({@link dev.hearth.signature.spi.Exchange#isHttp}); its response becomes
 * the result that the gateway makes a response of.
 */
public final class GatewayCall {

  private static final String CONTEXT = "\"requestContext\"";
  private static final String RESOURCE = "\"resource\"";

  private final EventRequest request;

  private GatewayCall(EventRequest request) {
    this.request = request;
  }

  /**
   * Reads an event for a function.
   *
   * @return null if the function takes events as they come, or this is none of a gateway's
   */
  public static @Nullable GatewayCall of(FunctionHandle function, byte[] event) {
    if (function.takesEvents()) {
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

  /** The request. */
  public Request request() {
    return request;
  }

  /**
   * The result for what a function answered.
   *
   * @param response its status and headers
   * @param body what it wrote
   * @param nothing whether it gave nothing, so that it means 204 where it set no status
   */
  public byte[] result(Response response, byte[] body, boolean nothing) {
    int status = response.status() == 0 ? (nothing ? 204 : 200) : response.status();
    return result(status, response.headers(), body);
  }

  /** The result for a request that does not fit the function. */
  public byte[] refused(InputException refusal) {
    String body = JsonText.print(Map.of("error", String.valueOf(refusal.getMessage())));
    return result(
        refusal.status(), new Refusal(refusal.allow()), body.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] result(int status, Headers headers, byte[] body) {
    return ResultWriter.write(request.format(), status, headers, body)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The header lines of a refusal. */
  private record Refusal(@Nullable String allow) implements Headers {
    @Override
    public Optional<String> first(String name) {
      return all(name).stream().findFirst();
    }

    @Override
    public List<String> all(String name) {
      for (Map.Entry<String, List<String>> line : asMap().entrySet()) {
        if (line.getKey().equalsIgnoreCase(name)) {
          return line.getValue();
        }
      }
      return List.of();
    }

    @Override
    public Set<String> names() {
      return asMap().keySet();
    }

    @Override
    public Map<String, List<String>> asMap() {
      List<String> json = List.of("application/json");
      return allow == null
          ? Map.of("Content-Type", json)
          : Map.of("Content-Type", json, "Allow", List.of(allow));
    }
  }
}
