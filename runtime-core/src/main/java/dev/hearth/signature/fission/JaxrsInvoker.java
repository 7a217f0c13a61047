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
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.ws.rs.WebApplicationException;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.core.GenericEntity;
import javax.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;

/** Calls one handler with JAX-RS types. */
final class JaxrsInvoker implements Invoker {

  private final Object handler;
  private final BoundMethod method;
  private final Codec codec;

  JaxrsInvoker(Object handler, MethodCall method, Codec codec) {
    this.handler = handler;
    this.method = method.on(handler);
    this.codec = codec;
  }

  @Override
  public boolean accepts(@Nullable Object input) {
    return input instanceof ContainerRequestContext;
  }

  @Override
  public Object read(Exchange exchange) {
    return new JaxrsRequest(exchange.request());
  }

  @Override
  public @Nullable Object call(@Nullable Object input, Context context) throws Throwable {
    try {
      return method.call(input, null); // Fission passes no context either
    } catch (WebApplicationException e) {
      return e.getResponse(); // the exception is a way to answer
    }
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange) throws Exception {
    if (!(result instanceof javax.ws.rs.core.Response answer)) {
      codec.write(result, exchange.response());
      return;
    }
    Response response = exchange.response();
    try {
      response.status(answer.getStatus());
      for (Map.Entry<String, List<String>> header : answer.getStringHeaders().entrySet()) {
        for (String value : header.getValue()) {
          response.addHeader(header.getKey(), value);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new OutputException("the function's response cannot be sent: " + e.getMessage(), e);
    }
    writeEntity(answer.getEntity(), response);
  }

  private void writeEntity(@Nullable Object entity, Response response)
      throws OutputException, IOException {
    if (entity instanceof StreamingOutput stream) {
      stream.write(response.body());
    } else if (entity instanceof GenericEntity<?> generic) {
      writeEntity(generic.getEntity(), response);
    } else if (entity instanceof File file) {
      codec.write(new FileInputStream(file), response);
    } else if (entity != null && isText(response)) {
      codec.write(isTextual(entity) ? entity : entity.toString(), response);
    } else {
      codec.write(entity, response);
    }
  }

  private static boolean isText(Response response) {
    return response.headers().first("content-type").orElse("").startsWith("text/");
  }

  private static boolean isTextual(Object entity) {
    return entity instanceof CharSequence
        || entity instanceof byte[]
        || entity instanceof java.io.InputStream;
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
