package dev.hearth.http.contract;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A whole answer that needs no function. Immutable; its body is not copied and must not be changed. */
public final class Answer {

  private static final byte[] NOTHING = {};

  private final int status;
  private final List<Line> headers;
  private final byte[] body;

  /** A header line. */
  public record Line(String name, String value) {}

  private Answer(int status, List<Line> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** A status and nothing else. */
  public static Answer empty(int status) {
    return new Answer(status, List.of(), NOTHING);
  }

  /** A status and a line of plain text. */
  public static Answer text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text);
  }

  /** A status and JSON text. */
  public static Answer json(int status, String json) {
    return of(status, "application/json", json);
  }

  /** A status and bytes of a type that a header is yet to tell. */
  public static Answer bytes(int status, byte[] body) {
    return new Answer(status, List.of(), body);
  }

  private static Answer of(int status, String contentType, String text) {
    return new Answer(
        status,
        List.of(new Line("Content-Type", contentType)),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with a header line more. */
  public Answer header(String name, String value) {
    List<Line> more = new ArrayList<>(headers);
    more.add(new Line(name, value));
    return new Answer(status, List.copyOf(more), body);
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** The header lines, none of which frames the message. */
  public List<Line> headers() {
    return headers;
  }

  /** The body. */
  public byte[] body() {
    return body;
  }

  @Override
  public String toString() {
    return "Answer[" + status + ", " + body.length + " bytes]";
  }
}
