package dev.hearth.signature.google;

import dev.hearth.function.Lifecycle;
import dev.hearth.function.Request;
import dev.hearth.signature.cloudevents.CloudEvents;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import dev.hearth.signature.web.HeaderParameters;
import io.cloudevents.CloudEvent;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a function the event that a request holds, in the form that the function takes. */
abstract class EventInvoker implements Invoker {

  private final Object handler;

  EventInvoker(Object handler) {
    this.handler = handler;
  }

  /**
   * What the function is given for a CloudEvent.
   *
   * @throws InputException if it cannot be converted
   */
  abstract Object of(CloudEvent event) throws InputException;

  /**
   * What the function is given for a legacy event.
   *
   * @throws InputException if it cannot be converted
   */
  abstract Object of(LegacyEvent event) throws InputException;

  @Override
  public boolean accepts(@Nullable Object input) {
    return false;
  }

  @Override
  public final Object read(Exchange exchange) throws InputException {
    Request request = exchange.request();
    if (CloudEvents.isEvent(request)) {
      return of(CloudEvents.read(request));
    }
    return of(LegacyEvent.parse(new String(CloudEvents.body(request), charset(request))));
  }

  private static Charset charset(Request request) throws InputException {
    String name = HeaderParameters.get(request.contentType().orElse(null), "charset");
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw InputException.unsupportedType("the charset of the body is not known; send UTF-8");
    }
  }

  @Override
  public final void write(@Nullable Object result, Exchange exchange) {
    // Nobody answers an event.
  }

  @Override
  public final List<Lifecycle> hooks() {
    return InstanceFactory.hooks(handler);
  }

  @Override
  public final void close() throws Exception {
    InstanceFactory.close(handler);
  }
}
