package dev.hearth.http.contract.emulator;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.HttpExchange;
import dev.hearth.http.contract.RequestId;
import dev.hearth.invoke.Call;
import dev.hearth.signature.spi.InputException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the official runtime interface emulator serves: one function, called {@code function}, in its classic way or in the way
 * for several calls at once.
 *
 * <p>Source: aws/aws-lambda-runtime-interface-emulator, {@code internal/lambda/rie} and {@code internal/lambda-managed-instances}.
 */
final class ClassicApi {

  private static final String UNAVAILABLE = "Runtime.Unavailable";
  private static final String DUPLICATED = "Client.DuplicatedInvokeId";
  private static final String SHUT_DOWN = "Client.ExecutionEnvironmentShutDown";

  private final Shared shared;
  private final boolean concurrent;

  private volatile boolean stopping;

  ClassicApi(Shared shared) {
    this.shared = shared;
    this.concurrent = shared.settings.mode() == Mode.CONCURRENT;
  }

  /** Refuses what comes from here on, where the emulator does. */
  void stop() {
    stopping = true;
  }

  /** Takes a request for the function. */
  void handle(HttpExchange exchange) {
    Request request = exchange.request();
    if (concurrent && !request.method().equals("POST")) {
      exchange.answer(Answer.empty(405).header("Allow", "POST"));
      return;
    }
    String context = request.headers().first("X-Amz-Client-Context").orElse(null);
    if (context != null && !concurrent) {
      context = InvokeRequest.decode(context);
      if (context == null) {
        exchange.answer(Answer.empty(500));
        return;
      }
    }
    if (concurrent && stopping) {
      exchange.answer(refused(SHUT_DOWN, null));
      return;
    }
    String asked = concurrent ? RequestId.of(request, "X-Amzn-RequestId", 128) : null;
    String id = asked == null ? UUID.randomUUID().toString() : asked;
    String clientContext = context;
    exchange.collect(
        2 * ApiException.PAYLOAD_BYTES, body -> taken(exchange, id, clientContext, body));
  }

  private void taken(HttpExchange exchange, String id, @Nullable String context, byte[] body) {
    Target target;
    try {
      target = shared.catalogue.only();
    } catch (ApiException e) {
      exchange.answer(e.answer());
      return;
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("lambda.request-id", id);
    attributes.put("lambda.invoked-function-arn", target.arn());
    attributes.put(
        "lambda.trace-id",
        exchange.request().headers().first("X-Amzn-Trace-Id").orElseGet(InvokeRequest::newTrace));
    exchange
        .request()
        .headers()
        .first("X-Amz-Tenant-Id")
        .ifPresent(tenant -> attributes.put("lambda.tenant-id", tenant));
    if (context != null) {
      attributes.put("lambda.client-context", context);
    }
    if (concurrent && shared.isFollowed(id)) {
      exchange.answer(refused(DUPLICATED, "the request id is in flight already"));
      return;
    }
    new SyncCall(
            shared, exchange, target, id, body, attributes, false, Call.NO_DEADLINE, new Words())
        .begin();
  }

  private static Answer refused(String type, @Nullable String message) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("errorType", type);
    if (message != null) {
      body.put("errorMessage", message);
    }
    return Answer.json(400, JsonText.print(body)).header("Error-Type", type);
  }

  /** Makes the emulator's answers. */
  private final class Words implements SyncCall.Answering {
    @Override
    public Answer answer(CallResult result, CallLog log) {
      return concurrent ? many(result) : classic(result);
    }

    @Override
    public Answer refused(ApiException why) {
      if (concurrent && why.status() == 429) {
        return ClassicApi.refused(UNAVAILABLE, "no slot is free for the call");
      }
      return why.status() == 429 ? Answer.empty(504) : Answer.empty(500);
    }

    private Answer classic(CallResult result) {
      if (CallResult.TIMED_OUT.equals(result.errorType())) {
        return Answer.text(200, message(result));
      }
      boolean exited = CallResult.EXITED.equals(result.errorType());
      Answer answer =
          Answer.bytes(exited ? 502 : 200, result.body())
              .header("Content-Type", "application/json");
      return result.isError() ? answer.header("X-Amz-Function-Error", "Unhandled") : answer;
    }

    private Answer many(CallResult result) {
      Answer answer = Answer.bytes(200, result.body()).header("Content-Type", "application/json");
      String type = result.errorType();
      return type == null
          ? answer.header("Lambda-Runtime-Function-Response-Mode", "buffered")
          : answer.header("Error-Type", type);
    }

    /** What the timeout's document says behind the request's id. */
    private String message(CallResult result) {
      String text = new String(result.body(), StandardCharsets.UTF_8);
      try {
        if (JsonText.parse(text) instanceof Map<?, ?> document) {
          String message = String.valueOf(document.get("errorMessage"));
          return message.substring(message.indexOf("Task timed out"));
        }
      } catch (InputException | IndexOutOfBoundsException e) {
        // then it is told as it is
      }
      return text;
    }
  }
}
