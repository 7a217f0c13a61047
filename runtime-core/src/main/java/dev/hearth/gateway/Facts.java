package dev.hearth.gateway;

import java.util.List;
import java.util.Map;

/**
 * What a gateway knows about a request besides the request. Immutable.
 *
 * @param requestId the gateway's id for it
 * @param sourceIp the client's address
 * @param epochMillis when it arrived, by the wall clock
 * @param accountId the owner's account; {@code anonymous} for a function URL that asks for no credentials
 * @param apiId id of the API or function URL
 * @param domainName the name it is reached by
 * @param stage the deployment's stage; {@code $default} has no part of the path
 * @param route the route that matched, without its method: a resource such as {@code /pets/{id}}, or {@code $default}; with {@code ANY}
 *     and a blank before it where it takes every method
 * @param pathParameters what the parameters of the route matched
 * @param stageVariables of the stage
 * @param binaryTypes media types that a REST API hands on as bytes; {@code *}{@code /*} for all
 */
public record Facts(
    String requestId,
    String sourceIp,
    long epochMillis,
    String accountId,
    String apiId,
    String domainName,
    String stage,
    String route,
    Map<String, String> pathParameters,
    Map<String, String> stageVariables,
    List<String> binaryTypes) {

  /** The stage that is no part of the path, and the route that takes what no other does. */
  public static final String DEFAULT = "$default";

  public Facts {
    pathParameters = Map.copyOf(pathParameters);
    stageVariables = Map.copyOf(stageVariables);
    binaryTypes = List.copyOf(binaryTypes);
  }

  /** Those of a function URL, or of an API with nothing but a default route, on this machine. */
  public static Facts local(String requestId, long epochMillis) {
    return new Facts(
        requestId,
        "127.0.0.1",
        epochMillis,
        "anonymous",
        "hearth",
        "localhost",
        DEFAULT,
        DEFAULT,
        Map.of(),
        Map.of(),
        List.of());
  }
}
