package dev.hearth.http;

/**
 * What carries one exchange: a connection of HTTP/1, for as long as it is that exchange's turn, or one stream of HTTP/2. On
 * the event loop, except where it says "any thread".
 */
interface Carrier {

  /** The way to the client; any thread. */
  Wire wire();

  /** How answers are put; any thread. */
  Framing framing();

  /** Whether there may be another request behind this one, as far as is known now; any thread. */
  boolean mayKeepAlive(RequestHead request);

  /** How long a client may take nothing of an answer; any thread. */
  long writeStallNanos();

  /** Ends it so that the client can tell that its answer is not whole; any thread. */
  void cut(String reason);

  /** Ends it without an answer; any thread. */
  void close(String reason);

  /** Starts to wait for a body. */
  void awaitBody();

  /** Sends leave to send the body, or a sign of life. */
  void inform();

  /** Asks for more of the body, unless there is enough for now. */
  void readOn();

  /** The last of a body that nobody wanted has arrived. */
  void bodyDropped();

  /**
   * Sends the last part of an answer.
   *
   * @param last as {@link Framing} made it
   * @param bytes about how long it is
   * @param keepAlive whether it was said that there may be another request
   */
  void finish(ServerExchange exchange, Object last, int bytes, boolean keepAlive);
}
