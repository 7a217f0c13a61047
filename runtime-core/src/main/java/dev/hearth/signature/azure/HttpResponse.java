package dev.hearth.signature.azure;

import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A response that a function built. Immutable but for its body. */
final class HttpResponse implements HttpResponseMessage {

  private final HttpStatusType status;
  private final Map<String, String> headers;
  private final @Nullable Object body;

  private HttpResponse(HttpStatusType status, Map<String, String> headers, @Nullable Object body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** Builds one; names of headers mean the same in any case. */
  static final class Building implements Builder {

    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private HttpStatusType status;
    private @Nullable Object body;

    Building(HttpStatusType status) {
      this.status = Objects.requireNonNull(status, "status");
    }

    @Override
    public Builder status(HttpStatusType changed) {
      status = Objects.requireNonNull(changed, "status");
      return this;
    }

    @Override
    public Builder header(String key, String value) {
      headers.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
      return this;
    }

    @Override
    public Builder body(@Nullable Object changed) {
      body = changed;
      return this;
    }

    @Override
    public HttpResponseMessage build() {
      Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      copy.putAll(headers);
      return new HttpResponse(status, Collections.unmodifiableMap(copy), body);
    }
  }

  @Override
  public HttpStatusType getStatus() {
    return status;
  }

  @Override
  public int getStatusCode() {
    return status.value();
  }

  @Override
  public @Nullable String getHeader(String key) {
    return headers.get(key);
  }

  @Override
  public @Nullable Object getBody() {
    return body;
  }

  Map<String, String> headers() {
    return headers;
  }
}
