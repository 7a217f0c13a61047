package com.example.gallery;

import dev.hearth.FunctionHandle;
import dev.hearth.signature.spi.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What each platform sends for a call. */
final class Payloads {

  private Payloads() {}

  /**
   * A body and what it is.
   *
   * @param query empty for none
   */
  record Payload(String query, String body, String contentType) {}

  /** The request itself. */
  static Payload plain(FunctionHandle function, Row row) {
    return new Payload(row.query(), row.body(), row.contentType());
  }

  /** The body of an activation: a web action's for whoever handles requests. */
  static Payload openWhisk(FunctionHandle function, Row row) {
    String value = function.shape() == Shape.EXCHANGE ? webAction(row) : json(row);
    return new Payload("", "{\"value\":" + value + "}", "application/json");
  }

  private static String webAction(Row row) {
    String body = row.contentType().startsWith("text/") ? row.body() : base64(row.body());
    return "{\"__ow_method\":\"post\",\"__ow_path\":\"\",\"__ow_query\":\""
        + row.query()
        + "\",\"__ow_headers\":{\"content-type\":\""
        + row.contentType()
        + "\"},\"__ow_body\":\""
        + body
        + "\"}";
  }

  /** An invocation request of the Azure host. */
  static Payload azure(FunctionHandle function, Row row) {
    String data =
        "queueTrigger".equalsIgnoreCase(function.facts().get("azure.trigger"))
            ? "\"order\":" + quoted(row.body())
            : "\"req\":" + azureRequest(row);
    return new Payload("", "{\"Data\":{" + data + "},\"Metadata\":{}}", "application/json");
  }

  private static String azureRequest(Row row) {
    String query = row.query().isEmpty() ? "" : "\"" + row.query().replace("=", "\":\"") + "\"";
    return "{\"Url\":\"http://localhost/api/sample?"
        + row.query()
        + "\",\"Method\":\"POST\",\"Query\":{"
        + query
        + "},\"Headers\":{\"Content-Type\":[\""
        + row.contentType()
        + "\"]},\"Params\":{},\"Body\":"
        + quoted(row.body())
        + "}";
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\\\"") + "\"";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Lambda's event: a gateway's for whoever handles requests or takes such events, else the value. */
  static String event(FunctionHandle function, Row row) {
    boolean request =
        (function.shape() == Shape.EXCHANGE && !function.takesEvents()) || !row.query().isEmpty();
    return request ? gateway(row) : json(row);
  }

  /** Lambda's event for whoever invokes the function by Lambda's API. */
  static Payload invocation(FunctionHandle function, Row row) {
    return new Payload("", event(function, row), "application/json");
  }

  private static String gateway(Row row) {
    String parameters =
        row.query().isEmpty()
            ? ""
            : "\"queryStringParameters\":{\"" + row.query().replace("=", "\":\"") + "\"},";
    return "{\"version\":\"2.0\",\"routeKey\":\"$default\",\"rawPath\":\"/\",\"rawQueryString\":\""
        + row.query()
        + "\","
        + parameters
        + "\"headers\":{\"content-type\":\""
        + row.contentType()
        + "\"},\"requestContext\":{\"http\":{\"method\":\"POST\",\"path\":\"/\"}},\"body\":\""
        + base64(row.body())
        + "\",\"isBase64Encoded\":true}";
  }

  /** The body as a JSON value: JSON is one, and so are digits; other texts are quoted. */
  static String json(Row row) {
    boolean isText = row.contentType().equals("text/plain") && !row.body().matches("[0-9]+");
    return isText ? "\"" + row.body() + "\"" : row.body();
  }
}
