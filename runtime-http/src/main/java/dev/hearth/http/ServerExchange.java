package dev.hearth.http;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Reply;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.CallDetails;
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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One request, from its complete head to its complete answer. On the connection's event loop, except where it says
 * "any thread".
 *
 * <p>A body is collected first, so that no instance waits for a slow sender; one that does not end within {@link
 * #COLLECTED_BYTES} is handed over as a stream from there on.
 */
final class ServerExchange implements HttpExchange {

  private static final int COLLECTED_BYTES = 64 << 10;
  private static final byte[] NOTHING = {};
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

  private Way way = Way.UNDECIDED;
  private List<FunctionHandle> functions = List.of();
  private CallDetails details = CallDetails.none();
  private @Nullable OutcomeMapper outcomes;
  private @Nullable BodyReader reader;
  private long bodyLimit;

  private byte[] collected = NOTHING;
  private int collectedBytes;
  private @Nullable BodyPipe pipe;
  private long received;
  private long bodySinceNanos; // from when its rate counts
  private long receivedBefore; // until then
  private boolean bodyComplete;

  private @Nullable Invocation invocation;
  private boolean answered;

  ServerExchange(HttpServer server, Connection connection, RequestHead head) {
    this.server = server;
    this.connection = connection;
    this.head = head;
    this.response = new ServerResponse(connection, head);
    this.bodyLimit = server.limits().bodyBytes();
  }

  ServerResponse response() {
    return response;
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
      bodySinceNanos = System.nanoTime();
      connection.awaitBody();
      if (head.expectsContinue()) {
        connection.inform();
      }
    }
  }

  @Override
  public Request request() {
    return new FunctionRequest(
        head.method(), head.path(), head.query(), head.headers(), head.contentLength(), NO_BODY);
  }

  @Override
  public void answerHeader(String name, String value) {
    response.always(name, value);
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
  }

  @Override
  public void readBody(int limitBytes, BodyReader reader) {
    decide(Way.READ_BODY);
    this.reader = reader;
    bodyLimit = Math.min(bodyLimit, limitBytes);
    if (head.contentLength() > bodyLimit) {
      tooLarge();
    }
  }

  private void decide(Way next) {
    if (way != Way.UNDECIDED) {
      throw new IllegalStateException("the exchange is decided already: " + way);
    }
    way = next;
  }

  private void tooLarge() {
    response.end();
    finish(Answer.text(413, "body over " + bodyLimit + " bytes\n"));
  }

  // The client's side: the body.

  /** Whether reading must wait until the function has read. */
  boolean isBodyPaused() {
    BodyPipe to = pipe;
    return to != null && !bodyComplete && to.isFull();
  }

  boolean isBodyComplete() {
    return bodyComplete;
  }

  /** Takes a part of the body. */
  void content(ByteBuf part) throws Refusal {
    int count = part.readableBytes();
    if (count == 0) {
      return;
    }
    received += count;
    if (received > bodyLimit) {
      throw RequestHead.tooLarge(bodyLimit);
    }
    if (answered) {
      return;
    }
    BodyPipe to = pipe;
    if (to != null) {
      byte[] data = new byte[count];
      part.readBytes(data);
      to.offer(data);
    } else {
      collect(part, count);
      if (collectedBytes >= COLLECTED_BYTES && mayStream()) {
        stream();
      }
    }
  }

  private void collect(ByteBuf part, int count) {
    int needed = collectedBytes + count;
    if (needed > collected.length) {
      long expected =
          head.contentLength() > 0 ? Math.min(head.contentLength(), COLLECTED_BYTES) : 0;
      collected =
          Arrays.copyOf(
              collected, (int) Math.max(needed, Math.max(expected, collected.length * 2L)));
    }
    part.readBytes(collected, collectedBytes, count);
    collectedBytes = needed;
  }

  private boolean mayStream() {
    return way == Way.DISPATCH && head.contentLength() != collectedBytes && !runsOnLoop();
  }

  private boolean runsOnLoop() {
    FunctionHandle first = functions.get(0);
    return first.isDeployed() && first.spec().threads() == Threads.EVENT_LOOP;
  }

  private void stream() {
    BodyPipe to = new BodyPipe(() -> connection.wire().execute(this::wanted));
    to.offer(Arrays.copyOf(collected, collectedBytes));
    collected = NOTHING;
    pipe = to;
    call(to, head.contentLength());
  }

  private void wanted() {
    if (!bodyComplete) {
      // The time the function took is not the sender's.
      bodySinceNanos = System.nanoTime();
      receivedBefore = received;
      connection.readOn();
    }
  }

  /** How long the body may still take to be as fast as it must be; zero or less if it is late. */
  long nanosUntilBodyIsLate() {
    if (isBodyPaused()) {
      return server.limits().bodyGrace().toNanos();
    }
    double seconds = (double) (received - receivedBefore) / server.limits().bodyBytesPerSecond();
    long due = server.limits().bodyGrace().toNanos() + (long) (seconds * 1e9);
    return bodySinceNanos + due - System.nanoTime();
  }

  /** The body has arrived. */
  void contentEnded() {
    bodyComplete = true;
    BodyPipe to = pipe;
    if (answered) {
      if (!connection.isWriting()) {
        connection.next();
      }
    } else if (to != null) {
      to.complete();
    } else if (way == Way.DISPATCH) {
      InputStream body =
          collectedBytes == 0 ? NO_BODY : new ByteArrayInputStream(collected, 0, collectedBytes);
      call(body, collectedBytes);
    } else if (way == Way.READ_BODY && reader != null) {
      read(reader);
    }
  }

  private void read(BodyReader by) {
    byte[] body = Arrays.copyOf(collected, collectedBytes);
    try {
      server.offload(
          () -> {
            Answer answer = readHere(by, body);
            connection
                .wire()
                .execute(
                    () -> {
                      response.end();
                      finish(answer);
                    });
          });
    } catch (RejectedExecutionException e) {
      response.end();
      finish(Answer.text(503, "too much to do at once; try again\n"));
    }
  }

  private Answer readHere(BodyReader by, byte[] body) {
    try {
      return by.read(body);
    } catch (Exception | LinkageError e) {
      log("contract {} failed on {} {}", server.contract().name(), e);
      return Answer.text(500, "internal error\n");
    }
  }

  // The functions' side.

  private void call(InputStream body, long length) {
    byte[] instead = details.body();
    if (length == 0 && instead != null) {
      head.headers().setContentType("text/plain; charset=utf-8");
      body = new ByteArrayInputStream(instead);
      length = instead.length;
    }
    call(
        0,
        new FunctionRequest(
            head.method(), head.path(), head.query(), head.headers(), length, body));
  }

  private void call(int index, Request request) {
    FunctionHandle function = functions.get(index);
    boolean last = index == functions.size() - 1;
    Step step = null;
    try {
      step = new Step(index, function.shape(), last ? null : MemoryExchange.post(NOTHING, ""));
      invocation = function.dispatch(new HttpCall(details, request, step.response(), step));
    } catch (IllegalStateException | RejectedExecutionException e) {
      String reason = "function '" + function.name() + "' takes no calls: " + e.getMessage();
      ended(
          step == null ? new Step(index, Shape.FUNCTION, null) : step,
          null,
          new Outcome.Rejected<>(reason, new Timings(0, 0, 0)));
    }
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
    Answer answer = explain(new Ended(function, step.shape, by, outcome, request(), response));
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
    closePipe("the call has ended");
    if (response.isCommitted()) {
      connection.finish(this, response.rest(), !response.closesAfter() && mayDropRest());
    } else {
      boolean keepAlive = connection.mayKeepAlive(head) && mayDropRest();
      connection.finish(this, response.whole(answer, keepAlive), keepAlive);
    }
  }

  /** Whether the body is there, or so little of it is missing that it is cheaper to read it than to connect anew. */
  private boolean mayDropRest() {
    if (bodyComplete || !head.hasBody()) {
      return true;
    }
    boolean invited = !head.expectsContinue() || received > 0;
    return invited
        && head.contentLength() > 0
        && head.contentLength() - received <= COLLECTED_BYTES;
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
    closePipe(reason);
    Invocation running = invocation;
    if (running != null) {
      running.cancel(reason);
    }
  }

  private void closePipe(String reason) {
    BodyPipe to = pipe;
    if (to != null) {
      to.fail(reason);
    }
  }

  private void log(String message, String contract, Throwable cause) {
    LoggerFactory.getLogger(ServerExchange.class)
        .error(message, contract, head.method(), head.path(), cause);
  }
}
