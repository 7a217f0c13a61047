package dev.hearth.signature.spring;

import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.web.Multipart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.cloud.function.context.catalog.SimpleFunctionRegistry.FunctionInvocationWrapper;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.util.LinkedMultiValueMap;
import reactor.core.publisher.Flux;

/** A function as Spring's catalogue gives it, which converts what it takes. */
final class CatalogBean implements Bean {

  private final FunctionInvocationWrapper function;

  CatalogBean(FunctionInvocationWrapper function) {
    this.function = function;
    if (function.isRoutingFunction()) {
      function.setSkipOutputConversion(true);
    }
  }

  @Override
  public String definition() {
    return function.getFunctionDefinition();
  }

  @Override
  public Kind kind() {
    return function.isSupplier()
        ? Kind.SUPPLIER
        : function.isConsumer() ? Kind.CONSUMER : Kind.FUNCTION;
  }

  @Override
  public @Nullable Object call(Envelope message, boolean asStream) throws Throwable {
    Object result = function.apply(input(message));
    if (kind() == Kind.CONSUMER) {
      // What a reactive consumer gives is its promise to have consumed.
      return result instanceof Publisher<?> promise ? Flux.from(promise).then().toFuture() : null;
    }
    Object settled = Reactive.settled(result, asStream);
    if (settled instanceof Many many) {
      return asStream ? new Many(new Unwrapping(many.items())) : many(many.items());
    }
    if (settled instanceof java.util.concurrent.CompletionStage<?> stage) {
      return stage.thenApply(CatalogBean::plain);
    }
    return plain(settled);
  }

  private Object input(Envelope message) throws InputException {
    Object payload = message.payload();
    if (payload instanceof Incoming.Files files) {
      List<Message<Object>> messages = new ArrayList<>();
      for (Multipart.Part part : files.parts()) {
        messages.add(message(new UploadedFile(part), message.headers()));
      }
      return Flux.fromIterable(messages);
    }
    Map<String, Object> headers = new LinkedHashMap<>(message.headers());
    if (kind() == Kind.CONSUMER) {
      // By this header the catalogue tells what came over HTTP, where consumers are given arrays
      // element by element.
      headers.putIfAbsent("user-agent", "");
    }
    return message(value(payload), headers);
  }

  private static Object value(@Nullable Object payload) throws InputException {
    if (payload instanceof Body body) {
      return body.isText() ? body.text() : body.bytes();
    }
    return payload instanceof Incoming.Form form
        ? new LinkedMultiValueMap<>(form.fields())
        : String.valueOf(payload);
  }

  private static Message<Object> message(Object payload, Map<String, Object> headers) {
    return MessageBuilder.withPayload(payload).copyHeaders(headers).build();
  }

  /** Takes messages apart, and lists of them. */
  private static @Nullable Object plain(@Nullable Object result) {
    if (result instanceof Many many) {
      return many(many.items());
    }
    if (result instanceof Message<?> message) {
      return Messages.unwrap(message);
    }
    return result instanceof List<?> list && holdsMessages(list) ? many(list) : result;
  }

  private static boolean holdsMessages(List<?> list) {
    return !list.isEmpty() && list.get(0) instanceof Message;
  }

  private static Many many(Iterable<?> items) {
    List<@Nullable Object> plain = new ArrayList<>();
    for (Object item : items) {
      plain.add(plain(item));
    }
    return new Many(plain);
  }

  /** Items taken apart as they come. */
  private record Unwrapping(Iterable<?> items) implements Iterable<@Nullable Object> {
    @Override
    public java.util.Iterator<@Nullable Object> iterator() {
      java.util.Iterator<?> source = items.iterator();
      return new java.util.Iterator<>() {
        @Override
        public boolean hasNext() {
          return source.hasNext();
        }

        @Override
        public @Nullable Object next() {
          return plain(source.next());
        }
      };
    }
  }
}
