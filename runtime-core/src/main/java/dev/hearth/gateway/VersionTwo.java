package dev.hearth.gateway;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events of payload format 2.0. What is empty is left out, not null. */
final class VersionTwo {

  private VersionTwo() {}

  static String event(Request request, byte[] body, Facts facts, boolean functionUrl) {
    String path = stagePath(Query.path(request.path()), facts);
    String routeKey = routeKey(request, facts);
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("version", "2.0");
    event.put("routeKey", routeKey);
    event.put("rawPath", path);
    event.put("rawQueryString", request.query());
    putUnlessEmpty(event, "cookies", cookies(request.headers()));
    event.put("headers", headers(request.headers(), functionUrl));
    putUnlessEmpty(event, "queryStringParameters", query(request.query()));
    putUnlessEmpty(event, "pathParameters", facts.pathParameters());
    putUnlessEmpty(event, "stageVariables", facts.stageVariables());
    event.put("requestContext", context(request, facts, path, routeKey));
    Bodies.putVersionTwo(event, request, body);
    return JsonText.print(event);
  }

  private static String stagePath(String path, Facts facts) {
    return facts.stage().equals(Facts.DEFAULT) ? path : "/" + facts.stage() + path;
  }

  private static String routeKey(Request request, Facts facts) {
    boolean whole = facts.route().equals(Facts.DEFAULT) || facts.route().startsWith("ANY ");
    return whole ? facts.route() : request.method() + " " + facts.route();
  }

  private static void putUnlessEmpty(
      Map<String, @Nullable Object> event, String name, Map<String, ?> value) {
    if (!value.isEmpty()) {
      event.put(name, value);
    }
  }

  private static void putUnlessEmpty(
      Map<String, @Nullable Object> event, String name, List<String> value) {
    if (!value.isEmpty()) {
      event.put(name, value);
    }
  }

  private static List<String> cookies(Headers headers) {
    List<String> cookies = new ArrayList<>();
    for (String line : headers.all("cookie")) {
      int from = 0;
      while (from <= line.length()) {
        int end = line.indexOf(';', from);
        end = end < 0 ? line.length() : end;
        String cookie = line.substring(from, end).strip();
        if (!cookie.isEmpty()) {
          cookies.add(cookie);
        }
        from = end + 1;
      }
    }
    return cookies;
  }

  /** An HTTP API takes the cookies out of the headers; a function URL leaves them there as well. */
  private static Map<String, String> headers(Headers headers, boolean withCookies) {
    Map<String, String> joined = new LinkedHashMap<>();
    for (String name : headers.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (withCookies || !lower.equals("cookie")) {
        joined.put(lower, String.join(",", headers.all(name)));
      }
    }
    return joined;
  }

  private static Map<String, String> query(String query) {
    Map<String, String> joined = new LinkedHashMap<>();
    Query.parse(query).forEach((name, values) -> joined.put(name, String.join(",", values)));
    return joined;
  }

  private static Map<String, @Nullable Object> context(
      Request request, Facts facts, String path, String routeKey) {
    Map<String, @Nullable Object> http = new LinkedHashMap<>();
    http.put("method", request.method());
    http.put("path", path);
    http.put("protocol", "HTTP/1.1");
    http.put("sourceIp", facts.sourceIp());
    http.put("userAgent", request.headers().first("user-agent").orElse(""));
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("accountId", facts.accountId());
    context.put("apiId", facts.apiId());
    context.put("domainName", facts.domainName());
    context.put("domainPrefix", prefix(facts.domainName()));
    context.put("http", http);
    context.put("requestId", facts.requestId());
    context.put("routeKey", routeKey);
    context.put("stage", facts.stage());
    context.put("time", Clock.text(facts.epochMillis()));
    context.put("timeEpoch", facts.epochMillis());
    return context;
  }

  static String prefix(String domainName) {
    int dot = domainName.indexOf('.');
    return dot < 0 ? domainName : domainName.substring(0, dot);
  }
}
