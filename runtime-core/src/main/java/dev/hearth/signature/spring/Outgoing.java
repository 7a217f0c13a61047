package dev.hearth.signature.spring;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes what beans gave, by the rules of Spring Cloud Function's web endpoints. Thread-safe. */
final class Outgoing {

  private static final String CONTENT_TYPE = "Content-Type";
  private static final String EVENT_STREAM = "text/event-stream";

  /** Not sent back; the last ones tell who the caller is. */
  private static final Set<String> NOT_ECHOED =
      Set.of(
          "accept",
          "content-length",
          "content-type",
          "host",
          "id",
          "transfer-encoding",
          "authorization",
          "cookie",
          "proxy-authorization");

  private static final Set<String> NOT_SENT = Set.of("id", "content-length", "transfer-encoding");

  private final Catalogue.Writer json;
  private final List<String> ignored;
  private final List<String> requestOnly;

  Outgoing(Catalogue.Writer json, Settings settings) {
    this.json = json;
    this.ignored = names(settings.get(Settings.PREFIX + "http.ignored-headers"));
    this.requestOnly = names(settings.get(Settings.PREFIX + "http.request-only-headers"));
  }

  private static List<String> names(@Nullable String setting) {
    List<String> names = new ArrayList<>();
    if (setting != null) {
      for (String name : setting.split(",")) {
        names.add(name.strip().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  static boolean wantsStream(Request request) {
    boolean may = request.method().equals("GET") || request.method().equals("POST");
    return may && request.headers().first("accept").orElse("").contains(EVENT_STREAM);
  }

  void write(Bean bean, @Nullable Object result, Request request, Response response)
      throws Exception {
    if (bean.kind() == Bean.Kind.CONSUMER) {
      boolean deletes = request.method().equals("DELETE");
      response.status(deletes ? 204 : 202);
      if (!deletes) {
        echo(request.headers(), response);
      }
      return;
    }
    echo(request.headers(), response);
    if (wantsStream(request)) {
      stream(result, response);
    } else {
      whole(result, response);
    }
  }

  private void echo(Headers headers, Response response) {
    for (String sent : headers.names()) {
      String name = sent.toLowerCase(Locale.ROOT);
      if (!NOT_ECHOED.contains(name) && !ignored.contains(name) && !requestOnly.contains(name)) {
        for (String value : headers.all(sent)) {
          response.addHeader(name, value);
        }
      }
    }
  }

  private void whole(@Nullable Object result, Response response) throws Exception {
    if (result instanceof Many many) {
      List<@Nullable Object> payloads = new ArrayList<>();
      for (Object item : many.items()) {
        payloads.add(payload(item, response));
      }
      response.header(CONTENT_TYPE, "application/json");
      response.status(200).body().write(json.write(payloads));
      return;
    }
    Object value = payload(result, response);
    if (value == null) {
      response.status(204);
      return;
    }
    response.status(200);
    byte[] bytes = bytes(value, response);
    response.body().write(bytes);
  }

  /** What is in an envelope, its headers told; or the value itself. */
  private @Nullable Object payload(@Nullable Object result, Response response) {
    if (!(result instanceof Envelope envelope)) {
      return result;
    }
    for (Map.Entry<String, Object> header : envelope.headers().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      name = name.equals("contenttype") ? CONTENT_TYPE : name;
      if (!NOT_SENT.contains(name) && !ignored.contains(name)) {
        set(response, name, header.getValue());
      }
    }
    return envelope.payload();
  }

  private static void set(Response response, String name, @Nullable Object value) {
    if (value instanceof Collection<?> values) {
      for (Object each : values) {
        response.header(name, String.valueOf(each)); // the last one stays, as in the vendor's
      }
    } else if (value != null && !(value instanceof Map)) {
      response.header(name, value.toString());
    }
  }

  private byte[] bytes(Object value, Response response) throws Exception {
    if (value instanceof byte[] bytes) {
      typeIfAbsent(response, "application/octet-stream");
      return bytes;
    }
    if (value instanceof CharSequence text) {
      typeIfAbsent(response, "text/plain; charset=utf-8");
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = json.write(value);
    typeIfAbsent(response, "application/json");
    return bytes;
  }

  private static void typeIfAbsent(Response response, String type) {
    if (response.headers().first(CONTENT_TYPE).isEmpty()) {
      response.header(CONTENT_TYPE, type);
    }
  }

  private void stream(@Nullable Object result, Response response) throws Exception {
    response.header(CONTENT_TYPE, EVENT_STREAM).status(200);
    OutputStream out = response.body();
    Iterable<?> items =
        result instanceof Many many ? many.items() : result == null ? List.of() : List.of(result);
    for (Object item : items) {
      event(item instanceof Envelope envelope ? envelope.payload() : item, out);
    }
  }

  private void event(@Nullable Object item, OutputStream out) throws Exception {
    String text =
        item instanceof CharSequence plain
            ? plain.toString()
            : new String(json.write(item), StandardCharsets.UTF_8);
    StringBuilder event = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      event.append("data:").append(line).append('\n');
    }
    flush(out, event.append('\n').toString());
  }

  private static void flush(OutputStream out, String event) throws IOException {
    out.write(event.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
