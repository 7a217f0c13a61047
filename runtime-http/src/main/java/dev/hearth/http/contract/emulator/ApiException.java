package dev.hearth.http.contract.emulator;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.http.contract.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error of the API's, by the name of its shape: SDKs map the header {@code x-amzn-ErrorType} to their exceptions. */
final class ApiException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Of an event's payload. */
  static final int EVENT_BYTES = 1 << 20;

  /** Of another's. */
  static final int PAYLOAD_BYTES = 6 << 20;

  private final String name;
  private final int status;
  private final @Nullable String reason;

  private ApiException(String name, int status, String message, @Nullable String reason) {
    super(message, null, false, false);
    this.name = name;
    this.status = status;
    this.reason = reason;
  }

  static ApiException parameter(String message) {
    return new ApiException("InvalidParameterValueException", 400, message, null);
  }

  static ApiException content(String message) {
    return new ApiException("InvalidRequestContentException", 400, message, null);
  }

  static ApiException notFound(String what) {
    return new ApiException("ResourceNotFoundException", 404, what, null);
  }

  static ApiException conflict(String message) {
    return new ApiException("ResourceConflictException", 409, message, null);
  }

  static ApiException precondition() {
    return new ApiException(
        "PreconditionFailedException",
        412,
        "The RevisionId provided does not match the latest RevisionId. Call the GetFunction or the"
            + " GetAlias API to retrieve the latest RevisionId",
        null);
  }

  static ApiException tooLarge(int most) {
    return new ApiException(
        "RequestTooLargeException",
        413,
        "Request must be smaller than " + most + " bytes for the InvokeFunction operation",
        null);
  }

  static ApiException throttled(String reason) {
    return new ApiException("TooManyRequestsException", 429, "Rate Exceeded.", reason);
  }

  static ApiException service(String message) {
    return new ApiException("ServiceException", 500, message, null);
  }

  /** Whether a later try may succeed. */
  boolean isTransient() {
    return status == 429 || status >= 500;
  }

  int status() {
    return status;
  }

  /** The error as the API answers it. */
  Answer answer() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("Type", status < 500 ? "User" : "Service");
    body.put("message", getMessage());
    body.put("Message", getMessage()); // shapes differ in how they spell it
    if (reason != null) {
      body.put("Reason", reason);
    }
    Answer answer = Answer.json(status, JsonText.print(body)).header("x-amzn-ErrorType", name);
    return reason == null ? answer : answer.header("Retry-After", "1");
  }
}
