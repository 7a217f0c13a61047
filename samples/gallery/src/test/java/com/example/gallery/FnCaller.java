package com.example.gallery;

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

/**
 * Fn's agent, on a port instead of a socket: a trigger's call where there is a query, else a direct one. Only 200 is a success, and what an
 * HTTP client would be told is in a header.
 */
final class FnCaller implements Caller {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public Got call(Hearth hearth, FunctionHandle function, Row row) throws Exception {
    try (HttpServer server =
        HttpServer.builder().contract(Contracts.create("fn", hearth, Map.of())).start()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/call"))
              .header("Fn-Call-Id", "1")
              .header("Fn-Deadline", "2040-01-01T00:00:00Z")
              .header("Content-Type", row.contentType())
              .timeout(Duration.ofSeconds(30))
              .POST(BodyPublishers.ofString(row.body()));
      if (!row.query().isEmpty()) {
        request
            .header("Fn-Intent", "httprequest")
            .header("Fn-Http-Method", "POST")
            .header("Fn-Http-Request-Url", "http://fn.example/t/shop/sample?" + row.query());
      }
      HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
      String clients = answer.headers().firstValue("Fn-Http-Status").orElse("200");
      return new Got(
          answer.statusCode() == 200 && clients.startsWith("2"),
          answer.statusCode() + " " + clients + " " + answer.body());
    }
  }
}
