package dev.hearth.http.contract.openwhisk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.hearth.FunctionHandle;
import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.http.contract.openwhisk.JsonFields.Field;
import dev.hearth.http.contract.openwhisk.JsonFields.MalformedException;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A web action's request and response, for functions that know HTTP and no actions. The platform gives such an action the request as
 * parameters that begin with {@code __ow_}, and makes a response of {@code statusCode}, {@code headers} and {@code body} (OpenWhisk,
 * docs/webactions.md, "HTTP Context" and "Handling HTTP requests with actions").
 */
final class WebAction {

  private static final String FORM = "application/x-www-form-urlencoded";

  private WebAction() {}

  /** Whether a function handles requests. */
  static boolean isFor(FunctionHandle function) {
    return function.shape() == Shape.EXCHANGE;
  }

  /**
   * The request that a value tells of.
   *
   * @return null if it tells of none: the action was not called by HTTP
   */
  static @Nullable Request request(byte[] value) throws MalformedException {
    JsonFields fields = JsonFields.parse(value);
    String method = text(fields, "__ow_method", "");
    if (method.isEmpty()) {
      return null;
    }
    Map<String, List<String>> headers = headers(fields.get("__ow_headers"));
    String type = first(headers, "content-type");
    Map<String, Field> parameters = parameters(fields);
    Field sent = fields.get("__ow_body");
    byte[] body = new byte[0];
    String query = text(fields, "__ow_query", "");
    if (sent != null) {
      body = decoded(sent.text(), type);
      query = query.isEmpty() ? form(parameters) : query;
    } else if (type.startsWith(FORM)) {
      body = form(parameters).getBytes(StandardCharsets.UTF_8);
    } else if (type.isEmpty()) {
      query = query.isEmpty() ? form(parameters) : query;
    } else {
      body = json(parameters);
    }
    String path = text(fields, "__ow_path", "");
    return new MemoryExchange(
            method.toUpperCase(Locale.ROOT),
            path.startsWith("/") ? path : "/" + path,
            query,
            headers,
            new ByteArrayInputStream(body),
            body.length)
        .request();
  }

  private static String text(JsonFields fields, String name, String fallback)
      throws MalformedException {
    Field field = fields.get(name);
    return field == null ? fallback : field.text();
  }

  private static Map<String, List<String>> headers(@Nullable Field field)
      throws MalformedException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    if (field != null) {
      for (Map.Entry<String, Field> each : field.fields().all().entrySet()) {
        String value = each.getValue().scalar();
        // The body is another one now, and the connection is the platform's.
        if (value != null && !each.getKey().equalsIgnoreCase("content-length")) {
          headers.put(each.getKey(), List.of(value));
        }
      }
    }
    return headers;
  }

  private static String first(Map<String, List<String>> headers, String name) {
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue().get(0).toLowerCase(Locale.ROOT);
      }
    }
    return "";
  }

  private static Map<String, Field> parameters(JsonFields fields) {
    Map<String, Field> parameters = new LinkedHashMap<>(fields.all());
    parameters.keySet().removeIf(name -> name.startsWith("__ow_"));
    return parameters;
  }

  private static byte[] decoded(String body, String type) {
    if (!isText(type)) {
      try {
        return Base64.getDecoder().decode(body);
      } catch (IllegalArgumentException e) {
        // Sent as it is, then.
      }
    }
    return body.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the platform takes a type for text; JSON is none to it. */
  private static boolean isText(String type) {
    return type.isEmpty()
        || type.startsWith("text/")
        || type.startsWith(FORM)
        || type.startsWith("application/xml")
        || type.startsWith("application/javascript");
  }

  private static String form(Map<String, Field> parameters) throws MalformedException {
    StringBuilder form = new StringBuilder();
    for (Map.Entry<String, Field> each : parameters.entrySet()) {
      String value = each.getValue().scalar();
      form.append(form.isEmpty() ? "" : "&")
          .append(URLEncoder.encode(each.getKey(), StandardCharsets.UTF_8))
          .append('=')
          .append(
              URLEncoder.encode(
                  value == null
                      ? new String(each.getValue().json(), StandardCharsets.UTF_8)
                      : value,
                  StandardCharsets.UTF_8));
    }
    return form.toString();
  }

  private static byte[] json(Map<String, Field> parameters) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      for (Map.Entry<String, Field> each : parameters.entrySet()) {
        json.writeFieldName(each.getKey());
        json.writeRawValue(new String(each.getValue().json(), StandardCharsets.UTF_8));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** The result that becomes a response. */
  static byte[] result(int status, Headers headers, byte[] body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + 256);
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeNumberField("statusCode", status == 0 ? 200 : status);
      json.writeObjectFieldStart("headers");
      for (String name : headers.names()) {
        List<String> values = headers.all(name);
        if (values.size() == 1) {
          json.writeStringField(name, values.get(0));
        } else {
          json.writeArrayFieldStart(name);
          for (String value : values) {
            json.writeString(value);
          }
          json.writeEndArray();
        }
      }
      json.writeEndObject();
      String type = headers.first("content-type").orElse("").toLowerCase(Locale.ROOT);
      json.writeStringField(
          "body",
          isText(type)
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array does not fail", e);
    }
    return bytes.toByteArray();
  }
}
