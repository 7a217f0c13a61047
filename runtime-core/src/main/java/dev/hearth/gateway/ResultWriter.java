package dev.hearth.gateway;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes HTTP responses as the results that gateways read. */
public final class ResultWriter {

  private ResultWriter() {}

  /**
   * The result for a response.
   *
   * @param format the gateway's that sent the event
   * @param status 200 to 999
   * @return JSON text
   */
  public static String write(EventFormat format, int status, Headers headers, byte[] body) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("statusCode", status);
    if (format == EventFormat.HTTP_API || format == EventFormat.FUNCTION_URL) {
      putVersionTwo(result, headers);
    } else if (format == EventFormat.LOAD_BALANCER) {
      result.put("headers", single(headers, true));
    } else {
      result.put("multiValueHeaders", headers.asMap());
    }
    String text = text(body);
    result.put("body", text == null ? Bodies.base64(body) : text);
    result.put("isBase64Encoded", text == null);
    return JsonText.print(result);
  }

  private static void putVersionTwo(Map<String, @Nullable Object> result, Headers headers) {
    result.put("headers", single(headers, false));
    List<String> cookies = headers.all("set-cookie");
    if (!cookies.isEmpty()) {
      result.put("cookies", cookies);
    }
  }

  private static Map<String, String> single(Headers headers, boolean withCookies) {
    Map<String, String> single = new LinkedHashMap<>();
    for (String name : headers.names()) {
      if (withCookies || !name.toLowerCase(Locale.ROOT).equals("set-cookie")) {
        single.put(name, String.join(",", headers.all(name)));
      }
    }
    return single;
  }

  /** The bytes as text, whatever they are called; null if they are none. */
  private static @Nullable String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
