package dev.hearth.http.contract;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.signature.spi.Exchange;
import java.time.Duration;
import java.util.List;

/**
 * One request and the ways to deal with it: {@link #answer}, {@link #dispatch}, {@link #readBody}, {@link #collect}.
 *
 * <p>Used on the event loop that made it, until one of them was called; after {@code collect}, {@link #call} and {@link
 * #answer} may be called from any thread. The request's body belongs to whoever the request is dispatched to.
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
   * The same with a value that is made when the head of the answer goes out; for one header of an exchange.
   *
   * @throws IllegalStateException if another header is waiting for its value
   */
  void answerHeader(String name, LateValue value);

  /** Has the exchange followed to its end; at most one can follow it. To be called before the request is dispatched. */
  void follow(ExchangeObserver observer);

  /**
   * Bounds the exchange in time, from now on. When a bound is crossed the connection is closed: without an answer if none was begun,
   * else so that the client can tell that it is not whole. The call is cancelled. To be called before the request is dispatched.
   *
   * @param body how long the request's body may take to arrive; zero for no bound
   * @param whole how long the exchange may take up to the end of its answer; zero for no bound
   */
  void limitTime(Duration body, Duration whole);

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
   * Reads the body whole and hands it over on a thread that may block. A body over the limit is answered with 413 and
   * the reader is not called.
   *
   * @param limitBytes the most the body may have
   */
  void readBody(int limitBytes, BodyReader reader);

  /** Takes a body that was read whole. */
  @FunctionalInterface
  interface BodyReader {

    /**
     * Gives the answer; on a thread that may block.
     *
     * @throws Exception anything; it is logged and answered with 500
     */
    Answer read(byte[] body) throws Exception;
  }

  /**
   * Reads the body whole, for a request that holds something else than what a function is given. The taker then has
   * functions called with requests of its own making, and answers once. A body over the limit is answered with 413.
   *
   * @param limitBytes the most the body may have
   */
  void collect(int limitBytes, BodyTaker taker);

  /**
   * Has a function called with a request that the contract made, after {@link #collect}; any number of times, one
   * after the other. Nothing of what it answers is sent: the contract makes its answer of it. Does nothing, and never
   * tells, when the client is gone; cancels the call when the client leaves.
   *
   * @param made what the function reads and writes; see {@link #keep}
   */
  void call(FunctionHandle function, CallDetails details, Exchange made, Ending ending);

  /**
   * A response for {@link #call}, as strict as the client's own.
   *
   * @param mostBytes of its body; a function that writes more gets an {@link java.io.IOException}
   */
  KeptResponse keep(int mostBytes);

  /**
   * The client's own response, after {@link #collect}, for an answer that is sent as it comes: what is written goes out as what a
   * function writes does, and waits for the client as that does. {@link #end} ends it.
   */
  Response response();

  /**
   * Ends an answer by what was written to {@link #response} and a last part. Does not block; any thread. Nothing can be
   * written from then on.
   */
  void end(byte[] last);

  /**
   * Breaks off an answer that was begun by {@link #response}, so that the client can tell that it is not whole. Does not block;
   * any thread.
   *
   * @param reason one line, for the log
   */
  void cut(String reason);

  /** Takes a body that was collected. */
  @FunctionalInterface
  interface BodyTaker {

    /** Goes on with the body; on the event loop when it is small, else on a thread that may block. */
    void taken(byte[] body);
  }

  /** Is told how a call ended that was not the client's own. */
  @FunctionalInterface
  interface Ending {

    /** Goes on; on any thread, which it must not block. */
    void ended(OutcomeMapper.Ended call);
  }
}
