package dev.hearth.http.contract.openwhisk;

import dev.hearth.function.Request;
import dev.hearth.http.contract.openwhisk.JsonFields.Field;
import dev.hearth.http.contract.openwhisk.JsonFields.MalformedException;
import dev.hearth.invoke.Call;
import dev.hearth.invoke.MemoryExchange;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code /run} asks for. */
final class RunRequest {

  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.US_ASCII);
  private static final long NANOS = 1_000_000;
  private static final long LONGEST_MILLIS = 86_400_000; // a deadline a day away is none

  private final byte[] value; // the action's argument, as JSON

  // What else was sent, by its name; numbers and truth values as they were written.
  private final Map<String, String> context;

  private RunRequest(byte[] value, Map<String, String> context) {
    this.value = value;
    this.context = context;
  }

  /**
   * Reads an activation.
   *
   * @param value its argument; null for none, which is an empty object
   * @param context what is said about it, {@code value} aside
   */
  static RunRequest of(@Nullable Field value, JsonFields context) throws MalformedException {
    Map<String, String> texts = new HashMap<>();
    for (Map.Entry<String, Field> each : context.all().entrySet()) {
      String text = each.getKey().equals("value") ? null : each.getValue().scalar();
      if (text != null) {
        texts.put(each.getKey(), text);
      }
    }
    return new RunRequest(value == null ? NOTHING : value.json(), texts);
  }

  /** The variables that the action is to see: {@code __OW_} and the name in capital letters. */
  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    for (Map.Entry<String, String> each : context.entrySet()) {
      variables.put("__OW_" + each.getKey().toUpperCase(Locale.ROOT), each.getValue());
    }
    return variables;
  }

  /** The same as a call's attributes: {@code openwhisk.activation_id} and so on. */
  Map<String, String> attributes() {
    Map<String, String> attributes = new HashMap<>();
    for (Map.Entry<String, String> each : context.entrySet()) {
      attributes.put("openwhisk." + each.getKey().toLowerCase(Locale.ROOT), each.getValue());
    }
    return attributes;
  }

  /** The activation's id where it can stand in logs, else null. */
  @Nullable String id() {
    String id = context.getOrDefault("activation_id", "");
    boolean plain = !id.isEmpty() && id.length() <= 128;
    for (int i = 0; plain && i < id.length(); i++) {
      plain = id.charAt(i) > ' ' && id.charAt(i) < 0x7f;
    }
    return plain ? id : null;
  }

  /**
   * When the call must have ended, as {@link Call#deadlineNanos}. A time that has passed, that is far away or no number is a
   * hint that says nothing: the platform itself gives up in time.
   */
  long deadlineNanos() {
    long left;
    try {
      left = Long.parseLong(context.getOrDefault("deadline", "0")) - System.currentTimeMillis();
    } catch (NumberFormatException e) {
      return Call.NO_DEADLINE;
    }
    return left <= 0 || left > LONGEST_MILLIS ? Call.NO_DEADLINE : System.nanoTime() + left * NANOS;
  }

  /** What the function sees of an action's argument. */
  Request request() {
    return MemoryExchange.post(value, "application/json").request();
  }

  /** What a function that handles requests sees of a web action's; null where there was no request. */
  @Nullable Request webRequest() throws MalformedException {
    return WebAction.request(value);
  }
}
