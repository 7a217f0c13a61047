package dev.hearth.http;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Reply;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.Decision;
import dev.hearth.http.contract.Dispatch;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Threads;
import dev.hearth.invoke.Timings;
import dev.hearth.signature.spi.Shape;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One request, from its complete head to its complete answer. On the connection's event loop, except where it says
 * "any thread".
 *
 * <p>A small body is collected before the function is called, so that no instance waits for a slow sender; one that
 * does not end soon is handed over as a stream.
 */
final class ServerExchange implements HttpExchange {

  private static final byte[] NOTHING = {};
  private static final int SMALL_BYTES = 64 << 10; // what may be decided about on the event loop
  private static final InputStream NO_BODY = InputStream.nullInputStream();

  /** What the request was decided to be for. */
  private enum Way {
    UNDECIDED,
    ANSWER,
    DISPATCH,
    READ_BODY
  }

  private final HttpServer server;
  private final Connection connection;
  private final RequestHead head;
  private final ServerResponse response;
  private final RequestBody body;

  private Way way = Way.UNDECIDED;
  private List<FunctionHandle> functions = List.of();
  private CallDetails details = CallDetails.none();
  private @Nullable OutcomeMapper outcomes;
  private @Nullable BodyReader reader;
  private boolean readerMayBlock;
  private boolean bodyTooLarge; // its head says so
  private @Nullable Invocation invocation;
  private boolean answered;

  ServerExchange(HttpServer server, Connection connection, RequestHead head) {
    this.server = server;
    this.connection = connection;
    this.head = head;
    this.response = new ServerResponse(connection, head);
    this.body = new RequestBody(head, server.limits());
  }

  ServerResponse response() {
    return response;
  }

  RequestBody body() {
    return body;
  }

  // The contract's side.

  /** Lets the contract decide. */
  void begin() {
    if (head.path().equals("*")) {
      answer(Answer.empty(204));
      return;
    }
    try {
      server.contract().handle(this);
    } catch (RuntimeException e) {
      log("contract {} failed on {} {}", server.contract().name(), e);
      if (way == Way.UNDECIDED) {
        answer(Answer.text(500, "internal error\n"));
        return;
      }
    }
    if (way == Way.UNDECIDED) {
      throw new IllegalStateException(
          "contract " + server.contract().name() + " did not decide what becomes of " + head);
    }
    if (head.hasBody() && !answered) {
      connection.awaitBody();
      if (head.expectsContinue()) {
        connection.inform();
      }
    }
  }

  @Override
  public Request request() {
    return request(NO_BODY, head.contentLength());
  }

  private Request request(InputStream stream, long length) {
    return new FunctionRequest(
        head.method(), head.path(), head.query(), head.headers(), length, stream);
  }

  @Override
  public void answerHeader(String name, String value) {
    response.always(name, value);
  }

  @Override
  public void limitBody(long bytes) {
    bodyTooLarge |= !body.limit(bytes);
  }

  @Override
  public void answer(Answer answer) {
    decide(Way.ANSWER);
    response.end();
    finish(answer);
  }

  @Override
  public void dispatch(
      List<FunctionHandle> functions, CallDetails details, OutcomeMapper outcomes) {
    decide(Way.DISPATCH);
    this.functions = List.copyOf(functions);
    this.details = details;
    this.outcomes = outcomes;
    refuseTooLarge();
  }

  @Override
  public void readBody(int limitBytes, BodyReader reader) {
    read(limitBytes, reader, true);
  }

  @Override
  public void decide(int limitBytes, BodyReader reader) {
    read(limitBytes, reader, false);
  }

  private void read(int limitBytes, BodyReader by, boolean mayBlock) {
    decide(Way.READ_BODY);
    reader = by;
    readerMayBlock = mayBlock;
    limitBody(limitBytes);
    refuseTooLarge();
  }

  private void refuseTooLarge() {
    if (bodyTooLarge) {
      answerInstead(Answer.text(413, "body over " + body.limit() + " bytes\n"));
    }
  }

  private void decide(Way next) {
    if (way != Way.UNDECIDED) {
      throw new IllegalStateException("the exchange is decided already: " + way);
    }
    way = next;
  }

  private void answerInstead(Answer answer) {
    response.end();
    finish(answer);
  }

  // The client's side: the body.

  /** Takes a part of the body. */
  void content(ByteBuf part) throws Refusal {
    body.add(part);
    if (way == Way.DISPATCH && !answered && body.isWorthStreaming() && !runsOnLoop()) {
      InputStream stream = body.stream(() -> connection.wire().execute(this::wanted));
      call(stream, head.contentLength());
    }
  }

  /** A function on the event loop could not wait for the rest there. */
  private boolean runsOnLoop() {
    FunctionHandle first = functions.get(0);
    return first.isDeployed() && first.spec().threads() == Threads.EVENT_LOOP;
  }

  private void wanted() {
    if (!body.isComplete()) {
      body.resumed();
      connection.readOn();
    }
  }

  /** The body has arrived. */
  void contentEnded() {
    body.complete();
    if (answered) {
      connection.bodyDropped();
    } else if (way == Way.DISPATCH && !body.isStreamed()) {
      call(body.collected(), body.length());
    } else if (way == Way.READ_BODY && reader != null) {
      read(reader);
    }
  }

  private void read(BodyReader by) {
    byte[] bytes = body.bytes();
    if (!readerMayBlock && bytes.length <= SMALL_BYTES) {
      decided(readHere(by, bytes));
      return;
    }
    try {
      server.offload(
          () -> {
            Decision decision = readHere(by, bytes);
            connection.wire().execute(() -> decided(decision));
          });
    } catch (RejectedExecutionException e) {
      answerInstead(Answer.text(503, "too much to do at once; try again\n"));
    }
  }

  private void decided(Decision decision) {
    if (decision instanceof Answer answer) {
      answerInstead(answer);
    } else if (decision instanceof Dispatch to && !answered) {
      way = Way.DISPATCH;
      functions = to.functions();
      details = to.details();
      outcomes = to.outcomes();
      call(body.collected(), body.length());
    }
  }

  private Decision readHere(BodyReader by, byte[] bytes) {
    try {
      return by.read(bytes);
    } catch (Exception | LinkageError e) {
      log("contract {} failed on {} {}", server.contract().name(), e);
      return Answer.text(500, "internal error\n");
    }
  }

  // The functions' side.

  private void call(InputStream sent, long length) {
    Request other = details.request();
    byte[] instead = details.body();
    if (other != null) {
      call(0, other);
    } else if (length != 0 || instead == null) {
      call(0, request(sent, length));
    } else {
      head.headers().setContentType("text/plain; charset=utf-8");
      call(0, request(new ByteArrayInputStream(instead), instead.length));
    }
  }

  private void call(int index, Request request) {
    FunctionHandle function = functions.get(index);
    Step step = null;
    try {
      step = new Step(index, function.shape(), kept(index));
      invocation = function.dispatch(new HttpCall(details, request, step.response(), step));
    } catch (IllegalStateException | RejectedExecutionException e) {
      String reason = "function '" + function.name() + "' takes no calls: " + e.getMessage();
      ended(
          step == null ? new Step(index, Shape.FUNCTION, null) : step,
          null,
          new Outcome.Rejected<>(reason, new Timings(0, 0, 0)));
    }
  }

  /** What keeps the answer of a function, where that is not the client's as it is; else null. */
  private @Nullable MemoryExchange kept(int index) {
    boolean last = index == functions.size() - 1;
    if (last && details.wholeBytes() == 0) {
      return null;
    }
    MemoryExchange kept = MemoryExchange.post(NOTHING, "");
    return last ? kept.limitResponse(details.wholeBytes()) : kept;
  }

  /** The call of one of the functions. */
  private final class Step implements HttpCall.Ending {
    final int index;
    final Shape shape;
    final @Nullable MemoryExchange kept; // null where the answer is the client's as it is

    Step(int index, Shape shape, @Nullable MemoryExchange kept) {
      this.index = index;
      this.shape = shape;
      this.kept = kept;
    }

    Response response() {
      return kept == null ? response : kept.response();
    }

    /** What was answered, where the details asked for it whole. */
    @Nullable Reply<byte[]> whole() {
      return kept == null || details.wholeBytes() == 0 ? null : kept.reply();
    }

    @Override
    public void ended(Invocation by, Outcome<?> outcome) {
      boolean last = index == functions.size() - 1;
      if (kept != null && !last && outcome instanceof Outcome.Returned) {
        connection.wire().execute(() -> passOn(index, kept.reply()));
      } else {
        ServerExchange.this.ended(this, by, outcome);
      }
    }
  }

  /** Gives the next function what this one answered, unless that was not a success. */
  private void passOn(int index, Reply<byte[]> reply) {
    if (answered) {
      return;
    }
    if (reply.status() < 300) {
      call(index + 1, ComposedRequest.of(head, reply));
    } else if (response.end()) {
      finish(ComposedRequest.answer(reply));
    }
  }

  /** Tells the client how it ended; on any thread. */
  private void ended(Step step, @Nullable Invocation by, Outcome<?> outcome) {
    if (!response.end()) {
      return; // the client has been told something else already, or is gone
    }
    FunctionHandle function = functions.get(step.index);
    Reply<byte[]> whole = step.whole();
    Answer answer =
        explain(new Ended(function, step.shape, by, outcome, request(), step.response(), whole));
    if (answer == null && whole != null) {
      answer = ComposedRequest.answer(whole);
    }
    if (response.isCommitted() && !(outcome instanceof Outcome.Returned)) {
      connection.cut("the function failed after it had begun to answer");
    } else {
      connection.wire().execute(new Finish(this, answer));
    }
  }

  /** Sends the answer; a class, so that the first one costs no lambda linkage. */
  private record Finish(ServerExchange exchange, @Nullable Answer answer) implements Runnable {
    @Override
    public void run() {
      exchange.finish(answer);
    }
  }

  private @Nullable Answer explain(Ended call) {
    OutcomeMapper mapper = outcomes;
    if (mapper == null) {
      throw new IllegalStateException("a call ended that was not dispatched");
    }
    try {
      return mapper.answer(call);
    } catch (RuntimeException e) {
      log("contract {} cannot explain the outcome of {} {}", server.contract().name(), e);
      return Answer.text(500, "internal error\n");
    }
  }

  // The answer.

  /** Sends the answer, or what the function wrote when there is none; after the response was ended. */
  private void finish(@Nullable Answer answer) {
    if (answered) {
      return;
    }
    answered = true;
    body.drop("the call has ended");
    if (response.isCommitted()) {
      connection.finish(this, response.rest(), !response.closesAfter() && body.isNearlyComplete());
    } else {
      boolean keepAlive = connection.mayKeepAlive(head) && body.isNearlyComplete();
      connection.finish(this, response.whole(answer, keepAlive), keepAlive);
    }
  }

  /** Whether an interim answer may be sent: the final one has not begun. */
  boolean mayInform() {
    return !answered && !head.http10() && !response.isCommitted();
  }

  /**
   * The request turned out to be one that is not served.
   *
   * @return whether no answer has begun, so that the refusal can be told
   */
  boolean refused(String reason) {
    boolean untold = !answered && !response.isCommitted();
    abort(reason);
    return untold;
  }

  /** Nobody waits for the answer any more. */
  void abort(String reason) {
    answered = true;
    response.end();
    body.drop(reason);
    Invocation running = invocation;
    if (running != null) {
      running.cancel(reason);
    }
  }

  private void log(String message, String contract, Throwable cause) {
    LoggerFactory.getLogger(ServerExchange.class)
        .error(message, contract, head.method(), head.path(), cause);
  }
}
