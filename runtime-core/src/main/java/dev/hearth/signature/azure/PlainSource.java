package dev.hearth.signature.azure;

import com.microsoft.azure.functions.RetryContext;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Context;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.InputException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that comes without an envelope: the HTTP trigger's, or one whose body is what another trigger would bring. Input bindings
 * have nothing in it.
 */
final class PlainSource implements Source {

  private static final String PREFIX = "azure.route-prefix";

  private final Declaration trigger;
  private final HttpMessage message;

  private PlainSource(Declaration trigger, HttpMessage message) {
    this.trigger = trigger;
    this.message = message;
  }

  /**
   * Takes what a function may ask for out of a request.
   *
   * @param call tells what may stand before the route in the path
   */
  static PlainSource of(Message request, Function function, Context call) {
    String prefix = call.attributes().getOrDefault(PREFIX, "api");
    String[] before = {prefix, function.name(), call.environment().function()};
    return new PlainSource(
        function.trigger(),
        new HttpMessage(
            request.url(),
            request.method,
            request.headers,
            Query.parameters(request.query),
            function.route().parameters(request.path, before),
            request.body));
  }

  @Override
  public @Nullable Object data(Declaration binding, Type type) throws InputException {
    if (!binding.isTrigger()) {
      return Values.absent(
          type, "input binding '" + binding.name() + "' is not part of a plain request and so");
    }
    return trigger.isHttp() ? message.as(type) : body(type);
  }

  /** The body as what another trigger than HTTP's brings. */
  private @Nullable Object body(Type type) throws InputException {
    Class<?> raw = Generics.raw(type);
    if (raw == Optional.class) {
      boolean isEmpty = message.body().length == 0;
      return isEmpty ? Optional.empty() : Optional.ofNullable(body(Generics.argument(type, 0)));
    }
    if (raw == byte[].class) {
      return message.body();
    }
    if (message.body().length == 0) {
      return raw == String.class ? "" : Values.absent(type, "the body");
    }
    return Values.of(JsonText.print(message.text()), type, "the body");
  }

  @Override
  public @Nullable Object metadata(String key, Type type) throws InputException {
    return ofRequest(message, trigger, key, type);
  }

  /** What a request knows under a key: parameters of the route, then of the query, then members of a JSON body. */
  static @Nullable Object ofRequest(HttpMessage message, Declaration trigger, String key, Type type)
      throws InputException {
    String what = "metadata '" + key + "'";
    if (trigger.isHttp() && (key.equals(trigger.name()) || key.equals("$request"))) {
      return message.as(type);
    }
    String text = ignoringCase(message.parameters(), key);
    text = text == null ? ignoringCase(message.query(), key) : text;
    if (text != null) {
      return Values.of(JsonText.print(text), type, what);
    }
    if (key.equals("Query") || key.equals("Headers")) {
      return Values.of(key.equals("Query") ? message.query() : message.headers(), type, what);
    }
    return Values.of(member(message, key), type, what);
  }

  private static @Nullable String ignoringCase(Map<String, String> map, String key) {
    for (Map.Entry<String, String> entry : map.entrySet()) {
      if (entry.getKey().equalsIgnoreCase(key)) {
        return entry.getValue();
      }
    }
    return null;
  }

  private static @Nullable Object member(HttpMessage message, String key) {
    if (!message.contentType().isJson()) {
      return null;
    }
    try {
      Object body = JsonText.parse(message.text());
      Object member = body instanceof Map<?, ?> members ? members.get(key) : null;
      return member instanceof String text ? JsonText.print(text) : member;
    } catch (InputException e) {
      return null; // that it is no JSON is told where the body itself is asked for
    }
  }

  @Override
  public @Nullable String text(String binding) {
    return !trigger.isHttp() && binding.equals(trigger.name()) ? message.text() : null;
  }

  @Override
  public @Nullable HttpMessage http() {
    return trigger.isHttp() ? message : null;
  }

  @Override
  public RetryContext retry() {
    return Retry.NONE;
  }
}
