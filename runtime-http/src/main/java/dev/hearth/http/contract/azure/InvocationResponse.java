package dev.hearth.http.contract.azure;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.ErrorBody;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Shape;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code {"Outputs": {…}, "Logs": […], "ReturnValue": …}} for functions that know nothing of it ("Azure Functions custom handlers",
 * response payload). A call that failed is answered with a status that is not 2xx, so that the host counts it as failed.
 */
final class InvocationResponse {

  private static final int BAD_REQUEST = 400;

  private final Declared declared;
  private final boolean isHttp;
  private final boolean base64;
  private final CallLines lines;
  private final OutcomeMapper failures;

  /**
   * @param isHttp whether a client's request is answered
   * @param base64 whether texts for other outputs are written in base64, which the host decodes
   * @param lines what the function logged
   * @param failures answers calls that gave nothing
   */
  InvocationResponse(
      Declared declared, boolean isHttp, boolean base64, CallLines lines, OutcomeMapper failures) {
    this.declared = declared;
    this.isHttp = isHttp;
    this.base64 = base64;
    this.lines = lines;
    this.failures = failures;
  }

  /** What the host is told of a call, of which this is what the function wrote. */
  Answer of(Ended call, byte[] written) {
    String httpOutput = isHttp ? declared.httpOutput() : null;
    if (call.outcome() instanceof Outcome.Refused<?> refused && httpOutput != null) {
      return refused(httpOutput, call, refused.cause());
    }
    if (!(call.outcome() instanceof Outcome.Returned)) {
      Answer failed = failures.answer(call);
      return failed == null ? ErrorBody.JSON.of(500, "no answer") : failed;
    }
    int status = call.response().status();
    if (httpOutput != null) {
      boolean isNothing = written.length == 0 && call.shape() != Shape.EXCHANGE;
      int sent = status != 0 ? status : isNothing ? 204 : 200;
      return answer(httpOutput, response(sent, call.response().headers().asMap(), text(written)));
    }
    if (status >= BAD_REQUEST) {
      return ErrorBody.JSON.of(
          500, "function '" + call.function().name() + "' answered with status " + status);
    }
    return answer(declared.output(), value(written, call));
  }

  /** What is wrong with a client's request is the client's to know, and no failure of the function. */
  private Answer refused(String output, Ended call, Exception cause) {
    int status = cause instanceof InputException e ? e.status() : BAD_REQUEST;
    String allow = cause instanceof InputException e ? e.allow() : null;
    Answer error =
        ErrorBody.JSON.of(
            status, "function '" + call.function().name() + "': " + cause.getMessage());
    Map<String, List<String>> headers =
        allow == null
            ? Map.of("Content-Type", List.of("application/json"))
            : Map.of("Content-Type", List.of("application/json"), "Allow", List.of(allow));
    return answer(output, response(status, headers, text(error.body())));
  }

  private Answer answer(String output, String json) {
    boolean isReturn = output.equals(Declared.RETURN);
    String outputs = isReturn || json.equals("null") ? "" : JsonText.print(output) + ":" + json;
    return Answer.json(
        200,
        "{\"Outputs\":{"
            + outputs
            + "},\"Logs\":"
            + JsonText.print(lines.take())
            + ",\"ReturnValue\":"
            + (isReturn ? json : "null")
            + "}");
  }

  /** A response always has a body, by which the host tells it from other objects. */
  private static String response(int status, Map<String, List<String>> headers, String body) {
    StringBuilder json = new StringBuilder(body.length() + 64);
    json.append("{\"statusCode\":\"").append(status).append("\",\"headers\":{");
    String before = "";
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      json.append(before)
          .append(JsonText.print(header.getKey()))
          .append(':')
          .append(JsonText.print(String.join(", ", header.getValue())));
      before = ",";
    }
    return json.append("},\"body\":").append(JsonText.print(body)).append('}').toString();
  }

  /** What was written as JSON; {@code null} for nothing. */
  private String value(byte[] written, Ended call) {
    if (written.length == 0) {
      return "null";
    }
    String type =
        call.response().headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    String text = utf8(written);
    if (text == null || type.startsWith("application/octet-stream")) {
      return JsonText.print(Base64.getEncoder().encodeToString(written));
    }
    if (type.contains("json") && isJson(text)) {
      return text;
    }
    return JsonText.print(base64 ? Base64.getEncoder().encodeToString(written) : text);
  }

  private static boolean isJson(String text) {
    try {
      JsonText.parse(text);
      return true;
    } catch (InputException e) {
      return false;
    }
  }

  /** The text that bytes are; base64 where they are none: an envelope has no other way for them. */
  private static String text(byte[] bytes) {
    String text = utf8(bytes);
    return text == null ? Base64.getEncoder().encodeToString(bytes) : text;
  }

  private static @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
