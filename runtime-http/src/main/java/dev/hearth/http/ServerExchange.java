package dev.hearth.http;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Reply;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
import dev.hearth.http.contract.ExchangeObserver;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.KeptResponse;
import dev.hearth.http.contract.LateValue;
import dev.hearth.http.contract.OutcomeMapper;
import dev.hearth.http.contract.OutcomeMapper.Ended;
import dev.hearth.http.contract.RefusedResponseException;
import dev.hearth.invoke.Invocation;
import dev.hearth.invoke.Limits;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Threads;
import dev.hearth.invoke.Timings;
import dev.hearth.signature.spi.Exchange;
import dev.hearth.signature.spi.Shape;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One request, from its complete head to its complete answer. On its carrier's event loop, except where it says "any
 * thread".
 *
 * <p>A small body is collected before the function is called, so that no instance waits for a slow sender; one that
 * does not end soon is handed over as a stream.
 */
final class ServerExchange implements HttpExchange {

  private static final int SMALL_BYTES = 64 << 10; // taken on the event loop
  private static final byte[] NOTHING = {};
  private static final InputStream NO_BODY =
      new ByteArrayInputStream(NOTHING); // closing it does nothing

  /** What the request was decided to be for. */
  private enum Way {
    UNDECIDED,
    ANSWER,
    DISPATCH,
    READ_BODY,
    COLLECT
  }

  private final HttpServer server;
  private final Carrier carrier;
  private final RequestHead head;
  private final ServerResponse response;
  private final RequestBody body;

  private @Nullable Request bodiless; // immutable, so threads may race to make it
  private Way way = Way.UNDECIDED;
  private List<FunctionHandle> functions = List.of();
  private CallDetails details = CallDetails.none();
  private @Nullable OutcomeMapper outcomes;
  private @Nullable BodyReader reader;
  private @Nullable BodyTaker taker;
  private @Nullable MadeCalls made;
  private @Nullable Invocation invocation;
  private boolean bodyTooLarge; // its head says so
  private boolean answered;
  private @Nullable ExchangeObserver observer; // until it is told
  private @Nullable ExchangeClock clock;

  ServerExchange(HttpServer server, Carrier carrier, RequestHead head) {
    this.server = server;
    this.carrier = carrier;
    this.head = head;
    this.response = new ServerResponse(carrier, head);
    this.body = new RequestBody(head, server.limits());
  }

  @Override
  public ServerResponse response() {
    return response;
  }

  @Override
  public void end(byte[] last) {
    if (way != Way.COLLECT) {
      throw new IllegalStateException("an answer is ended after collect; the exchange is " + way);
    }
    response.end(last);
    carrier.wire().execute(new EndAnswer(this));
  }

  @Override
  public void cut(String reason) {
    response.end();
    carrier.cut(reason);
  }

  /** Sends what is left of an answer that was ended. */
  private record EndAnswer(ServerExchange exchange) implements Runnable {
    @Override
    public void run() {
      exchange.finish(null);
    }
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
      carrier.awaitBody();
      if (head.expectsContinue()) {
        carrier.inform();
      }
    }
  }

  @Override
  public Request request() {
    Request known = bodiless;
    if (known == null) {
      known = request(NO_BODY, head.contentLength());
      bodiless = known;
    }
    return known;
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
  public void answerHeader(String name, LateValue value) {
    response.always(name, value);
  }

  @Override
  public void follow(ExchangeObserver observer) {
    if (this.observer != null) {
      throw new IllegalStateException(
          "the exchange is followed already; at most one can follow it");
    }
    this.observer = observer;
  }

  @Override
  public void limitTime(Duration body, Duration whole) {
    if (clock != null) {
      throw new IllegalStateException("the exchange is bounded in time already");
    }
    clock = new ExchangeClock(this, carrier, body.toNanos(), whole.toNanos());
    clock.start();
  }

  @Override
  public void limitBody(long bytes) {
    bodyTooLarge |= !body.limit(bytes);
  }

  @Override
  public void answer(Answer answer) {
    if (way == Way.COLLECT) {
      carrier.wire().execute(new AnswerInstead(this, answer));
      return;
    }
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
    long most = this.functions.get(0).bodyBytes();
    if (most != Limits.NONE) {
      limitBody(most);
    }
    refuseTooLarge();
  }

  @Override
  public void readBody(int limitBytes, BodyReader reader) {
    decide(Way.READ_BODY);
    this.reader = reader;
    limitBody(limitBytes);
    refuseTooLarge();
  }

  @Override
  public void collect(int limitBytes, BodyTaker taker) {
    decide(Way.COLLECT);
    this.taker = taker;
    made = new MadeCalls(this, carrier.wire());
    limitBody(limitBytes);
    refuseTooLarge();
  }

  private void refuseTooLarge() {
    if (bodyTooLarge) {
      answerInstead(Answer.text(413, "body over " + body.limit() + " bytes\n"));
    }
  }

  @Override
  public KeptResponse keep(int mostBytes) {
    return new KeptAnswer(mostBytes);
  }

  @Override
  public void call(FunctionHandle function, CallDetails details, Exchange made, Ending ending) {
    MadeCalls calls = this.made;
    if (calls == null) {
      throw new IllegalStateException("calls are made after collect; the exchange is " + way);
    }
    calls.call(function, details, made, ending);
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

  /** Answers from wherever; a class, so that the first one costs no lambda linkage. */
  private record AnswerInstead(ServerExchange exchange, Answer answer) implements Runnable {
    @Override
    public void run() {
      exchange.answerInstead(answer);
    }
  }

  // The client's side: the body.

  /** Takes a part of the body. */
  void content(ByteBuf part) throws Refusal {
    body.add(part);
    if (way == Way.DISPATCH && !answered && body.isWorthStreaming() && !runsOnLoop()) {
      InputStream stream = body.stream(() -> carrier.wire().execute(this::wanted));
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
      carrier.readOn();
    }
  }

  /** The body has arrived. */
  void contentEnded() {
    body.complete();
    if (answered) {
      carrier.bodyDropped();
    } else if (way == Way.DISPATCH && !body.isStreamed()) {
      call(body.collected(), body.length());
    } else if (way == Way.READ_BODY && reader != null) {
      read(reader);
    } else if (way == Way.COLLECT && taker != null) {
      take(taker);
    }
  }

  private void take(BodyTaker by) {
    byte[] bytes = body.bytes();
    if (bytes.length <= SMALL_BYTES) {
      takeHere(by, bytes);
      return;
    }
    try {
      server.offload(() -> takeHere(by, bytes));
    } catch (RejectedExecutionException e) {
      answerInstead(Answer.text(503, "too much to do at once; try again\n"));
    }
  }

  private void takeHere(BodyTaker by, byte[] bytes) {
    try {
      by.taken(bytes);
    } catch (RuntimeException | LinkageError e) {
      contractFailed(e);
    }
  }

  private void read(BodyReader by) {
    byte[] bytes = body.bytes();
    try {
      server.offload(
          () -> {
            Answer answer = readHere(by, bytes);
            carrier.wire().execute(() -> answerInstead(answer));
          });
    } catch (RejectedExecutionException e) {
      answerInstead(Answer.text(503, "too much to do at once; try again\n"));
    }
  }

  private Answer readHere(BodyReader by, byte[] bytes) {
    try {
      return by.read(bytes);
    } catch (Exception | LinkageError e) {
      log("contract {} failed on {} {}", server.contract().name(), e);
      return Answer.text(500, "internal error\n");
    }
  }

  // The functions' side.

  private void call(InputStream sent, long length) {
    byte[] instead = details.body();
    if (length != 0 || instead == null) {
      call(0, request(sent, length));
    } else {
      head.headers().setContentType("text/plain; charset=utf-8");
      call(0, request(new ByteArrayInputStream(instead), instead.length));
    }
  }

  private void call(int index, Request request) {
    FunctionHandle function = functions.get(index);
    boolean last = index == functions.size() - 1;
    Step step = null;
    try {
      step = new Step(index, function.shape(), last ? null : MemoryExchange.post(NOTHING, ""));
      invocation = function.dispatch(new HttpCall(details, request, step.response(), step));
    } catch (IllegalStateException | RejectedExecutionException e) {
      ended(
          step == null ? new Step(index, Shape.FUNCTION, null) : step, null, notTaken(function, e));
    }
  }

  static Outcome<?> notTaken(FunctionHandle function, RuntimeException e) {
    return new Outcome.Rejected<>(
        "function '" + function.name() + "' takes no calls: " + e.getMessage(),
        new Timings(0, 0, 0));
  }

  /** The call of one of the functions. */
  private final class Step implements HttpCall.Ending {
    final int index;
    final Shape shape;
    final @Nullable MemoryExchange kept; // what the next function is given; null for the last

    Step(int index, Shape shape, @Nullable MemoryExchange kept) {
      this.index = index;
      this.shape = shape;
      this.kept = kept;
    }

    Response response() {
      return kept == null ? response : kept.response();
    }

    @Override
    public void ended(Invocation by, Outcome<?> outcome) {
      if (kept != null && outcome instanceof Outcome.Returned) {
        carrier.wire().execute(() -> passOn(index, kept.reply()));
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
    Answer answer = explain(new Ended(function, step.shape, by, outcome, request(), response));
    if (response.isCommitted() && !(outcome instanceof Outcome.Returned)) {
      carrier.cut("the function failed after it had begun to answer");
    } else {
      carrier.wire().execute(new Finish(this, answer));
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
      boolean keepAlive = !response.closesAfter() && body.isNearlyComplete();
      over(response.sentStatus(), -1);
      carrier.finish(this, response.rest(), response.left(), keepAlive);
    } else {
      boolean keepAlive = carrier.mayKeepAlive(head) && body.isNearlyComplete();
      Object last = whole(answer, keepAlive);
      over(response.sentStatus(), response.left());
      carrier.finish(this, last, response.left(), keepAlive);
    }
  }

  /** Nothing more becomes of it; told once. */
  private void over(int status, long bytes) {
    if (clock != null) {
      clock.stop();
    }
    ExchangeObserver told = observer;
    observer = null;
    if (told != null) {
      told.over(status, bytes);
    }
  }

  /** What a function that was called apart wrote is checked only here. */
  private Object whole(@Nullable Answer answer, boolean keepAlive) {
    try {
      return response.whole(answer, keepAlive);
    } catch (RefusedResponseException e) {
      return response.whole(Answer.text(500, e.getMessage() + "\n"), keepAlive);
    }
  }

  /** Whether an interim answer may be sent: the final one has not begun. */
  boolean mayInform() {
    return !answered && !head.http10() && !response.isCommitted();
  }

  /**
   * The request turned out to be one that is not served.
   *
   * @param refusal what its client is told, if nothing was told before
   * @return whether no answer has begun, so that the refusal can be told
   */
  boolean refused(Refusal refusal) {
    boolean untold = !answered && !response.isCommitted();
    abort(refusal.getMessage(), untold ? refusal.status() : response.sentStatus());
    return untold;
  }

  /** Nobody waits for the answer any more. */
  void abort(String reason) {
    abort(reason, response.isCommitted() ? response.sentStatus() : 0);
  }

  private void abort(String reason, int status) {
    answered = true;
    response.end();
    body.drop(reason);
    over(status, -1);
    Invocation running = invocation;
    if (running != null) {
      running.cancel(reason);
    }
  }

  /** Whether there is nobody any more to answer to. */
  boolean isAnswered() {
    return answered;
  }

  /** Remembers the call to be cancelled when the client leaves. */
  void running(Invocation call) {
    invocation = call;
  }

  /** The contract failed; the client is told no more than that. */
  void contractFailed(Throwable cause) {
    log("contract {} failed on {} {}", server.contract().name(), cause);
    answer(Answer.text(500, "internal error\n"));
  }

  private void log(String message, String contract, Throwable cause) {
    LoggerFactory.getLogger(ServerExchange.class)
        .error(message, contract, head.method(), head.path(), cause);
  }
}
