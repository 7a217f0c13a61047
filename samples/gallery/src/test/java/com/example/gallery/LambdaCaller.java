package com.example.gallery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.http.Contracts;
import dev.hearth.http.contract.Contract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Lambda, by a Runtime API that has one event. */
final class LambdaCaller implements Caller {

  private final CompletableFuture<Got> got = new CompletableFuture<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicBoolean delivered = new AtomicBoolean();

  @Override
  public Got call(Hearth hearth, FunctionHandle function, Row row) throws Exception {
    HttpServer api =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService threads = Executors.newCachedThreadPool();
    api.setExecutor(threads);
    api.createContext("/", exchange -> handle(exchange, Payloads.event(function, row)));
    api.start();
    String address = "127.0.0.1:" + api.getAddress().getPort();
    Map<String, String> variables =
        Map.of("AWS_LAMBDA_RUNTIME_API", address, "AWS_LAMBDA_FUNCTION_NAME", "sample");
    try (Contract contract = Contracts.create("lambda", hearth, variables)) {
      contract.open();
      Got first = got.get(30, TimeUnit.SECONDS);
      contract.drain(Duration.ofSeconds(5));
      return first;
    } finally {
      over.countDown();
      api.stop(0);
      threads.shutdownNow();
    }
  }

  private void handle(HttpExchange exchange, String event) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!path.endsWith("/next")) {
      got.complete(new Got(path.endsWith("/response"), sent));
      reply(exchange, 202, "{\"status\":\"OK\"}");
    } else if (delivered.compareAndSet(false, true)) {
      exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", "1");
      exchange
          .getResponseHeaders()
          .add(
              "Lambda-Runtime-Deadline-Ms",
              String.valueOf(System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(30)));
      reply(exchange, 200, event);
    } else {
      awaitEnd();
      exchange.close();
    }
  }

  private void awaitEnd() {
    try {
      over.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
