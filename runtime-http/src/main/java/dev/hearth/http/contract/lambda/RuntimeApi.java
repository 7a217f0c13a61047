package dev.hearth.http.contract.lambda;

import dev.hearth.http.lambda.ErrorReport;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The Runtime API's endpoints, over one connection. Belongs to one thread, but for {@link #stopIdle} and {@link #stop}.
 *
 * <p>A connection that turns out to be closed before anything of a reply has arrived is made again, once: sending twice does no
 * harm, because the API answers an event's second result with an error.
 */
final class RuntimeApi implements AutoCloseable {

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String INVOCATION = ROOT + "invocation/";
  private static final int REPLY_BYTES = 64 << 10;

  private final ApiConnection connection;
  private final ApiBounds bounds;
  private final String common; // header lines of every request

  /**
   * @param agent the value of {@code User-Agent}
   */
  RuntimeApi(ApiAddress address, ApiBounds bounds, String agent) throws IOException {
    this.connection = new ApiConnection(address, bounds);
    this.bounds = bounds;
    this.common = " HTTP/1.1\r\nHost: " + address.authority() + "\r\nUser-Agent: " + agent + "\r\n";
  }

  /** A body that is made while it is sent. */
  interface Stream {
    /** The next part of it, waiting for it; null at its end. */
    byte @Nullable [] next() throws IOException;

    /** After the end: why it is not complete, or null. */
    @Nullable ErrorReport failure();
  }

  /** Waits for an event, as long as it takes. */
  Event next(boolean streaming) throws IOException {
    Reply reply = get(INVOCATION + "next", bounds.eventBytes());
    if (reply.status() != 200) {
      throw new ApiException(connection + ": next was answered with " + reply.describe());
    }
    return Event.of(reply, streaming);
  }

  /** Waits until the process was stored and brought back. */
  void restoreNext() throws IOException {
    Reply reply = get(ROOT + "restore/next", REPLY_BYTES);
    if (reply.status() != 200) {
      throw new ApiException(connection + ": restore/next was answered with " + reply.describe());
    }
  }

  /** Posts an event's result. */
  Reply respond(String id, String contentType, byte[] body, int length) throws IOException {
    return post(
        INVOCATION + id + "/response", "Content-Type: " + contentType + "\r\n", body, length);
  }

  /** Posts that an event failed. */
  Reply fail(String id, ErrorReport report) throws IOException {
    return post(INVOCATION + id + "/error", report);
  }

  /** Posts that the function cannot be started. */
  Reply failInit(ErrorReport report) throws IOException {
    return post(ROOT + "init/error", report);
  }

  /** Posts that the function cannot go on after it was brought back. */
  Reply failRestore(ErrorReport report) throws IOException {
    return post(ROOT + "restore/error", report);
  }

  private Reply get(String path, int bodyBytes) throws IOException {
    String head = "GET " + path + common + "\r\n";
    return exchange(head, new byte[0], 0, ApiBounds.NEVER, true, bodyBytes);
  }

  private Reply post(String path, ErrorReport report) throws IOException {
    String cause = report.cause();
    String headers =
        "Content-Type: application/json\r\nLambda-Runtime-Function-Error-Type: "
            + report.type()
            + "\r\n"
            + (cause == null ? "" : "Lambda-Runtime-Function-XRay-Error-Cause: " + cause + "\r\n");
    return post(path, headers, report.document(), report.document().length);
  }

  private Reply post(String path, String headers, byte[] body, int length) throws IOException {
    String head = "POST " + path + common + headers + "Content-Length: " + length + "\r\n\r\n";
    return exchange(head, body, length, bounds.stallNanos(), false, REPLY_BYTES);
  }

  private Reply exchange(
      String head, byte[] body, int length, long replyNanos, boolean idle, int bodyBytes)
      throws IOException {
    boolean used = connection.open();
    try {
      return once(head, body, length, replyNanos, idle, bodyBytes);
    } catch (ApiException e) {
      if (!used || !e.isUnanswered()) {
        throw e;
      }
    }
    connection.open();
    return once(head, body, length, replyNanos, idle, bodyBytes);
  }

  private Reply once(
      String head, byte[] body, int length, long replyNanos, boolean idle, int bodyBytes)
      throws IOException {
    boolean done = false;
    try {
      boolean sent =
          connection.send(head) && connection.send(body, 0, length) && connection.flush();
      Reply reply = read(sent, replyNanos, idle, bodyBytes);
      done = true;
      return reply;
    } finally {
      if (!done) {
        connection.disconnect();
      }
    }
  }

  private Reply read(boolean sent, long nanos, boolean idle, int bodyBytes) throws IOException {
    ReplyReader reader = new ReplyReader(connection, bounds);
    Reply reply = reader.read(nanos, idle, bodyBytes);
    if (!sent || !reader.keepsAlive()) {
      connection.disconnect();
    }
    return reply;
  }

  /**
   * Posts an event's result while it is made.
   *
   * @param begin the first bytes of the body
   */
  Reply stream(String id, String contentType, byte[] begin, Stream body) throws IOException {
    connection.open();
    boolean done = false;
    try {
      boolean sent =
          connection.send(streamHead(id, contentType)) && chunk(begin) && connection.flush();
      for (byte[] part = sent ? body.next() : null;
          part != null;
          part = sent ? body.next() : null) {
        sent = chunk(part) && connection.flush();
      }
      sent = sent && end(body.failure());
      Reply reply = read(sent, bounds.stallNanos(), false, REPLY_BYTES);
      done = true;
      return reply;
    } finally {
      if (!done) {
        connection.disconnect();
      }
    }
  }

  private String streamHead(String id, String contentType) {
    return "POST "
        + INVOCATION
        + id
        + "/response"
        + common
        + "Content-Type: "
        + contentType
        + "\r\nLambda-Runtime-Function-Response-Mode: streaming\r\n"
        + "Trailer: Lambda-Runtime-Function-Error-Type\r\n"
        + "Trailer: Lambda-Runtime-Function-Error-Body\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n";
  }

  private boolean chunk(byte[] part) throws IOException {
    return part.length == 0
        || (connection.send(Integer.toHexString(part.length) + "\r\n")
            && connection.send(part, 0, part.length)
            && connection.send("\r\n"));
  }

  private boolean end(@Nullable ErrorReport failure) throws IOException {
    String trailers =
        failure == null
            ? ""
            : "Lambda-Runtime-Function-Error-Type: "
                + failure.type()
                + "\r\nLambda-Runtime-Function-Error-Body: "
                + java.util.Base64.getEncoder().encodeToString(failure.document())
                + "\r\n";
    return connection.send("0\r\n" + trailers + "\r\n") && connection.flush();
  }

  /** Ends a wait for an event, now and later. May be called by any thread. */
  void stopIdle() {
    connection.stopIdle();
  }

  /** Ends whatever is waited for, now and later. May be called by any thread. */
  void stop() {
    connection.stop();
  }

  @Override
  public void close() {
    connection.close();
  }
}
