package dev.hearth.function;

/**
 * A function that reads its request and writes its response as streams, each side at its own pace.
 *
 * <p>What it writes is held back until a buffer is full or the stream is flushed; after that, status and
 * headers are on their way and can no longer change. The response is complete when the method returns.
 */
@FunctionalInterface
public interface StreamFunction {

  /**
   * Handles one invocation.
   *
   * @throws Exception anything; a response that has begun is cut so that the client can tell
   */
  void handle(Request request, Response response, Context context) throws Exception;
}
