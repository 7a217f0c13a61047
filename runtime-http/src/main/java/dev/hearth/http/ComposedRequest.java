package dev.hearth.http;

import dev.hearth.function.Reply;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.invoke.MemoryExchange;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one function of a composition hands to the next. */
final class ComposedRequest {

  private ComposedRequest() {}

  /** The client's request with the body that the function before answered. */
  static Request of(RequestHead head, Reply<byte[]> reply) {
    Map<String, List<String>> headers = new HashMap<>();
    for (String name : head.headers().names()) {
      if (!name.regionMatches(true, 0, "content-", 0, 8)
          && !name.equalsIgnoreCase("transfer-encoding")) {
        headers.put(name, head.headers().all(name));
      }
    }
    List<String> type = reply.headers().get("Content-Type");
    if (type != null) {
      headers.put("Content-Type", type);
    }
    byte[] body = reply.body();
    return new MemoryExchange(
            "POST", head.path(), head.query(), headers, new ByteArrayInputStream(body), body.length)
        .request();
  }

  /** A reply that ends the composition early. */
  static Answer answer(Reply<byte[]> reply) {
    Answer answer = Answer.bytes(reply.status(), reply.body());
    for (Map.Entry<String, List<String>> header : reply.headers().entrySet()) {
      for (String value : header.getValue()) {
        answer = answer.header(header.getKey(), value);
      }
    }
    return answer;
  }
}
