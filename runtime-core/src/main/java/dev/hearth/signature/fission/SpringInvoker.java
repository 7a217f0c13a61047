package dev.hearth.signature.fission;

import dev.hearth.function.Context;
import dev.hearth.function.Lifecycle;
import dev.hearth.function.Response;
import dev.hearth.signature.spi.BoundMethod;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.spi.MethodCall;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpEntity;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;

/** Calls one handler with Spring's types. */
final class SpringInvoker implements Invoker {

  private final Object handler;
  private final BoundMethod method;
  private final RequestEntities requests;
  private final Codec codec;

  SpringInvoker(Object handler, MethodCall method, RequestEntities requests, Codec codec) {
    this.handler = handler;
    this.method = method.on(handler);
    this.requests = requests;
    this.codec = codec;
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return input instanceof RequestEntity;
  }

  @Override
  public Object read(Exchange exchange) throws Exception {
    return requests.of(exchange.request());
  }

  @Override
  public @Nullable Object call(@Nullable Object input, Context context) throws Throwable {
    return method.call(input, null); // Fission passes no context either
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange) throws Exception {
    if (!(result instanceof HttpEntity<?> entity)) {
      codec.write(result, exchange.response());
      return;
    }
    Response response = exchange.response();
    try {
      if (entity instanceof ResponseEntity<?> answer) {
        response.status(SpringStatus.of(answer));
      }
      entity
          .getHeaders()
          .forEach((name, values) -> values.forEach(v -> response.addHeader(name, v)));
    } catch (IllegalArgumentException e) {
      throw new OutputException("the function's response cannot be sent: " + e.getMessage(), e);
    }
    writeBody(entity.getBody(), response);
  }

  private void writeBody(@Nullable Object body, Response response)
      throws OutputException, IOException {
    codec.write(body instanceof Resource resource ? resource.getInputStream() : body, response);
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
