package dev.hearth.signature.google;

import com.google.cloud.functions.HttpRequest.HttpPart;
import dev.hearth.signature.web.HeaderParameters;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One part of a form. Its content is a stretch of the request's body. */
final class FormPart implements HttpPart {

  private final @Nullable String fileName;
  private final Map<String, List<String>> headers;
  private final int length;
  private final MessageBody body;

  FormPart(
      @Nullable String fileName,
      Map<String, List<String>> headers,
      byte[] message,
      int from,
      int to) {
    this.fileName = fileName;
    this.headers = headers;
    this.length = to - from;
    this.body =
        new MessageBody(
            new ByteArrayInputStream(message, from, length), getCharacterEncoding().orElse(null));
  }

  @Override
  public Optional<String> getFileName() {
    return Optional.ofNullable(fileName);
  }

  @Override
  public Optional<String> getContentType() {
    return getFirstHeader("Content-Type");
  }

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public Optional<String> getCharacterEncoding() {
    return Optional.ofNullable(HeaderParameters.get(getContentType().orElse(null), "charset"));
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
    return headers;
  }
}
