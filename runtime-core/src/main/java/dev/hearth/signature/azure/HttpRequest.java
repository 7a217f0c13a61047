package dev.hearth.signature.azure;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as functions see it. */
final class HttpRequest implements HttpRequestMessage<@Nullable Object> {

  private final HttpMessage message;
  private final @Nullable Object body;

  HttpRequest(HttpMessage message, @Nullable Object body) {
    this.message = message;
    this.body = body;
  }

  @Override
  public URI getUri() {
    return Uris.of(message.url());
  }

  @Override
  public HttpMethod getHttpMethod() {
    return HttpMethod.value(message.method());
  }

  @Override
  public Map<String, String> getHeaders() {
    return message.headers();
  }

  @Override
  public Map<String, String> getQueryParameters() {
    return message.query();
  }

  @Override
  public @Nullable Object getBody() {
    return body;
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
    return new HttpResponse.Building(status);
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
    return new HttpResponse.Building(status);
  }
}
