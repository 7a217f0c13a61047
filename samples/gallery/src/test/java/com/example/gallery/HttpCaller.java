package com.example.gallery;

import com.example.gallery.Payloads.Payload;
import dev.hearth.FunctionHandle;
import dev.hearth.Hearth;
import dev.hearth.http.Contracts;
import dev.hearth.http.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiFunction;

/** Platforms that send HTTP requests to a port. */
record HttpCaller(String contract, String path, BiFunction<FunctionHandle, Row, Payload> payload)
    implements Caller {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** OpenFaaS' second port is any free one here, there is no file that says that it is well, and no wait before it closes. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "HEARTH_METRICS_HOST",
          "127.0.0.1",
          "HEARTH_METRICS_PORT",
          "0",
          "suppress_lock",
          "true",
          "healthcheck_interval",
          "0");

  @Override
  public Got call(Hearth hearth, FunctionHandle function, Row row) throws Exception {
    try (HttpServer server =
        HttpServer.builder().contract(Contracts.create(contract, hearth, VARIABLES)).start()) {
      Payload sent = payload.apply(function, row);
      String query = sent.query().isEmpty() ? "" : "?" + sent.query();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path + query))
              .header("Content-Type", sent.contentType())
              .timeout(Duration.ofSeconds(30))
              .POST(BodyPublishers.ofString(sent.body()))
              .build();
      HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
      boolean failed = answer.headers().firstValue("X-Amz-Function-Error").isPresent();
      return new Got(
          !failed && answer.statusCode() / 100 == 2, answer.statusCode() + " " + answer.body());
    }
  }
}
