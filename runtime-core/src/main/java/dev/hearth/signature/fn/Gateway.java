package dev.hearth.signature.fn;

import com.fnproject.fn.api.Headers;
import com.fnproject.fn.api.InvocationContext;
import com.fnproject.fn.api.OutputEvent;
import com.fnproject.fn.api.QueryParameters;
import com.fnproject.fn.api.httpgateway.HTTPGatewayContext;
import dev.hearth.function.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request behind a call: what Fn's trigger says of it in headers, or the request itself where the call did not come through
 * Fn. What is set here becomes headers of the answer, in Fn's spelling.
 */
final class Gateway implements HTTPGatewayContext {

  /** Stands before the name of each header of the HTTP request and response. */
  static final String PREFIX = "Fn-Http-H-";

  /** Holds the status of the HTTP response. */
  static final String STATUS = "Fn-Http-Status";

  private final InvocationContext call;
  private final String method;
  private final String url;
  private final Headers headers;

  private Gateway(InvocationContext call, String method, String url, Headers headers) {
    this.call = call;
    this.method = method;
    this.url = url;
    this.headers = headers;
  }

  static Gateway of(InvocationContext call) {
    if (call instanceof CallContext own && !CallEvent.isFromFn(own.event().request())) {
      Request request = own.event().request();
      return new Gateway(call, request.method(), url(request), own.getRequestHeaders());
    }
    Headers headers = call.getRequestHeaders();
    return new Gateway(
        call,
        headers.get("Fn-Http-Method").orElse(""),
        headers.get("Fn-Http-Request-Url").orElse(""),
        ofTrigger(headers));
  }

  private static String url(Request request) {
    String target =
        request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
    String host = request.headers().first("host").orElse("");
    return host.isEmpty() ? target : "http://" + host + target;
  }

  private static Headers ofTrigger(Headers headers) {
    Map<String, List<String>> found = new HashMap<>();
    for (Map.Entry<String, List<String>> header : headers.asMap().entrySet()) {
      String name = header.getKey();
      if (name.startsWith(PREFIX) && name.length() > PREFIX.length()) {
        found.put(name.substring(PREFIX.length()), header.getValue());
      }
    }
    return Headers.emptyHeaders().setHeaders(found);
  }

  @Override
  public InvocationContext getInvocationContext() {
    return call;
  }

  @Override
  public Headers getHeaders() {
    return headers;
  }

  @Override
  public String getRequestURL() {
    return url;
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public QueryParameters getQueryParameters() {
    return Query.of(url);
  }

  @Override
  public void addResponseHeader(String key, String value) {
    call.addResponseHeader(PREFIX + Objects.requireNonNull(key, "key"), value);
  }

  /** A content type is the event's as well. */
  @Override
  @SuppressWarnings("NullAway") // a null value takes the header back
  public void setResponseHeader(String key, @Nullable String value, String... others) {
    Objects.requireNonNull(key, "key");
    if (Headers.canonicalKey(key).equals(OutputEvent.CONTENT_TYPE_HEADER)) {
      call.setResponseContentType(value);
      call.setResponseHeader(PREFIX + key, value);
    } else {
      call.setResponseHeader(PREFIX + key, value, others);
    }
  }

  @Override
  public void setStatusCode(int code) {
    if (code < 100 || code > 599) {
      throw new IllegalArgumentException(
          "status code is " + code + "; it must be within 100 to 599");
    }
    call.setResponseHeader(STATUS, Integer.toString(code));
  }
}
