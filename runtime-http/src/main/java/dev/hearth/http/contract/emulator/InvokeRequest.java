package dev.hearth.http.contract.emulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.hearth.function.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an invocation say.
 *
 * @param tail whether the end of the log is to come with the answer
 * @param clientContext JSON of the mobile client, or null
 * @param trace X-Ray's header, the caller's or a new one
 */
record InvokeRequest(
    Type type,
    boolean tail,
    @Nullable String clientContext,
    @Nullable String tenant,
    String trace) {

  private static final int MOST_CONTEXT = 3583;
  private static final int MOST_TENANT = 256;
  private static final byte[] NO_PAYLOAD = {'{', '}'};
  private static final JsonFactory JSON = new JsonFactory();

  /** How a function is invoked. */
  enum Type {
    REQUEST_RESPONSE,
    EVENT,
    DRY_RUN
  }

  /**
   * Reads them.
   *
   * @param streams whether the answer is to be a stream, which an event has none of
   */
  static InvokeRequest of(Request request, boolean streams) throws ApiException {
    Type type = type(header(request, "X-Amz-Invocation-Type"), streams);
    String log = header(request, "X-Amz-Log-Type");
    if (log != null && !log.equals("None") && !log.equals("Tail")) {
      throw ApiException.parameter("X-Amz-Log-Type is '" + log + "'; it must be None or Tail");
    }
    String context = header(request, "X-Amz-Client-Context");
    String trace = header(request, "X-Amzn-Trace-Id");
    return new InvokeRequest(
        type,
        "Tail".equals(log) && type == Type.REQUEST_RESPONSE,
        context == null || type != Type.REQUEST_RESPONSE ? null : clientContext(context),
        tenant(header(request, "X-Amz-Tenant-Id")),
        trace == null ? newTrace() : trace);
  }

  private static @Nullable String header(Request request, String name) {
    return request.headers().first(name).orElse(null);
  }

  private static Type type(@Nullable String text, boolean streams) throws ApiException {
    if (text == null || text.equals("RequestResponse")) {
      return Type.REQUEST_RESPONSE;
    }
    if (text.equals("DryRun")) {
      return Type.DRY_RUN;
    }
    if (text.equals("Event") && !streams) {
      return Type.EVENT;
    }
    throw ApiException.parameter(
        "X-Amz-Invocation-Type is '"
            + text
            + "'; it must be RequestResponse, "
            + (streams ? "" : "Event ")
            + "or DryRun");
  }

  private static String clientContext(String base64) throws ApiException {
    String json = decode(base64);
    if (base64.length() > MOST_CONTEXT
        || json == null
        || !isJson(json.getBytes(StandardCharsets.UTF_8))) {
      throw ApiException.content(
          "Client context must be a valid Base64-encoded JSON object of at most "
              + MOST_CONTEXT
              + " bytes");
    }
    return json;
  }

  /** What a header has in base64; null if it has not. */
  static @Nullable String decode(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String tenant(@Nullable String text) throws ApiException {
    if (text == null) {
      return null;
    }
    boolean fits = !text.isEmpty() && text.length() <= MOST_TENANT;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      fits &= plain || "._:/=+-@ ".indexOf(c) >= 0;
    }
    if (!fits) {
      throw ApiException.parameter(
          "X-Amz-Tenant-Id is '" + text + "'; it must be 1 to 256 letters, digits or ._:/=+-@");
    }
    return text;
  }

  /** A root and a parent that are not sampled. */
  static String newTrace() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String seconds = hex(System.currentTimeMillis() / 1000, 8);
    return "Root=1-"
        + seconds
        + "-"
        + hex(random.nextLong(), 16)
        + hex(random.nextInt(), 8)
        + ";Parent="
        + hex(random.nextLong() | 1, 16)
        + ";Sampled=0";
  }

  private static String hex(long value, int digits) {
    char[] text = new char[digits];
    for (int i = digits - 1; i >= 0; i--) {
      text[i] = Character.forDigit((int) (value >> (4 * (digits - 1 - i))) & 15, 16);
    }
    return new String(text);
  }

  /**
   * The payload that a function is given for a body.
   *
   * @throws ApiException if it is not JSON
   */
  static byte[] payload(byte[] body) throws ApiException {
    if (body.length == 0) {
      return NO_PAYLOAD;
    }
    if (!isJson(body)) {
      throw ApiException.content(
          "Could not parse request body into json: it is not one value of JSON in UTF-8");
    }
    return body;
  }

  private static boolean isJson(byte[] text) {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() == null) {
        return false;
      }
      json.skipChildren();
      json.finishToken();
      return json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** What the function learns of it. */
  Map<String, String> attributes(Target target, String id) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("lambda.request-id", id);
    attributes.put("lambda.invoked-function-arn", target.arn());
    attributes.put("lambda.function-name", target.function());
    attributes.put("lambda.function-version", target.version());
    attributes.put("lambda.trace-id", trace);
    if (clientContext != null) {
      attributes.put("lambda.client-context", clientContext);
    }
    if (tenant != null) {
      attributes.put("lambda.tenant-id", tenant);
    }
    return attributes;
  }
}
