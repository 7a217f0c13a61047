package dev.hearth.signature.openfaas;

import com.openfaas.model.IHandler;
import com.openfaas.model.IRequest;
import com.openfaas.model.IResponse;
import dev.hearth.function.Context;
import dev.hearth.function.Lifecycle;
import dev.hearth.function.Response;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls one handler. */
final class HandlerInvoker implements Invoker {

  private final String name;
  private final IHandler handler;

  HandlerInvoker(String name, IHandler handler) {
    this.name = name;
    this.handler = handler;
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return input instanceof IRequest;
  }

  @Override
  public Object read(Exchange exchange) throws Exception {
    return CallRequest.of(exchange.request());
  }

  @Override
  @SuppressWarnings("NullAway") // Hearth calls with what accepts or read gave it
  public Object call(@Nullable Object input, Context context) throws Exception {
    IResponse response = handler.Handle((IRequest) input);
    if (response == null) {
      throw new OutputException(name + "::Handle returned null; return an IResponse", null);
    }
    return response;
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange)
      throws OutputException, IOException {
    if (result == null) {
      return;
    }
    IResponse answer = (IResponse) result;
    String body = answer.getBody();
    if (body == null) {
      throw new OutputException(
          name + "::Handle returned a response whose body is null; set it, to \"\" for none", null);
    }
    try {
      writeHead(answer, exchange.response());
    } catch (IllegalArgumentException e) {
      throw new OutputException(
          name + "::Handle returned a response that cannot be sent: " + e.getMessage(), e);
    }
    exchange.response().body().write(body.getBytes(StandardCharsets.UTF_8));
  }

  private static void writeHead(IResponse answer, Response response) {
    response.status(answer.getStatusCode());
    String contentType = answer.getContentType();
    if (contentType != null && !contentType.isEmpty()) {
      response.header("Content-Type", contentType);
    }
    for (Map.Entry<String, String> header : answer.getHeaders().entrySet()) {
      response.header(header.getKey(), header.getValue());
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
