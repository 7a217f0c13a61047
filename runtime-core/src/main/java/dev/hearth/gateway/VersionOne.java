package dev.hearth.gateway;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events of payload format 1.0, and those of load balancers, which are alike. What is empty is null. */
final class VersionOne {

  private static final String[] IDENTITY = {
    "accessKey",
    "accountId",
    "apiKey",
    "caller",
    "cognitoAuthenticationProvider",
    "cognitoAuthenticationType",
    "cognitoIdentityId",
    "cognitoIdentityPoolId",
    "principalOrgId",
    "user",
    "userArn"
  };

  private VersionOne() {}

  static String rest(Request request, byte[] body, Facts facts) {
    Map<String, @Nullable Object> event = event(request, facts);
    Bodies.putVersionOne(event, request, body, facts.binaryTypes());
    return JsonText.print(event);
  }

  /** An HTTP API names the version, and has one rule for bodies whatever the version. */
  static String httpApi(Request request, byte[] body, Facts facts) {
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("version", "1.0");
    event.putAll(event(request, facts));
    event.put("body", null); // in its place; overwritten where there is one
    Bodies.putVersionTwo(event, request, body);
    return JsonText.print(event);
  }

  private static Map<String, @Nullable Object> event(Request request, Facts facts) {
    String path = Query.path(request.path());
    String resource = resource(facts.route());
    Map<String, List<String>> query = Query.parse(request.query());
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("resource", resource);
    event.put("path", path);
    event.put("httpMethod", request.method());
    event.put("headers", orNull(lastHeaders(request.headers())));
    event.put("multiValueHeaders", orNull(allHeaders(request.headers())));
    event.put("queryStringParameters", orNull(last(query)));
    event.put("multiValueQueryStringParameters", orNull(query));
    event.put("pathParameters", orNull(pathParameters(path, facts)));
    event.put("stageVariables", orNull(facts.stageVariables()));
    event.put("requestContext", context(request, facts, path, resource));
    return event;
  }

  private static String resource(String route) {
    if (route.equals(Facts.DEFAULT)) {
      return "/{proxy+}";
    }
    return route.startsWith("ANY ") ? route.substring("ANY ".length()) : route;
  }

  /** Names and values of the query as they were sent: a load balancer decodes nothing. */
  static String loadBalancer(Request request, byte[] body) {
    Map<String, @Nullable Object> target = new LinkedHashMap<>();
    target.put(
        "targetGroupArn", "arn:aws:elasticloadbalancing:local:000000000000:targetgroup/hearth/0");
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("elb", target);
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("requestContext", context);
    event.put("httpMethod", request.method());
    event.put("path", request.path());
    event.put("queryStringParameters", last(rawQuery(request.query())));
    Map<String, String> headers = new LinkedHashMap<>();
    lastHeaders(request.headers())
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    event.put("headers", headers);
    Bodies.putVersionTwo(event, request, body);
    event.putIfAbsent("body", "");
    return JsonText.print(event);
  }

  private static Map<String, List<String>> rawQuery(String query) {
    return Query.parse(query.replace("%", "%25").replace("+", "%2B"));
  }

  private static Map<String, String> pathParameters(String path, Facts facts) {
    if (!facts.route().equals(Facts.DEFAULT) || path.length() < 2) {
      return facts.pathParameters();
    }
    return Map.of("proxy", path.substring(1));
  }

  private static Map<String, String> lastHeaders(Headers headers) {
    Map<String, String> last = new LinkedHashMap<>();
    for (String name : headers.names()) {
      List<String> values = headers.all(name);
      last.put(name, values.get(values.size() - 1));
    }
    return last;
  }

  private static Map<String, List<String>> allHeaders(Headers headers) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String name : headers.names()) {
      all.put(name, headers.all(name));
    }
    return all;
  }

  private static Map<String, String> last(Map<String, List<String>> all) {
    Map<String, String> last = new LinkedHashMap<>();
    all.forEach((name, values) -> last.put(name, values.get(values.size() - 1)));
    return last;
  }

  private static @Nullable Object orNull(Map<String, ?> map) {
    return map.isEmpty() ? null : map;
  }

  private static Map<String, @Nullable Object> context(
      Request request, Facts facts, String path, String resource) {
    Map<String, @Nullable Object> identity = new LinkedHashMap<>();
    for (String name : IDENTITY) {
      identity.put(name, null);
    }
    identity.put("sourceIp", facts.sourceIp());
    identity.put("userAgent", request.headers().first("user-agent").orElse(null));
    Map<String, @Nullable Object> context = new LinkedHashMap<>();
    context.put("accountId", facts.accountId());
    context.put("apiId", facts.apiId());
    context.put("authorizer", null);
    context.put("domainName", facts.domainName());
    context.put("domainPrefix", VersionTwo.prefix(facts.domainName()));
    context.put("extendedRequestId", facts.requestId());
    context.put("httpMethod", request.method());
    context.put("identity", identity);
    context.put("path", facts.stage().equals(Facts.DEFAULT) ? path : "/" + facts.stage() + path);
    context.put("protocol", "HTTP/1.1");
    context.put("requestId", facts.requestId());
    context.put("requestTime", Clock.text(facts.epochMillis()));
    context.put("requestTimeEpoch", facts.epochMillis());
    context.put("resourceId", "hearth");
    context.put("resourcePath", resource);
    context.put("stage", facts.stage());
    return context;
  }
}
