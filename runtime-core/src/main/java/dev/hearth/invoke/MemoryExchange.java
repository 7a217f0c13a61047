package dev.hearth.invoke;

import dev.hearth.function.Headers;
import dev.hearth.function.Reply;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.signature.spi.Exchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/** An exchange that touches no socket: the request is given, the response is kept. */
public final class MemoryExchange implements Exchange {

  private final MemoryRequest request;
  private final MemoryResponse response = new MemoryResponse();

  /**
   * @param headers header lines by name
   * @param contentLength length of the body, -1 when not known
   */
  public MemoryExchange(
      String method,
      String path,
      String query,
      Map<String, List<String>> headers,
      InputStream body,
      long contentLength) {
    request = new MemoryRequest(method, path, query, new MapHeaders(headers), body, contentLength);
  }

  /** A POST to {@code /} with this body. */
  public static MemoryExchange post(byte[] body, String contentType) {
    return new MemoryExchange(
        "POST",
        "/",
        "",
        Map.of("Content-Type", List.of(contentType)),
        new ByteArrayInputStream(body),
        body.length);
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public Response response() {
    return response;
  }

  /** What was answered; status 200 where the function set none. */
  public Reply<byte[]> reply() {
    Reply<?> reply = Reply.status(response.status() == 0 ? 200 : response.status());
    for (Map.Entry<String, List<String>> header : response.headers().asMap().entrySet()) {
      for (String value : header.getValue()) {
        reply = reply.header(header.getKey(), value);
      }
    }
    return reply.body(response.bytes());
  }

  private record MemoryRequest(
      String method,
      String path,
      String query,
      Headers headers,
      InputStream body,
      long contentLength)
      implements Request {}

  private static final class MemoryResponse implements Response {
    private final MapHeaders headers = new MapHeaders(Map.of());
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;

    @Override
    public Response status(int status) {
      if (status < 200 || status > 999) {
        throw new IllegalArgumentException(
            "status is " + status + "; it must be within 200 to 999");
      }
      this.status = status;
      return this;
    }

    @Override
    public int status() {
      return status;
    }

    @Override
    public Response header(String name, String value) {
      headers.set(name, value);
      return this;
    }

    @Override
    public Response addHeader(String name, String value) {
      headers.add(name, value);
      return this;
    }

    @Override
    public Headers headers() {
      return headers;
    }

    @Override
    public OutputStream body() {
      return body;
    }

    @Override
    public boolean isCommitted() {
      return false;
    }

    byte[] bytes() {
      return body.toByteArray();
    }
  }
}
