package dev.hearth.benchmarks.process;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * As much of AWS Lambda's Runtime API as a runtime needs to be called: it asks for the next invocation, and is kept waiting until there
 * is one. One call at a time; thread-safe.
 */
final class RuntimeApi implements AutoCloseable {

  private static final long ANSWER_SECONDS = 60;

  private final ServerSocket server;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  /** Listens on a free port of the loopback interface. */
  RuntimeApi() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept, "runtime-api");
  }

  /** Host and port, as {@code AWS_LAMBDA_RUNTIME_API} has it. */
  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /**
   * Hands an event to the runtime and waits for what it makes of it.
   *
   * @throws IOException if there is no answer within a minute
   */
  String call(String event) throws IOException, InterruptedException {
    events.add(event);
    String answer = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      throw new IOException("no answer within " + ANSWER_SECONDS + " s by the Runtime API");
    }
    return answer;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        start(() -> serve(socket), "runtime-api-connection");
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      HttpInput in = new HttpInput(new BufferedInputStream(socket.getInputStream()));
      OutputStream out = socket.getOutputStream();
      while (!server.isClosed()) {
        out.write(answer(in.request()).getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException e) {
      // the runtime has ended, as it does after each round
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String answer(HttpInput.Message request) throws InterruptedException {
    if (request.first().startsWith("GET ") && request.first().contains("/invocation/next")) {
      String event = events.take();
      return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: 1"
          + "\r\nLambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:x:1:function:hello"
          + "\r\nLambda-Runtime-Deadline-Ms: "
          + (System.currentTimeMillis() + 60_000)
          + "\r\nContent-Length: "
          + event.getBytes(StandardCharsets.UTF_8).length
          + "\r\n\r\n"
          + event;
    }
    answers.add(request.body()); // an error as well
    return "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
  }

  private static void start(Runnable body, String name) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
