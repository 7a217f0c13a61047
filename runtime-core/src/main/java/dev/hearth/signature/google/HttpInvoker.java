package dev.hearth.signature.google;

import com.google.cloud.functions.HttpFunction;
import dev.hearth.function.Context;
import dev.hearth.function.Lifecycle;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls an {@link HttpFunction}. */
final class HttpInvoker implements Invoker {

  private final HttpFunction function;

  HttpInvoker(HttpFunction function) {
    this.function = function;
  }

  private record Message(GoogleRequest request, GoogleResponse response) {}

  @Override
  public boolean accepts(@Nullable Object input) {
    return false;
  }

  @Override
  public Object read(Exchange exchange) throws InputException {
    return new Message(
        GoogleRequest.of(exchange.request()), new GoogleResponse(exchange.response()));
  }

  @Override
  public @Nullable Object call(@Nullable Object input, Context context) throws Exception {
    if (!(input instanceof Message message)) {
      throw new IllegalArgumentException("an HttpFunction takes requests only");
    }
    function.service(message.request, message.response);
    message.response.complete();
    return null;
  }

  @Override
  public void write(@Nullable Object result, Exchange exchange) {
    // The function wrote what there is.
  }

  @Override
  public List<Lifecycle> hooks() {
    return InstanceFactory.hooks(function);
  }

  @Override
  public void close() throws Exception {
    InstanceFactory.close(function);
  }
}
