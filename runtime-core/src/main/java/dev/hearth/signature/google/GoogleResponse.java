package dev.hearth.signature.google;

import com.google.cloud.functions.HttpResponse;
import dev.hearth.function.Response;
import dev.hearth.signature.web.HeaderParameters;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A response as functions see it: what comes after status and headers are on their way has no effect on them. */
final class GoogleResponse implements HttpResponse {

  private static final String CONTENT_TYPE = "Content-Type";

  private final Response response;
  private @Nullable OutputStream stream;
  private @Nullable BufferedWriter writer;

  GoogleResponse(Response response) {
    this.response = response;
  }

  @Override
  public void setStatusCode(int code) {
    if (!response.isCommitted()) {
      response.status(code);
    }
  }

  @Override
  public void setStatusCode(int code, String message) {
    setStatusCode(code); // HTTP/2 has no place for the message; HTTP/1.1 clients ignore it
  }

  @Override
  public void setContentType(String contentType) {
    if (!response.isCommitted()) {
      response.header(CONTENT_TYPE, contentType);
    }
  }

  @Override
  public Optional<String> getContentType() {
    return response.headers().first(CONTENT_TYPE);
  }

  @Override
  public void appendHeader(String header, String value) {
    if (header.equalsIgnoreCase(CONTENT_TYPE)) {
      setContentType(value);
    } else if (!response.isCommitted()) {
      response.addHeader(header, value);
    }
  }

  @Override
  public Map<String, List<String>> getHeaders() {
    return response.headers().asMap();
  }

  @Override
  public OutputStream getOutputStream() {
    if (writer != null) {
      throw new IllegalStateException("getWriter() was called before; the body is written one way");
    }
    OutputStream known = stream;
    if (known == null) {
      known = new ResponseBody(response.body());
      stream = known;
    }
    return known;
  }

  @Override
  public BufferedWriter getWriter() throws IOException {
    if (stream != null) {
      throw new IllegalStateException(
          "getOutputStream() was called before; the body is written one way");
    }
    BufferedWriter known = writer;
    if (known == null) {
      known = new ResponseBody(response.body()).writer(charset());
      writer = known;
    }
    return known;
  }

  private Charset charset() {
    String name = HeaderParameters.get(getContentType().orElse(null), "charset");
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  /**
   * Hands over what the writer holds back, without sending anything; functions need not do so.
   *
   * @throws IOException if the client left
   */
  void complete() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
