package dev.hearth.http.contract;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Request;
import java.util.List;

/**
 * One request and the three ways to deal with it: {@link #answer}, {@link #dispatch}, and reading its body first, by {@link
 * #readBody} or {@link #decide}.
 *
 * <p>Used on the event loop that made it, until one of them was called. The request's body belongs to whoever the request
 * is dispatched to.
 */
public interface HttpExchange {

  /** The request. Its body cannot be read here: see {@link #readBody}. */
  Request request();

  /**
   * Adds a header line to whatever the answer will be, unless the function sets that header itself.
   *
   * @throws IllegalArgumentException if name or value hold characters a header must not
   */
  void answerHeader(String name, String value);

  /**
   * Lets the body have no more than this, and no more than the server allows; one that has is answered with 413. To be called
   * before the request is dispatched.
   */
  void limitBody(long bytes);

  /**
   * Answers without calling a function. A body that is still on its way is not waited for.
   *
   * @throws IllegalStateException if the exchange is answered or dispatched already
   */
  void answer(Answer answer);

  /**
   * Has functions called, the second with what the first answered and so on; the answer of the last is the client's.
   * A small body is read whole before; a larger one is streamed.
   *
   * @param functions at least one; only the last may be one that gives nothing
   * @param details what the contract knows about the call
   * @param outcomes makes the answer where the function gave none
   */
  void dispatch(List<FunctionHandle> functions, CallDetails details, OutcomeMapper outcomes);

  /**
   * Reads the body whole and hands it over on a thread that may block, to be decided about. A body over the limit is
   * answered with 413 and the reader is not called.
   *
   * @param limitBytes the most the body may have
   */
  void readBody(int limitBytes, BodyReader reader);

  /**
   * As {@link #readBody}, for readers that do not block: a small body is handed over on the event loop.
   *
   * @param limitBytes the most the body may have
   */
  void decide(int limitBytes, BodyReader reader);

  /** Takes a body that was read whole. */
  @FunctionalInterface
  interface BodyReader {

    /**
     * Says what becomes of the request. The client may have left meanwhile; then the decision does not matter.
     *
     * @throws Exception anything; it is logged and answered with 500
     */
    Decision read(byte[] body) throws Exception;
  }
}
