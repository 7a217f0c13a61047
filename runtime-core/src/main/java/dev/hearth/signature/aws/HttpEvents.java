package dev.hearth.signature.aws;

import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.gateway.EventFormat;
import dev.hearth.gateway.Facts;
import dev.hearth.gateway.MalformedResultException;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.OutputException;
import dev.hearth.signature.spi.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for Amazon's gateway where a client calls a handler by HTTP: makes the gateway's event of the request, and a response
 * of what the handler gives.
 *
 * <p>Which gateway's follows from the event type that the handler takes. For one that takes a map, text or a stream, the function's
 * variable {@value #VARIABLE} says so: {@code 1.0} or {@code 2.0}, the gateway's payload format versions; without it the body is the event.
 */
record HttpEvents(EventFormat format) {

  static final String VARIABLE = "HEARTH_LAMBDA_HTTP_EVENT";

  /**
   * What is right for a handler.
   *
   * @return null if bodies of requests are events
   * @throws BindingException if the variable has another value
   */
  static @Nullable HttpEvents of(Entry entry, Target target) {
    EventFormat format =
        entry.input() == null ? null : EventFormat.ofType(Generics.raw(entry.input()).getName());
    if (format != null) {
      return new HttpEvents(format);
    }
    String asked = target.variables().get(VARIABLE);
    if (asked == null || asked.isEmpty()) {
      return null;
    }
    return switch (asked) {
      case "1.0" -> new HttpEvents(EventFormat.HTTP_API_1);
      case "2.0" -> new HttpEvents(EventFormat.FUNCTION_URL);
      default ->
          throw new BindingException(
              "variable " + VARIABLE + " is '" + asked + "'; it must be 1.0 or 2.0");
    };
  }

  /** The event for a request, as bytes of JSON. */
  byte[] event(Request request, byte[] body) {
    return format.event(request, body, facts()).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Makes the response of what the handler gave.
   *
   * @throws OutputException if the gateway could make none of it
   */
  void respond(String result, Response response) throws OutputException, IOException {
    try {
      format.response(result, facts()).writeTo(response);
    } catch (MalformedResultException | IllegalArgumentException e) {
      throw new OutputException(
          "no HTTP response can be made of what the handler gave: " + e.getMessage(), e);
    }
  }

  private static Facts facts() {
    String id = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return Facts.local(id, System.currentTimeMillis());
  }
}
