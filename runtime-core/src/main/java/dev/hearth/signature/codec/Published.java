package dev.hearth.signature.codec;

import dev.hearth.function.Response;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a publisher publishes, as it comes. The next item is asked for when the one before has been taken, so the
 * publisher is never faster than the client.
 *
 * <p>Bytes and text are written as they are; anything else is JSON, a line each. Where the function set {@code text/event-stream},
 * each item is an event of the HTML standard (section 9.2, server-sent events).
 */
final class Published implements Flow.Subscriber<Object> {

  private static final String CONTENT_TYPE = "Content-Type";

  /** What the publisher says besides items. */
  private record Ended(@Nullable Throwable failure) {}

  private final Json json;
  private final Response response;
  // An item and the end behind it; a publisher that keeps to what it is asked for needs no more.
  private final BlockingQueue<Object> signals = new ArrayBlockingQueue<>(2);
  private volatile Flow.@Nullable Subscription subscription;

  private Published(Json json, Response response) {
    this.json = json;
    this.response = response;
  }

  /**
   * Writes to the end, on this thread.
   *
   * @throws OutputException if the publisher failed, or does not keep to the rules of {@link Flow}
   * @throws IOException if the client left, or this thread was interrupted
   */
  static void write(Flow.Publisher<?> publisher, Json json, Response response)
      throws OutputException, IOException {
    Published items = new Published(json, response);
    publisher.subscribe(items);
    items.writeAll();
  }

  private void writeAll() throws OutputException, IOException {
    boolean complete = false;
    try {
      Object signal = signals.take();
      while (!(signal instanceof Ended)) {
        if (signal != this) { // this: it has been subscribed to
          writeItem(signal);
        }
        askForMore();
        signal = signals.take();
      }
      complete = true;
      Throwable failure = ((Ended) signal).failure();
      if (failure != null) {
        throw new OutputException("the function's publisher failed: " + failure, failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the function's publisher");
    } finally {
      if (!complete) {
        cancel();
      }
    }
  }

  private void askForMore() {
    Flow.Subscription known = subscription;
    if (known != null) {
      known.request(1);
    }
  }

  private void cancel() {
    Flow.Subscription known = subscription;
    if (known != null) {
      known.cancel();
    }
  }

  private void writeItem(Object item) throws OutputException, IOException {
    OutputStream body = response.body();
    if (isEvents()) {
      body.write(event(text(item)).getBytes(StandardCharsets.UTF_8));
    } else if (item instanceof byte[] bytes) {
      typeIfAbsent("application/octet-stream");
      body.write(bytes);
    } else if (item instanceof ByteBuffer buffer) {
      typeIfAbsent("application/octet-stream");
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      body.write(bytes);
    } else if (item instanceof CharSequence) {
      typeIfAbsent("text/plain; charset=utf-8");
      body.write(item.toString().getBytes(StandardCharsets.UTF_8));
    } else {
      typeIfAbsent("application/x-ndjson");
      body.write((json.write(item) + '\n').getBytes(StandardCharsets.UTF_8));
    }
    body.flush();
  }

  private boolean isEvents() {
    String type = response.headers().first(CONTENT_TYPE).orElse(null);
    return type != null && MediaType.parse(type).name().equals("text/event-stream");
  }

  private String text(Object item) throws OutputException {
    if (item instanceof CharSequence) {
      return item.toString();
    }
    return item instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : json.write(item);
  }

  /** Every line of the text is one of the event; the standard takes CR, LF and CR LF for line ends. */
  private static String event(String text) {
    StringBuilder event = new StringBuilder(text.length() + 16).append("data: ");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n') {
        event.append("\ndata: ");
        if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
          i++;
        }
      } else {
        event.append(c);
      }
    }
    return event.append("\n\n").toString();
  }

  private void typeIfAbsent(String type) {
    if (!response.isCommitted() && response.headers().first(CONTENT_TYPE).isEmpty()) {
      response.header(CONTENT_TYPE, type);
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    if (subscription != null) {
      given.cancel(); // one is enough (Flow.Subscriber)
      return;
    }
    subscription = given;
    signal(this);
  }

  @Override
  public void onNext(Object item) {
    signal(item);
  }

  @Override
  public void onError(Throwable failure) {
    signal(new Ended(failure));
  }

  @Override
  public void onComplete() {
    signal(new Ended(null));
  }

  private void signal(Object what) {
    if (!signals.offer(what)) {
      cancel();
      signals.clear();
      signals.add(new Ended(new IllegalStateException("it published more than it was asked for")));
    }
  }
}
