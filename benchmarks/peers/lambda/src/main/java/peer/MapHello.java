package peer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** The function, in the API of AWS Lambda that most handlers use. */
public final class MapHello implements RequestHandler<Map<String, String>, String> {
  @Override
  public String handleRequest(Map<String, String> event, Context context) {
    return "Hello, " + event.get("name") + "!";
  }
}
