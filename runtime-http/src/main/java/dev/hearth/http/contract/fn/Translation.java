package dev.hearth.http.contract.fn;

import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.contract.Answer;
import dev.hearth.invoke.MemoryExchange;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What stands between Fn and functions that know nothing of it. The agent is answered 200, or as if the function had failed. */
enum Translation {

  /** Nothing stands between: the function knows Fn. */
  NONE {
    @Override
    Request request(FnCall call, byte[] body) {
      Request sent = call.request();
      return made(sent.method(), sent.path(), sent.query(), sent.headers().asMap(), body);
    }

    @Override
    Answer answer(Response response, byte[] body) {
      Answer answer = Answer.bytes(response.status() == 0 ? 200 : response.status(), body);
      for (String name : response.headers().names()) {
        answer = with(answer, name, response.headers().all(name));
      }
      return answer;
    }
  },

  /** The body is an event; a status that tells of a failure is one. */
  EVENT {
    @Override
    Request request(FnCall call, byte[] body) {
      return made("POST", "/", "", lines(call.request().headers(), false), body);
    }

    @Override
    Answer answer(Response response, byte[] body) {
      if (response.status() >= 400) {
        return Outcomes.FAILED;
      }
      Answer answer = answered(body);
      for (String name : response.headers().names()) {
        if (!KITS.contains(name.toLowerCase(Locale.ROOT))) {
          answer = with(answer, name, response.headers().all(name));
        }
      }
      return typed(answer, response, body);
    }
  },

  /** What an HTTP client sent, and is to get: Fn's triggers carry both in headers. */
  HTTP {
    @Override
    Request request(FnCall call, byte[] body) {
      Headers headers = call.request().headers();
      RequestUrl url = call.url();
      Map<String, List<String>> lines = lines(headers, true);
      if (!url.host().isEmpty()) {
        lines.putIfAbsent("Host", List.of(url.host()));
      }
      String method = headers.first("Fn-Http-Method").orElse("POST");
      return made(method, url.path(), url.query(), lines, body);
    }

    @Override
    Answer answer(Response response, byte[] body) {
      Answer answer = answered(body);
      if (response.status() != 0) {
        answer = answer.header("Fn-Http-Status", Integer.toString(response.status()));
      }
      for (String name : response.headers().names()) {
        boolean type = name.equalsIgnoreCase(CONTENT_TYPE);
        answer = with(answer, type ? CONTENT_TYPE : PREFIX + name, response.headers().all(name));
      }
      return typed(answer, response, body);
    }
  };

  private static final String PREFIX = "Fn-Http-H-";
  private static final String CONTENT_TYPE = "Content-Type";

  /** Of the connection between the agent and this process, in lower case. */
  private static final Set<String> AGENTS =
      Set.of(
          "host",
          "user-agent",
          "accept-encoding",
          "content-length",
          "transfer-encoding",
          "connection",
          "te",
          "fn-http-method",
          "fn-http-request-url");

  /** The server's own to say. */
  private static final Set<String> KITS = Set.of("fn-fdk-version", "fn-fdk-runtime");

  /**
   * The way of a call.
   *
   * @param knowsFn whether the function is written for Fn's kit
   */
  static Translation of(FnCall call, boolean knowsFn) {
    return knowsFn ? NONE : call.byHttp() ? HTTP : EVENT;
  }

  /** What the function is given. */
  abstract Request request(FnCall call, byte[] body);

  /** What the agent is given of what the function answered. */
  abstract Answer answer(Response response, byte[] body);

  private static Map<String, List<String>> lines(Headers sent, boolean http) {
    Map<String, List<String>> lines = new HashMap<>();
    for (String name : sent.names()) {
      boolean clients = http && name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
      if (clients && name.length() > PREFIX.length()) {
        lines.put(name.substring(PREFIX.length()), sent.all(name));
      } else if (!AGENTS.contains(name.toLowerCase(Locale.ROOT))) {
        lines.putIfAbsent(name, sent.all(name));
      }
    }
    return lines;
  }

  private static Request made(
      String method, String path, String query, Map<String, List<String>> headers, byte[] body) {
    return new MemoryExchange(
            method, path, query, headers, new ByteArrayInputStream(body), body.length)
        .request();
  }

  private static Answer answered(byte[] body) {
    return Answer.bytes(200, body);
  }

  private static Answer with(Answer answer, String name, List<String> values) {
    Answer more = answer;
    for (String value : values) {
      more = more.header(name, value);
    }
    return more;
  }

  /** Nobody on the way to the client is to guess a type. */
  private static Answer typed(Answer answer, Response response, byte[] body) {
    boolean typed = body.length == 0 || response.headers().first(CONTENT_TYPE).isPresent();
    return typed ? answer : answer.header(CONTENT_TYPE, "application/octet-stream");
  }
}
