package dev.hearth.benchmarks.process;

/**
 * What a function is sent, and what it must answer.
 *
 * @param contentType of the event
 * @param event text
 * @param answer the whole body of the answer
 */
record Call(String contentType, String event, String answer) {

  /** What every peer is asked. */
  static final Call HELLO = new Call("text/plain", "{\"name\":\"x\"}", "Hello, x!");
}
