package dev.hearth.signature.azure;

import dev.hearth.function.Response;
import dev.hearth.signature.spi.Codec;
import dev.hearth.signature.spi.OutputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer to a plain request. */
record PlainAnswer(HttpAnswer answer) implements Answer {

  @Override
  public void write(Response response, Codec codec) throws OutputException, IOException {
    Object body = answer.body();
    boolean isJson = body != null && !isSentAsItIs(body);
    Object sent = isJson ? Values.write(body) : body;
    head(response, isJson);
    codec.write(sent, response);
  }

  private void head(Response response, boolean isJson) throws OutputException {
    try {
      response.status(answer.status());
      for (Map.Entry<String, String> header : answer.headers().entrySet()) {
        response.header(header.getKey(), header.getValue());
      }
      if (isJson && !answer.hasType()) {
        response.header("Content-Type", "application/json");
      }
    } catch (IllegalArgumentException e) {
      throw new OutputException("the function's response cannot be sent: " + e.getMessage(), e);
    }
  }

  private static boolean isSentAsItIs(@Nullable Object body) {
    return body instanceof CharSequence
        || body instanceof byte[]
        || body instanceof InputStream
        || body instanceof ByteBuffer;
  }
}
