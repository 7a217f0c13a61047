package dev.hearth.signature.google;

import com.google.cloud.functions.HttpRequest;
import dev.hearth.function.Request;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.web.HeaderParameters;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as functions see it. One thread at a time. */
final class GoogleRequest implements HttpRequest {

  private final Request request;
  private final MessageBody body;
  private final @Nullable Map<String, HttpPart> parts;

  private GoogleRequest(Request request, InputStream body, @Nullable Map<String, HttpPart> parts) {
    this.request = request;
    this.body = new MessageBody(body, getCharacterEncoding().orElse(null));
    this.parts = parts;
  }

  /**
   * Wraps a request. A form is read and taken apart at once, so that a broken one never reaches the
   * function; any other body is left where it is.
   *
   * @throws InputException if it is a broken form
   */
  static GoogleRequest of(Request request) throws InputException {
    String contentType = request.contentType().orElse("");
    if (!contentType.toLowerCase(Locale.ROOT).startsWith(Form.MEDIA_TYPE)) {
      return new GoogleRequest(request, request.body(), null);
    }
    byte[] form;
    try {
      form = request.bytes();
    } catch (IOException e) {
      throw InputException.malformed("the body cannot be read: " + e.getMessage(), e);
    }
    return new GoogleRequest(
        request, new ByteArrayInputStream(form), Form.parse(contentType, form));
  }

  @Override
  public String getMethod() {
    return request.method();
  }

  @Override
  public String getUri() {
    String host = request.headers().first("Host").orElse("localhost");
    String query = request.query().isEmpty() ? "" : "?" + request.query();
    return "http://" + host + request.path() + query;
  }

  @Override
  public String getPath() {
    return request.path();
  }

  @Override
  public Optional<String> getQuery() {
    return request.query().isEmpty() ? Optional.empty() : Optional.of(request.query());
  }

  @Override
  public Map<String, List<String>> getQueryParameters() {
    return Query.parameters(request.query());
  }

  @Override
  public Map<String, HttpPart> getParts() {
    if (parts == null) {
      throw new IllegalStateException(
          "Content-Type is "
              + getContentType().orElse("not set")
              + "; only "
              + Form.MEDIA_TYPE
              + " has parts");
    }
    return parts;
  }

  @Override
  public Optional<String> getContentType() {
    return request.contentType();
  }

  /** What the sender declared; a body that came in chunks has no length, even if the host knows it by now. */
  @Override
  public long getContentLength() {
    return request.headers().first("Transfer-Encoding").isPresent() ? -1 : request.contentLength();
  }

  /** The JDK's name of the charset; as sent where the JDK does not know it. */
  @Override
  public Optional<String> getCharacterEncoding() {
    String sent = HeaderParameters.get(request.contentType().orElse(null), "charset");
    if (sent == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Charset.forName(sent).name());
    } catch (IllegalArgumentException e) {
      return Optional.of(sent);
    }
  }

  @Override
  public InputStream getInputStream() {
    return body.stream();
  }

  @Override
  public BufferedReader getReader() throws IOException {
    return body.reader();
  }

  @Override
  public Map<String, List<String>> getHeaders() {
    return request.headers().asMap();
  }
}
