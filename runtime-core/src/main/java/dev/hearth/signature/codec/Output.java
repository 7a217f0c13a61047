package dev.hearth.signature.codec;

import dev.hearth.function.Reply;
import dev.hearth.function.Response;
import dev.hearth.signature.spi.Events;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** Writes what functions give. */
final class Output {

  private static final String CONTENT_TYPE = "Content-Type";
  private static final String BYTES = "application/octet-stream";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";

  private final Json json;
  private final Events events;

  Output(Json json, Events events) {
    this.json = json;
    this.events = events;
  }

  void write(@Nullable Object result, Response response) throws OutputException, IOException {
    if (result == null) {
      return;
    }
    if (result instanceof CharSequence text) {
      writeText(text.toString(), response);
    } else if (result instanceof byte[] bytes) {
      writeBytes(bytes, response);
    } else if (result instanceof Reply<?> reply) {
      writeReply(reply, response);
    } else if (result instanceof Optional<?> optional) {
      write(optional.orElse(null), response);
    } else if (result instanceof InputStream stream) {
      writeStream(stream, response);
    } else if (result instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      writeBytes(bytes, response);
    } else if (result instanceof Flow.Publisher<?> publisher) {
      Published.write(publisher, json, response);
    } else if (events.isEvent(result)) {
      events.write(result, response);
    } else {
      writeJson(result, response);
    }
  }

  private void writeReply(Reply<?> reply, Response response) throws OutputException, IOException {
    try {
      response.status(reply.status());
      for (Map.Entry<String, List<String>> header : reply.headers().entrySet()) {
        boolean first = true;
        for (String value : header.getValue()) {
          if (first) {
            response.header(header.getKey(), value);
          } else {
            response.addHeader(header.getKey(), value);
          }
          first = false;
        }
      }
    } catch (IllegalArgumentException e) {
      throw new OutputException("the function's reply cannot be sent: " + e.getMessage(), e);
    }
    write(reply.body(), response);
  }

  private static void writeText(String text, Response response)
      throws OutputException, IOException {
    Charset charset = StandardCharsets.UTF_8;
    String type = response.headers().first(CONTENT_TYPE).orElse(null);
    if (type == null) {
      response.header(CONTENT_TYPE, TEXT);
    } else {
      charset = MediaType.parse(type).charsetOrNull();
      if (charset == null || !charset.canEncode()) {
        throw new OutputException(
            "the function's Content-Type '"
                + OneLine.of(type)
                + "' names a charset that text cannot be written in; name utf-8",
            null);
      }
    }
    response.body().write(text.getBytes(charset));
  }

  private static void writeBytes(byte[] bytes, Response response) throws IOException {
    typeIfAbsent(response, BYTES);
    response.body().write(bytes);
  }

  private static void writeStream(InputStream stream, Response response) throws IOException {
    try (stream) {
      typeIfAbsent(response, BYTES);
      stream.transferTo(response.body());
    }
  }

  private void writeJson(Object value, Response response) throws OutputException, IOException {
    String text;
    try {
      text = json.write(listed(value));
    } catch (StackOverflowError e) {
      throw new OutputException(
          "a result of " + value.getClass().getName() + " is nested too deeply, or holds itself",
          null);
    }
    typeIfAbsent(response, JSON);
    response.body().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What can be gone through just once becomes a list: no library is asked to know it. */
  private static Object listed(Object value) {
    if (value instanceof BaseStream<?, ?> stream) {
      try (stream) {
        return listOf(stream.iterator());
      }
    }
    return value instanceof Iterator<?> iterator ? listOf(iterator) : value;
  }

  private static List<@Nullable Object> listOf(Iterator<?> iterator) {
    List<@Nullable Object> list = new ArrayList<>();
    while (iterator.hasNext()) {
      list.add(iterator.next());
    }
    return list;
  }

  private static void typeIfAbsent(Response response, String type) {
    if (response.headers().first(CONTENT_TYPE).isEmpty()) {
      response.header(CONTENT_TYPE, type);
    }
  }
}
