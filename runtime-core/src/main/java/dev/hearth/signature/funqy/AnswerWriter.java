package dev.hearth.signature.funqy;

import dev.hearth.function.Response;
import dev.hearth.signature.spi.Json;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes what functions gave: JSON, nothing, an event for an event, or what an {@code HttpResponse} says. */
final class AnswerWriter {

  private static final int NO_CONTENT = 204;

  private final Json json;

  AnswerWriter(Json json) {
    this.json = json;
  }

  void write(Answered answered, Response response) throws OutputException, IOException {
    FunqyCall call = answered.call();
    Object value = answered.value();
    if (call.message() != null) {
      new EventAnswer(call.function(), call.message(), value, json).write(response);
    } else if (value != null && HttpResponses.isOne(value)) {
      HttpResponses.copy(value, response);
      body(HttpResponses.body(value), response);
    } else if (call.function().gives()) {
      response.status(200);
      json(value, response);
    } else {
      response.status(NO_CONTENT);
    }
  }

  private void body(@Nullable Object body, Response response) throws OutputException, IOException {
    if (body != null) {
      json(body, response);
    }
  }

  private void json(@Nullable Object value, Response response) throws OutputException, IOException {
    String text = json.write(value);
    if (response.headers().first("content-type").isEmpty()) {
      response.header("Content-Type", "application/json");
    }
    response.body().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
