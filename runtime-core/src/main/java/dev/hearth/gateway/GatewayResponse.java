package dev.hearth.gateway;

import dev.hearth.function.Response;
import java.io.IOException;
import java.util.List;

/** A response that a gateway makes of a function's result. Immutable; its body is not copied and must not be changed. */
public final class GatewayResponse {

  private final int status;
  private final List<Line> headers;
  private final byte[] body;

  /** A header line. */
  public record Line(String name, String value) {}

  GatewayResponse(int status, List<Line> headers, byte[] body) {
    this.status = status;
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  /** The status, within 100 to 999. */
  public int status() {
    return status;
  }

  /** The header lines in order; names may recur. */
  public List<Line> headers() {
    return headers;
  }

  /** The bytes. */
  public byte[] body() {
    return body;
  }

  /**
   * Writes it.
   *
   * @throws IllegalArgumentException if status or headers are none that can be sent
   */
  public void writeTo(Response response) throws IOException {
    response.status(status);
    for (Line line : headers) {
      response.addHeader(line.name(), line.value());
    }
    response.body().write(body);
  }
}
