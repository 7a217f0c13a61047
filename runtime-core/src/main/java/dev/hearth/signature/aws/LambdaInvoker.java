package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.crac.Core;
import dev.hearth.function.Context;
import dev.hearth.function.Lifecycle;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.Freezable;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.InstanceFactory;
import dev.hearth.signature.spi.Invoker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What calls of values and of streams have in common: an event comes in as bytes, an answer is made in memory, so that a call which
 * fails half way has answered nothing. Only where the platform asks for it does a stream go out as it is written.
 */
abstract class LambdaInvoker implements Invoker, Freezable {

  final Entry entry;
  private final @Nullable Object handler;
  private final Entry.Call call;
  private final Platform platform;
  private final @Nullable HttpEvents http;

  LambdaInvoker(
      Entry entry, @Nullable Object handler, Platform platform, @Nullable HttpEvents http) {
    this.entry = entry;
    this.handler = handler;
    this.call = entry.way().on(handler);
    this.platform = platform;
    this.http = http;
  }

  /**
   * An event as it came.
   *
   * @param response for answers that go out as they are made
   */
  record Event(InputStream body, Response response) {}

  /**
   * An answer, complete.
   *
   * @param body null when it is written already
   */
  record Answer(@Nullable Buffer body, boolean json) {}

  @Override
  public final Object read(Exchange exchange) throws InputException {
    byte[] body = body(exchange.request());
    byte[] event = http != null && exchange.isHttp() ? http.event(exchange.request(), body) : body;
    return new Event(new ByteArrayInputStream(event), exchange.response());
  }

  private static byte[] body(Request request) throws InputException {
    try {
      return request.bytes();
    } catch (IOException e) {
      throw InputException.malformed("the event cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public final @Nullable Object call(@Nullable Object input, Context context) throws Throwable {
    LambdaContext lambda = platform.context(context);
    platform.enter(lambda);
    try {
      return input instanceof Event event ? answer(event, lambda) : direct(input, lambda);
    } finally {
      platform.leave();
    }
  }

  /** Handles an event. */
  abstract Answer answer(Event event, LambdaContext context) throws Throwable;

  /** Handles a value that {@link #accepts} took. */
  abstract @Nullable Object direct(@Nullable Object value, LambdaContext context) throws Throwable;

  final @Nullable Object enter(
      @Nullable Object value, InputStream in, OutputStream out, LambdaContext context)
      throws Throwable {
    return call.with(new Entry.Arguments(value, in, out, context));
  }

  @Override
  public final void write(@Nullable Object result, Exchange exchange) throws Exception {
    Answer answer = result instanceof Answer made ? made : encode(result);
    Buffer body = answer.body();
    if (body == null) {
      return; // it is written already
    }
    if (http != null && exchange.isHttp()) {
      http.respond(body.text(), exchange.response());
      return;
    }
    if (answer.json() && exchange.response().headers().first("Content-Type").isEmpty()) {
      exchange.response().header("Content-Type", "application/json");
    }
    body.writeTo(exchange.response().body());
  }

  /** The answer for what {@link #direct} gave. */
  abstract Answer encode(@Nullable Object result) throws Exception;

  @Override
  public final void beforeFreeze() throws Exception {
    Core.getGlobalContext().beforeCheckpoint(Core.getGlobalContext());
  }

  @Override
  public final void afterThaw() throws Exception {
    Core.getGlobalContext().afterRestore(Core.getGlobalContext());
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
