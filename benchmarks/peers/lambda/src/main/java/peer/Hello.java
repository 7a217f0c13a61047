package peer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The function, in the API of AWS Lambda. */
public final class Hello implements RequestStreamHandler {
  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    String event = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    int start = event.indexOf(':') + 2;
    String answer = "Hello, " + event.substring(start, event.indexOf('"', start)) + "!";
    out.write(answer.getBytes(StandardCharsets.UTF_8));
  }
}
