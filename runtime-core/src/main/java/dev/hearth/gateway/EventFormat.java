package dev.hearth.gateway;

import dev.hearth.function.Request;
import org.jspecify.annotations.Nullable;

/** Which gateway's events and results are meant. */
public enum EventFormat {
  /** A REST API of API Gateway: payload format 1.0. */
  REST,
  /** An HTTP API of API Gateway that was told to use payload format 1.0; takes bytes without being told of types. */
  HTTP_API_1,
  /** An HTTP API of API Gateway: payload format 2.0. */
  HTTP_API,
  /** A function URL: payload format 2.0 with a default route. */
  FUNCTION_URL,
  /** An Application Load Balancer without multi-value headers. */
  LOAD_BALANCER;

  private static final String EVENTS = "com.amazonaws.services.lambda.runtime.events.";

  /**
   * The format whose events a type of the vendor's library is made for.
   *
   * @param type binary name
   * @return null if it is none of a gateway's
   */
  public static @Nullable EventFormat ofType(String type) {
    return switch (type) {
      case EVENTS + "APIGatewayProxyRequestEvent" -> HTTP_API_1;
      case EVENTS + "APIGatewayV2HTTPEvent", EVENTS + "APIGatewayV2ProxyRequestEvent" -> HTTP_API;
      case EVENTS + "ApplicationLoadBalancerRequestEvent" -> LOAD_BALANCER;
      default -> null;
    };
  }

  /**
   * The event for a request, as JSON.
   *
   * @param body the whole body; empty when there was none
   */
  public String event(Request request, byte[] body, Facts facts) {
    return switch (this) {
      case REST -> VersionOne.rest(request, body, facts);
      case HTTP_API_1 -> VersionOne.httpApi(request, body, facts);
      case LOAD_BALANCER -> VersionOne.loadBalancer(request, body);
      case HTTP_API -> VersionTwo.event(request, body, facts, false);
      case FUNCTION_URL -> VersionTwo.event(request, body, facts, true);
    };
  }

  /**
   * The response for what a function gave.
   *
   * @param result the function's result, JSON text
   * @throws MalformedResultException if the gateway cannot make a response of it
   */
  public GatewayResponse response(String result, Facts facts) throws MalformedResultException {
    return switch (this) {
      case HTTP_API, FUNCTION_URL -> ResultReader.versionTwo(result);
      case HTTP_API_1, LOAD_BALANCER -> ResultReader.versionOne(result);
      case REST -> ResultReader.rest(result, facts.binaryTypes());
    };
  }
}
