package dev.hearth.signature.spring;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.web.Fields;
import dev.hearth.signature.web.Multipart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes messages of requests. */
final class Incoming {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String PARAMETERS = "http_request_param";

  /** Files that were sent together; a function of one file is applied to each. */
  record Files(List<Multipart.Part> parts) {}

  /** Fields of a form. */
  record Form(Map<String, List<String>> fields, Body body) {}

  private Incoming() {}

  /**
   * The message.
   *
   * @param argument what stands in for a body that cannot be; null for nothing
   * @param keepsCase whether names of headers stay as they were sent
   */
  static Envelope of(Request request, @Nullable String argument, boolean keepsCase)
      throws InputException {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    add(parameters, request.query());
    Map<String, Object> headers = headers(request, keepsCase);
    boolean sends = request.method().equals("POST") || request.method().equals("PUT");
    String type = request.contentType().orElse(null);
    Object payload =
        sends
            ? sent(new Body(bytes(request), type), parameters)
            : Body.ofText(orEmpty(argument), type);
    if (!parameters.isEmpty()) {
      headers.put(PARAMETERS, firsts(parameters));
    }
    return new Envelope(payload, headers);
  }

  private static String orEmpty(@Nullable String argument) {
    return argument == null ? "" : argument;
  }

  private static Object sent(Body body, Map<String, List<String>> parameters)
      throws InputException {
    String type = body.mediaType();
    if (type.equals(Multipart.MEDIA_TYPE)) {
      return multipart(body, parameters);
    }
    if (type.equals(FORM) && !looksLikeJson(body.text())) {
      add(parameters, body.text());
      return new Form(parameters, body);
    }
    return body;
  }

  private static boolean looksLikeJson(String text) {
    String stripped = text.stripLeading();
    return stripped.startsWith("{") || stripped.startsWith("[") || stripped.startsWith("\"");
  }

  private static Object multipart(Body body, Map<String, List<String>> parameters)
      throws InputException {
    List<Multipart.Part> files = new ArrayList<>();
    for (Multipart.Part part : Multipart.parse(String.valueOf(body.contentType()), body.bytes())) {
      if (part.fileName() != null) {
        files.add(part);
      } else {
        put(parameters, part.name(), new String(part.content(), StandardCharsets.UTF_8));
      }
    }
    return files.isEmpty() ? new Form(parameters, form(parameters)) : new Files(files);
  }

  /** The same fields as a form that is not in parts, for who takes them apart. */
  private static Body form(Map<String, List<String>> fields) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, List<String>> field : fields.entrySet()) {
      for (String value : field.getValue()) {
        text.append(text.length() == 0 ? "" : "&")
            .append(java.net.URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8))
            .append('=')
            .append(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    return Body.ofText(text.toString(), FORM);
  }

  private static void add(Map<String, List<String>> parameters, String text) throws InputException {
    for (Fields.Field field : Fields.parse(text)) {
      put(parameters, field.name(), field.value());
    }
  }

  private static void put(Map<String, List<String>> parameters, String name, String value) {
    parameters.computeIfAbsent(name, absent -> new ArrayList<>(1)).add(value);
  }

  private static Map<String, String> firsts(Map<String, List<String>> parameters) {
    Map<String, String> firsts = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      firsts.put(parameter.getKey(), parameter.getValue().get(0));
    }
    return firsts;
  }

  private static Map<String, Object> headers(Request request, boolean keepsCase) {
    Map<String, Object> map = new LinkedHashMap<>();
    Headers headers = request.headers();
    for (String name : headers.names()) {
      map.put(keepsCase ? name : name.toLowerCase(Locale.ROOT), headers.first(name).orElse(""));
    }
    map.put("uri", request.path());
    return map;
  }

  private static byte[] bytes(Request request) throws InputException {
    try {
      return request.bytes();
    } catch (IOException e) {
      throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
    }
  }
}
