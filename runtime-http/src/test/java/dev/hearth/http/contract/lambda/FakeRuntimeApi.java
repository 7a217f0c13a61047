package dev.hearth.http.contract.lambda;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's Runtime API as a server of a test: strict about what it is sent, with the states that the real one has. What is out
 * of order is answered as the real one answers it, and remembered: {@link #violations}.
 */
final class FakeRuntimeApi implements AutoCloseable {

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String OK = "{\"status\":\"OK\"}\n";

  /** What is replied instead of the usual, once. */
  private record Scripted(String what, Reply reply) {}

  /** A reply to be written; the bytes as they are where there are any. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reply(int status, List<String> headers, byte[] body, byte @Nullable [] raw, boolean hold) {
    static Reply json(int status, String body) {
      return new Reply(
          status,
          List.of("Content-Type: application/json"),
          body.getBytes(StandardCharsets.UTF_8),
          null,
          false);
    }

    static Reply raw(String bytes) {
      return new Reply(0, List.of(), new byte[0], bytes.getBytes(StandardCharsets.UTF_8), false);
    }

    /** No reply as long as the server lives. */
    static Reply never() {
      return new Reply(0, List.of(), new byte[0], null, true);
    }
  }

  /** An event that waits to be fetched. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Delivery(String id, List<String> headers, byte[] body) {}

  private enum State {
    STARTED,
    RESTORING,
    READY,
    RUNNING,
    SENT,
    ENDED
  }

  private final ServerSocket server;
  private final boolean concurrent;
  private final boolean restores;
  private final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
  private final List<Arrived> all = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private final List<Scripted> scripts = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final Map<String, Delivery> running = new ConcurrentHashMap<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger ids = new AtomicInteger();
  private final Semaphore restored = new Semaphore(0);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile @Nullable Integer bodyLimit;
  private State state = State.STARTED; // guarded by this

  private FakeRuntimeApi(boolean concurrent, boolean restores) throws IOException {
    this.concurrent = concurrent;
    this.restores = restores;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    spawn(this::accept);
  }

  /** One event at a time. */
  static FakeRuntimeApi classic() throws IOException {
    return new FakeRuntimeApi(false, false);
  }

  /** Several at once. */
  static FakeRuntimeApi concurrent() throws IOException {
    return new FakeRuntimeApi(true, false);
  }

  /** One that stores the process before the first event. */
  static FakeRuntimeApi snapStart() throws IOException {
    return new FakeRuntimeApi(false, true);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  // What a test does.

  /** Lets an event be fetched; gives its id. */
  String deliver(String body, String... headers) {
    return deliver(body.getBytes(StandardCharsets.UTF_8), headers);
  }

  String deliver(byte[] body, String... headers) {
    String id = String.format("8476a536-e9f4-11e8-9739-%012d", ids.incrementAndGet());
    List<String> lines = new ArrayList<>();
    lines.add("Lambda-Runtime-Aws-Request-Id: " + id);
    lines.add("Lambda-Runtime-Deadline-Ms: " + (System.currentTimeMillis() + 60_000));
    lines.add(
        "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-west-1:123456789012:function:fn1");
    lines.add("Content-Type: application/json");
    for (String header : headers) {
      String name = header.substring(0, header.indexOf(':') + 1);
      lines.removeIf(line -> line.regionMatches(true, 0, name, 0, name.length()));
      lines.add(header);
    }
    String told = id;
    for (String line : lines) {
      if (line.toLowerCase(Locale.ROOT).startsWith("lambda-runtime-aws-request-id:")) {
        told = line.substring(line.indexOf(':') + 1).strip();
      }
    }
    deliveries.add(new Delivery(told, lines, body));
    return told;
  }

  /** Replies this, once, to the next call whose path ends so. */
  void script(String what, Reply reply) {
    scripts.add(new Scripted(what, reply));
  }

  /** Refuses results longer than this, as soon as that is known, and closes the connection. */
  void limitBodies(int bytes) {
    bodyLimit = bytes;
  }

  /** Lets {@code restore/next} return. */
  void restore() {
    restored.release();
  }

  /** The next call that arrives. */
  Arrived take() throws InterruptedException {
    Arrived call = arrived.poll(60, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("no call; there were " + all);
    }
    return call;
  }

  /** The next call that arrives, which must be this one. */
  Arrived take(String what) throws InterruptedException {
    Arrived call = take();
    if (!call.path.equals(ROOT + what) && !call.what().equals(what)) {
      throw new AssertionError(
          "expected " + what + ", but " + call + " came with " + call.lines + call.text());
    }
    return call;
  }

  /** A call that has arrived already, or null. */
  @Nullable Arrived poll() {
    return arrived.poll();
  }

  /** Every call there was. */
  List<Arrived> all() {
    return all;
  }

  /** Calls for the next event that wait now. */
  int waiting() {
    return waiting.get();
  }

  /** What was out of order. */
  List<String> violations() {
    return violations;
  }

  /** Closes all connections, but goes on accepting others. */
  void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    cut();
    for (Thread thread : threads) {
      thread.interrupt();
    }
  }

  // What the server does.

  private interface Task {
    void run() throws Exception;
  }

  private void spawn(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException | InterruptedException e) {
                // The other side has left, or the test is over.
              } catch (Exception e) {
                violations.add("the server failed: " + e);
              }
            });
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void accept() throws IOException {
    while (closed.getCount() > 0) {
      Socket socket = server.accept();
      socket.setTcpNoDelay(true);
      sockets.add(socket);
      int number = connections.incrementAndGet();
      spawn(() -> serve(socket, number));
    }
  }

  private void serve(Socket socket, int number) throws Exception {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (exchange(number, in, out)) {
        // One request after the other.
      }
    }
  }

  private boolean exchange(int number, InputStream in, OutputStream out) throws Exception {
    String first = line(in);
    if (first == null) {
      return false;
    }
    String[] words = first.split(" ", -1);
    if (words.length != 3 || !words[2].equals("HTTP/1.1")) {
      violations.add("request line '" + first + "'");
      return false;
    }
    List<String> lines = new ArrayList<>();
    for (String line = required(in); !line.isEmpty(); line = required(in)) {
      lines.add(line);
    }
    Arrived call = new Arrived(number, words[0], words[1], lines);
    all.add(call);
    arrived.add(call);
    boolean whole = readBody(call, in);
    Reply reply = whole ? reply(call) : tooLarge(call);
    if (reply.hold()) {
      closed.await();
    }
    write(out, reply);
    return whole && reply.raw() == null;
  }

  private Reply tooLarge(Arrived call) {
    endEvent(call);
    return Reply.json(
        413,
        "{\"errorMessage\":\"Exceeded maximum allowed payload size (6291556 bytes).\",\"errorType\":\"RequestEntityTooLarge\"}\n");
  }

  /** Reads it; false if it is longer than allowed, and the rest was not read. */
  private boolean readBody(Arrived call, InputStream in) throws IOException {
    boolean whole = false;
    try {
      String length = call.header("Content-Length");
      String coding = call.header("Transfer-Encoding");
      if (coding != null) {
        if (length != null || !coding.equals("chunked")) {
          violations.add("framing " + call.lines);
        }
        whole = readChunks(call, in);
      } else {
        whole = readFixed(call, in, length == null ? 0 : Integer.parseInt(length));
      }
      return whole;
    } finally {
      call.end(whole);
    }
  }

  private boolean readFixed(Arrived call, InputStream in, int length) throws IOException {
    Integer limit = bodyLimit;
    if (limit != null && length > limit) {
      return false;
    }
    byte[] body = in.readNBytes(length);
    call.add(body);
    if (body.length < length) {
      throw new EOFException();
    }
    return true;
  }

  private boolean readChunks(Arrived call, InputStream in) throws IOException {
    while (true) {
      int size = Integer.parseInt(required(in), 16);
      if (size == 0) {
        List<String> trailers = new ArrayList<>();
        for (String line = required(in); !line.isEmpty(); line = required(in)) {
          trailers.add(line);
        }
        call.trailers(trailers);
        return true;
      }
      byte[] chunk = in.readNBytes(size);
      if (chunk.length < size || !required(in).isEmpty()) {
        throw new EOFException();
      }
      call.add(chunk);
      Integer limit = bodyLimit;
      if (limit != null && call.bytesSoFar() > limit) {
        return false;
      }
    }
  }

  private Reply reply(Arrived call) throws Exception {
    Reply scripted = scripted(call);
    if (scripted != null) {
      endEvent(call);
      return scripted;
    }
    if (call.header("User-Agent") == null || call.header("Host") == null) {
      violations.add("no User-Agent or Host: " + call.lines);
    }
    String path = call.path;
    if (call.method.equals("GET") && path.equals(ROOT + "invocation/next")) {
      return call.bytesSoFar() > 0 ? Reply.json(413, "{}") : next();
    }
    if (call.method.equals("GET") && path.equals(ROOT + "restore/next") && restores) {
      return restoreNext();
    }
    if (call.method.equals("POST") && path.equals(ROOT + "init/error")) {
      return move("InitError", State.ENDED, State.STARTED, State.RESTORING);
    }
    if (call.method.equals("POST") && path.equals(ROOT + "restore/error") && restores) {
      return move("RestoreError", State.ENDED, State.RESTORING);
    }
    if (call.method.equals("POST") && path.startsWith(ROOT + "invocation/")) {
      return result(call);
    }
    violations.add("unknown call " + call);
    return Reply.json(404, "{}");
  }

  private @Nullable Reply scripted(Arrived call) {
    for (Scripted script : scripts) {
      if (call.path.endsWith(script.what())) {
        scripts.remove(script);
        return script.reply();
      }
    }
    return null;
  }

  /** A result ends its event whatever is replied. */
  private synchronized void endEvent(Arrived call) {
    if (call.path.contains("/invocation/") && !call.what().equals("next")) {
      running.remove(call.path.split("/")[4]);
      state = state == State.RUNNING ? State.SENT : state;
    }
  }

  private Reply next() throws InterruptedException {
    Delivery again = again();
    if (again != null) {
      return event(again);
    }
    Reply moved =
        move("Ready", State.READY, State.STARTED, State.RESTORING, State.READY, State.SENT);
    if (moved.status() != 202) {
      return moved;
    }
    waiting.incrementAndGet();
    Delivery delivery = deliveries.take();
    waiting.decrementAndGet();
    synchronized (this) {
      running.put(delivery.id(), delivery);
      state = State.RUNNING;
    }
    return event(delivery);
  }

  /** Whoever asks while an event is running gets the same once more. */
  private synchronized @Nullable Delivery again() {
    if (concurrent || state != State.RUNNING) {
      return null;
    }
    violations.add("next while an event is running");
    return running.values().iterator().next();
  }

  private static Reply event(Delivery delivery) {
    return new Reply(200, delivery.headers(), delivery.body(), null, false);
  }

  private Reply restoreNext() throws InterruptedException {
    Reply moved = move("RestoreReady", State.RESTORING, State.STARTED);
    if (moved.status() == 202) {
      restored.acquire();
      return new Reply(200, List.of(), new byte[0], null, false);
    }
    return moved;
  }

  private Reply result(Arrived call) {
    String[] parts = call.path.split("/");
    String id = parts[4];
    String mode = call.header("Lambda-Runtime-Function-Response-Mode");
    synchronized (this) {
      if (running.remove(id) == null) {
        violations.add("no such event: " + call);
        return Reply.json(
            400, "{\"errorMessage\":\"Invalid request ID\",\"errorType\":\"InvalidRequestID\"}\n");
      }
      if (mode != null && !mode.equals("streaming")) {
        violations.add("response mode " + mode);
        return Reply.json(
            400,
            "{\"errorMessage\":\"Invalid function response mode\",\"errorType\":\"InvalidFunctionResponseMode\"}\n");
      }
      if (!concurrent) {
        state = State.SENT;
      }
      return Reply.json(202, OK);
    }
  }

  private synchronized Reply move(String name, State to, State... legal) {
    if (concurrent && to == State.READY && state != State.ENDED) {
      state = to;
      return Reply.json(202, OK);
    }
    for (State from : legal) {
      if (state == from) {
        state = to;
        return Reply.json(202, OK);
      }
    }
    violations.add(name + " from " + state);
    return Reply.json(
        403,
        "{\"errorMessage\":\"State transition from "
            + state
            + " to "
            + name
            + " failed for runtime. Error: not allowed\",\"errorType\":\"InvalidStateTransition\"}\n");
  }

  private static void write(OutputStream out, Reply reply) throws IOException {
    byte[] raw = reply.raw();
    if (raw != null) {
      out.write(raw);
      out.flush();
      return;
    }
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Some Words\r\n");
    for (String line : reply.headers()) {
      head.append(line).append("\r\n");
    }
    head.append("Content-Length: ").append(reply.body().length).append("\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    out.write(reply.body());
    out.flush();
  }

  private static String required(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      throw new SocketException("closed inside of a request");
    }
    return line;
  }

  /** A line without its end; null at the end of the connection. */
  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    while (b != '\r') {
      if (b < 0 || b == '\n') {
        throw new EOFException("line '" + line + "'");
      }
      line.append((char) b);
      b = in.read();
    }
    if (in.read() != '\n') {
      throw new IOException("a carriage return inside of a line");
    }
    return line.toString();
  }
}
