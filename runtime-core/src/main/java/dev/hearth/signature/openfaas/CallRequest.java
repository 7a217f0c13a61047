package dev.hearth.signature.openfaas;

import com.openfaas.model.IRequest;
import dev.hearth.function.Headers;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as OpenFaaS' entry point would show it, except that headers are found without regard to case, that
 * bodies of all methods are read, and that text is UTF-8 whatever the platform's charset.
 */
final class CallRequest implements IRequest {

  private final String body;
  private final Map<String, String> headers;
  private final @Nullable String query;
  private final Map<String, String> parameters;
  private final String path;
  private final Map<String, String> segments;

  private CallRequest(String body, Map<String, String> headers, @Nullable String query, String path)
      throws InputException {
    this.body = body;
    this.headers = headers;
    this.query = query;
    this.parameters = Pairs.ofQuery(query);
    this.path = path;
    this.segments = Pairs.ofPath(path);
  }

  /**
   * Takes what a handler may ask for out of a request.
   *
   * @throws InputException if the body cannot be read, or path or query are not encoded as URLs are
   */
  static CallRequest of(Request request) throws InputException {
    String query = request.query();
    return new CallRequest(
        body(request),
        firstOfEach(request.headers()),
        query.isEmpty() ? null : query,
        Pairs.decodePath(request.path()));
  }

  private static String body(Request request) throws InputException {
    try {
      return new String(request.bytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> firstOfEach(Headers headers) {
    Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : headers.names()) {
      headers.first(name).ifPresent(value -> first.put(name, value));
    }
    return first;
  }

  @Override
  public String getBody() {
    return body;
  }

  @Override
  public Map<String, String> getHeaders() {
    return headers;
  }

  @Override
  public @Nullable String getHeader(String key) {
    return headers.get(key);
  }

  @Override
  public @Nullable String getQueryRaw() {
    return query;
  }

  @Override
  public Map<String, String> getQuery() {
    return parameters;
  }

  @Override
  public String getPathRaw() {
    return path;
  }

  @Override
  public Map<String, String> getPath() {
    return segments;
  }
}
