package dev.hearth.signature.funqy;

import dev.hearth.function.Request;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.web.Fields;
import dev.hearth.signature.web.Paths;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a request calls and with what: plain Funqy HTTP (Quarkus' guide to Funqy's HTTP binding) or an event (its guide to
 * Knative events).
 */
final class CallReader {

  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";
  private static final String ALLOWED = "GET, POST";

  private final Catalogue catalogue;
  private final Json json;
  private final String root;

  CallReader(Catalogue catalogue, Json json, String root) {
    this.catalogue = catalogue;
    this.json = json;
    this.root = root;
  }

  FunqyCall read(Exchange exchange) throws InputException {
    Request request = exchange.request();
    String type = request.contentType().orElse("");
    if (type.startsWith(BATCH)) {
      throw InputException.of(406, "events are taken one by one, not in batches");
    }
    boolean structured = type.startsWith(STRUCTURED);
    if (structured || request.headers().first("ce-id").isPresent()) {
      return event(
          structured
              ? EventMessage.structured(body(request), json)
              : EventMessage.binary(request, body(request)));
    }
    return plain(exchange);
  }

  private FunqyCall plain(Exchange exchange) throws InputException {
    Request request = exchange.request();
    FunqyFunction function = catalogue.byPath(Paths.of(exchange, root));
    if (function.isForEventsOnly()) {
      throw InputException.malformed(
          "function '" + function.name() + "' takes CloudEvents; this is none", null);
    }
    return new FunqyCall(function, input(function, request), null, null);
  }

  private @Nullable Object input(FunqyFunction function, Request request) throws InputException {
    Type type = function.input();
    if (request.method().equals("GET")) {
      return function.takes() ? QueryMapper.read(Fields.parse(request.query()), type) : null;
    }
    if (request.method().equals("POST")) {
      byte[] body = body(request);
      return function.takes() ? value(body, type) : null;
    }
    throw InputException.methodNotAllowed(
        "method " + request.method() + " is not allowed; use one of " + ALLOWED, ALLOWED);
  }

  private @Nullable Object value(byte[] body, Type type) throws InputException {
    Object value =
        body.length == 0 ? null : json.read(new String(body, StandardCharsets.UTF_8), type);
    if (value == null && Generics.raw(type).isPrimitive()) {
      throw InputException.malformed(
          "the function takes a " + type.getTypeName() + ", and the body holds none", null);
    }
    return value;
  }

  private FunqyCall event(EventMessage message) throws InputException {
    FunqyFunction function = catalogue.byEvent(message);
    Object data = function.input() == void.class ? null : message.data(function.input(), json);
    Object event = new ReceivedEvent(message, data);
    return new FunqyCall(function, function.takesEvent() ? event : data, event, message);
  }

  private static byte[] body(Request request) throws InputException {
    try {
      return request.bytes();
    } catch (IOException e) {
      throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
    }
  }
}
