package com.example.stream;

import dev.hearth.function.Context;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.function.StreamFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Answers in capitals while the request is still arriving; any length, one buffer. */
public final class Shout implements StreamFunction {

  @Override
  public void handle(Request request, Response response, Context context) throws IOException {
    response.header("Content-Type", "text/plain; charset=us-ascii");
    byte[] buffer = new byte[4096];
    InputStream in = request.body();
    OutputStream out = response.body();
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      for (int i = 0; i < count; i++) {
        boolean small = buffer[i] >= 'a' && buffer[i] <= 'z';
        buffer[i] = (byte) (small ? buffer[i] - 'a' + 'A' : buffer[i]);
      }
      out.write(buffer, 0, count);
      out.flush();
    }
  }
}
