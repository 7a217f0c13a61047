package peer;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The function, in the API of Google's functions framework. */
public final class Hello implements HttpFunction {
  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    String event = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int start = event.indexOf(':') + 2;
    byte[] answer =
        ("Hello, " + event.substring(start, event.indexOf('"', start)) + "!").getBytes(StandardCharsets.UTF_8);
    response.setContentType("text/plain; charset=utf-8");
    response.getOutputStream().write(answer);
  }
}
