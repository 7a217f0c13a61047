package dev.hearth.http;

/** A client's connection, as the server knows it, whatever it speaks. Any thread. */
interface OpenConnection {

  /** Lets the exchanges under way end and then closes. */
  void drain();

  /** Closes at once, cancelling the calls under way. */
  void close(String reason);
}
