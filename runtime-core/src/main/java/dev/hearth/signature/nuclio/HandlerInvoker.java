package dev.hearth.signature.nuclio;

import dev.hearth.function.Context;
import dev.hearth.function.Lifecycle;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import io.nuclio.Event;
import io.nuclio.EventHandler;
import io.nuclio.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls one handler. */
final class HandlerInvoker implements Invoker {

  private static final String WORKER = "nuclio.worker-id";

  private final String name;
  private final EventHandler handler;
  private final Json json;

  HandlerInvoker(String name, EventHandler handler, Json json) {
    this.name = name;
    this.handler = handler;
    this.json = json;
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return input instanceof Event;
  }

  @Override
  public Object read(Exchange exchange) throws Exception {
    return Message.of(exchange.request());
  }

  @Override
  @SuppressWarnings("NullAway") // Hearth calls with what accepts or read gave it
  public Object call(@Nullable Object input, Context context) throws Exception {
    Event event =
        input instanceof Message message ? new CallEvent(message, context, json) : (Event) input;
    String worker = context.attributes().getOrDefault(WORKER, "0");
    Response response = handler.handleEvent(new CallContext(context.log(), worker), event);
    if (response == null) {
      throw new OutputException(name + "::handleEvent returned null; return a Response", null);
    }
    return response;
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange)
      throws OutputException, IOException {
    if (result == null) {
      return;
    }
    Response answer = (Response) result;
    try {
      writeHead(answer, exchange.response());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new OutputException(
          name + "::handleEvent returned a response that cannot be sent: " + e.getMessage(), e);
    }
    byte[] body = answer.getBody();
    if (body != null) {
      exchange.response().body().write(body);
    }
  }

  private static void writeHead(Response answer, dev.hearth.function.Response response) {
    if (answer.getStatusCode() != 0) {
      response.status(Math.toIntExact(answer.getStatusCode()));
    }
    String contentType = answer.getContentType();
    if (contentType != null && !contentType.isEmpty()) {
      response.header("Content-Type", contentType);
    }
    Map<String, Object> headers = answer.getHeaders();
    if (headers != null) {
      for (Map.Entry<String, Object> header : headers.entrySet()) {
        if (header.getValue() != null) {
          response.header(header.getKey(), header.getValue().toString());
        }
      }
    }
  }

  @Override
  public List<Lifecycle> hooks() {
    return InstanceFactory.hooks(handler);
  }

  @Override
  public void close() throws Exception {
    InstanceFactory.close(handler);
  }
}
