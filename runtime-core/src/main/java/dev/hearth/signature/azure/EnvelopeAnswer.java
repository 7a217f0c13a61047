package dev.hearth.signature.azure;

import com.microsoft.azure.functions.HttpResponseMessage;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Response;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to an envelope: {@code {"Outputs": {…}, "Logs": […], "ReturnValue": …}} ("Azure Functions custom handlers", response payload).
 *
 * @param json all of it
 */
record EnvelopeAnswer(String json) implements Answer {

  /** Calls the HTTP output of {@code function.json} something else than {@code $return}. */
  private static final String HTTP_OUTPUT = "azure.http-output";

  /** Has the texts of other outputs written in base64, which the host decodes. */
  private static final String BASE64 = "azure.base64";

  /**
   * Writes what a call gave.
   *
   * @param attributes of the call
   * @param log lines of its log, in order
   * @throws OutputException if a value cannot be written
   */
  static EnvelopeAnswer of(CallContext call, Map<String, String> attributes, CallLog log)
      throws OutputException {
    boolean base64 = Boolean.parseBoolean(attributes.get(BASE64));
    Function function = call.function();
    String returned = "null";
    StringBuilder outputs = new StringBuilder();
    for (OutputValue output : call.outputs()) {
      Object value = output.getValue();
      if (value != null) {
        boolean isHttp = output.binding().isHttp();
        append(
            outputs,
            output.binding().name(),
            isHttp ? http(value, function) : json(value, function, base64));
      }
    }
    Object value = call.result();
    if (value != null) {
      boolean isHttp = function.trigger().isHttp() && function.returnIsAnswer();
      String name =
          isHttp ? attributes.getOrDefault(HTTP_OUTPUT, Declaration.RETURN) : Declaration.RETURN;
      String text = isHttp ? http(value, function) : json(value, function, base64);
      if (name.equals(Declaration.RETURN)) {
        returned = text;
      } else {
        append(outputs, name, text);
      }
    }
    return new EnvelopeAnswer(
        "{\"Outputs\":{"
            + outputs
            + "},\"Logs\":"
            + logs(log.take())
            + ",\"ReturnValue\":"
            + returned
            + "}");
  }

  private static void append(StringBuilder outputs, String name, String json) {
    outputs
        .append(outputs.length() == 0 ? "" : ",")
        .append(JsonText.print(name))
        .append(':')
        .append(json);
  }

  private static String logs(List<String> lines) {
    return JsonText.print(lines);
  }

  /** A response with a body that is always a text, which is how the host tells it from other objects. */
  private static String http(Object value, Function function) throws OutputException {
    HttpAnswer answer = HttpAnswer.of(value, function);
    StringBuilder headers = new StringBuilder();
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      append(headers, header.getKey(), JsonText.print(header.getValue()));
    }
    Object body = answer.body();
    String text = "";
    if (body instanceof CharSequence) {
      text = body.toString();
    } else if (body instanceof byte[] bytes) {
      text = text(bytes);
    } else if (body != null) {
      text = Values.write(body);
      if (!answer.hasType()) {
        append(headers, "Content-Type", "\"application/json\"");
      }
    }
    return "{\"statusCode\":\""
        + answer.status()
        + "\",\"headers\":{"
        + headers
        + "},\"body\":"
        + JsonText.print(text)
        + "}";
  }

  /** The text that bytes are; base64 where they are none: an envelope has no other way for them. */
  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return Base64.getEncoder().encodeToString(bytes);
    }
  }

  private static String json(Object given, Function function, boolean base64)
      throws OutputException {
    Object value = given instanceof Optional<?> optional ? optional.orElse(null) : given;
    if (value instanceof HttpResponseMessage) {
      return http(value, function);
    }
    if (value instanceof byte[] bytes) {
      return JsonText.print(Base64.getEncoder().encodeToString(bytes));
    }
    if (value instanceof CharSequence text) {
      return JsonText.print(
          base64
              ? Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8))
              : text.toString());
    }
    return Values.write(value);
  }

  @Override
  public void write(Response response, Codec codec) throws IOException {
    response.header("Content-Type", "application/json; charset=utf-8");
    response.body().write(json.getBytes(StandardCharsets.UTF_8));
  }
}
