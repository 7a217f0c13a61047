package conformance;

import com.google.cloud.functions.TypedFunction;

/** Answers with what it was sent, as the payload. */
public class Typed implements TypedFunction<Typed.Request, Typed.Response> {

  public static class Request {
    String message;
  }

  public static class Response {
    Request payload;
  }

  @Override
  public Response apply(Request request) {
    Response response = new Response();
    response.payload = request;
    return response;
  }
}
