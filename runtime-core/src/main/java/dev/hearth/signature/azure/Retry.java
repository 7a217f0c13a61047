package dev.hearth.signature.azure;

import com.microsoft.azure.functions.RetryContext;
import com.microsoft.azure.functions.RpcException;
import dev.hearth.cloudevents.JsonNumber;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often a call was tried before, and what went wrong; texts are empty where nothing is known, as in Azure's Java worker. */
record Retry(int count, int most, String source, String stack, String message)
    implements RetryContext, RpcException {

  /** A call that is no retry. */
  static final Retry NONE = new Retry(0, 0, "", "", "");

  /** What the host's {@code RetryContext} says. */
  static Retry of(@Nullable Object json) {
    if (!(json instanceof Map<?, ?> facts)) {
      return NONE;
    }
    Map<?, ?> failure = facts.get("Exception") instanceof Map<?, ?> map ? map : Map.of();
    return new Retry(
        number(facts.get("RetryCount")),
        number(facts.get("MaxRetryCount")),
        text(failure.get("Source")),
        text(
            failure.containsKey("StackTraceString")
                ? failure.get("StackTraceString")
                : failure.get("StackTrace")),
        text(failure.get("Message")));
  }

  private static int number(@Nullable Object json) {
    try {
      return json instanceof JsonNumber || json instanceof String
          ? Integer.parseInt(json.toString())
          : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String text(@Nullable Object json) {
    return json == null ? "" : json.toString();
  }

  @Override
  public int getRetrycount() {
    return count;
  }

  @Override
  public int getMaxretrycount() {
    return most;
  }

  @Override
  public RpcException getException() {
    return this;
  }

  @Override
  public String getSource() {
    return source;
  }

  @Override
  public String getStacktrace() {
    return stack;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
