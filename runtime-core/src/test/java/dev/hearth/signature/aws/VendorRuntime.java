package dev.hearth.signature.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The vendor's own runtime client as a process, fed by a Runtime API on loopback that knows only what the client asks. */
final class VendorRuntime {

  private static final String INVOCATION = "/2018-06-01/runtime/invocation/";
  private static final long LIMIT_SECONDS = 60;

  private VendorRuntime() {}

  /** What the client posts for each event, in order. */
  static List<String> post(Path work, Path jar, String handler, List<String> events)
      throws Exception {
    Path task = Files.createTempDirectory(work, "task");
    Path lib = Files.createDirectory(task.resolve("lib"));
    Files.copy(jar, lib.resolve("function.jar"));
    try (Api api = new Api(events)) {
      Path log = task.resolve("log");
      Process process = start(task, handler, api.address(), log);
      try {
        return api.posts(events.size(), process, log);
      } finally {
        process.destroyForcibly();
        process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private static Process start(Path task, String handler, String api, Path log) throws IOException {
    List<String> libraries = new ArrayList<>();
    for (String name :
        new String[] {
          "aws-lambda-java-runtime-interface-client-2.9.0.jar",
          "aws-lambda-java-core-1.4.0.jar",
          "aws-lambda-java-serialization-1.2.0.jar",
          "utils-lite-2.34.0.jar"
        }) {
      libraries.add(LambdaFunction.library(name).toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            String.join(File.pathSeparator, libraries),
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            handler);
    builder.directory(task.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(LambdaFunction.variables());
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api);
    builder.environment().put("AWS_REGION", "us-east-1");
    return builder.start();
  }

  /** The Runtime API for one client. */
  private static final class Api implements AutoCloseable {
    private final List<String> events;
    private final AtomicInteger next = new AtomicInteger();
    private final BlockingQueue<String> posts = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    Api(List<String> events) throws IOException {
      this.events = events;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::handle);
      server.setExecutor(threads);
      server.start();
    }

    String address() {
      return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
      try (exchange) {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(INVOCATION + "next")) {
          event(exchange);
          return;
        }
        posts.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        answer(exchange, 202, "{\"status\":\"OK\"}");
      }
    }

    private void event(HttpExchange exchange) throws IOException {
      int index = next.getAndIncrement();
      if (index >= events.size()) {
        awaitClose();
        return;
      }
      exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "request-1");
      exchange
          .getResponseHeaders()
          .set("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + 60_000));
      exchange.getResponseHeaders().set("Lambda-Runtime-Invoked-Function-Arn", "arn:x");
      answer(exchange, 200, events.get(index));
    }

    /** The client asks for more than there is; it is left waiting until the process is ended. */
    private void awaitClose() {
      try {
        closed.await(LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }

    List<String> posts(int count, Process process, Path log) throws InterruptedException {
      List<String> all = new ArrayList<>();
      while (all.size() < count) {
        String post = posts.poll(1, TimeUnit.SECONDS);
        if (post != null) {
          all.add(post);
        } else if (!process.isAlive()) {
          throw new AssertionError("the vendor's runtime ended: " + read(log));
        }
      }
      return all;
    }

    private static String read(Path log) {
      try {
        return Files.readString(log);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      closed.countDown();
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
