package io.nuclio;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;

/** What a function answers: status 200, {@code text/plain} and nothing in it, unless it says otherwise. */
public class Response {

  private long statusCode = 200;
  private String contentType = "text/plain";
  private byte[] body = new byte[0];
  private Map<String, Object> headers = Collections.emptyMap();

  public Response setBody(byte[] body) {
    this.body = body;
    return this;
  }

  /** Sets the body to a text, in UTF-8. */
  public Response setBody(String body) {
    return setBody(body.getBytes(StandardCharsets.UTF_8));
  }

  public byte[] getBody() {
    return body;
  }

  public Response setStatusCode(long statusCode) {
    this.statusCode = statusCode;
    return this;
  }

  public long getStatusCode() {
    return statusCode;
  }

  public Response setHeaders(Map<String, Object> headers) {
    this.headers = headers;
    return this;
  }

  public Map<String, Object> getHeaders() {
    return headers;
  }

  public Response setContentType(String contentType) {
    this.contentType = contentType;
    return this;
  }

  public String getContentType() {
    return contentType;
  }
}
