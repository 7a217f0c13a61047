package dev.hearth.http.contract;

/** Follows one exchange to its end, whatever becomes of its client. Must neither block nor throw. */
@FunctionalInterface
public interface ExchangeObserver {

  /**
   * Tells that the exchange is over. Called exactly once, on its event loop, before the last bytes of its answer are sent; so what is
   * counted here is counted when the client has its answer.
   *
   * @param status of the answer, also of one by which the server refuses the request; 0 when none was begun, because the client
   *     left or time was up
   * @param bytes of the body, where its length is told; -1 for an answer in parts
   */
  void over(int status, long bytes);
}
