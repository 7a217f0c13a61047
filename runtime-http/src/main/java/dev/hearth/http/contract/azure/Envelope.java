package dev.hearth.http.contract.azure;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Request;
import dev.hearth.http.contract.azure.Declared.Kind;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.InputException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An invocation request of the Azure host, {@code {"Data": {…}, "Metadata": {…}}}, for a function that knows nothing of it: as the HTTP
 * request that the trigger got, or as one whose body is what the trigger brings.
 *
 * @param isHttp whether it is a client's request
 * @param request what the function is given
 * @param attributes {@code azure.param.<name>} for parameters of the route, {@code azure.metadata.<name>} for metadata that are single
 *     values, names in lower case
 */
record Envelope(boolean isHttp, Request request, Map<String, String> attributes) {

  /**
   * Reads one.
   *
   * @param function its name
   * @throws InputException if it is none, or does not have what the trigger brings
   */
  static Envelope read(byte[] body, Declared declared, String function) throws InputException {
    Object json = JsonText.parse(new String(body, StandardCharsets.UTF_8));
    if (!(json instanceof Map<?, ?> envelope)
        || !(envelope.get("Data") instanceof Map<?, ?> data)) {
      throw InputException.malformed(
          "not an invocation request of the Azure host: an object with Data is expected", null);
    }
    String trigger = declared.trigger() == null ? guessed(data) : declared.trigger();
    if (!data.containsKey(trigger)) {
      throw InputException.malformed(
          "the invocation request has no Data."
              + trigger
              + " (it has "
              + data.keySet()
              + "), which function.json says is the trigger",
          null);
    }
    Object value = data.get(trigger);
    Map<String, String> attributes = new HashMap<>();
    metadata(Members.of(envelope.get("Metadata")), attributes);
    boolean isHttp =
        declared.kind() == Kind.HTTP || (declared.kind() == Kind.UNKNOWN && isRequest(value));
    if (!isHttp) {
      return new Envelope(false, event(value, declared, function), attributes);
    }
    if (!(value instanceof Map<?, ?> request)) {
      throw InputException.malformed(
          "the invocation request's Data." + trigger + " is no HTTP request", null);
    }
    for (Map.Entry<?, ?> each : Members.of(request.get("Params")).entrySet()) {
      attributes.put("azure.param." + lower(each.getKey()), Members.joined(each.getValue()));
    }
    return new Envelope(true, HttpTrigger.request(request, function), attributes);
  }

  /** The HTTP request among several, else the first: triggers come first. */
  private static String guessed(Map<?, ?> data) {
    String first = "";
    for (Map.Entry<?, ?> each : data.entrySet()) {
      if (isRequest(each.getValue())) {
        return each.getKey().toString();
      }
      first = first.isEmpty() ? each.getKey().toString() : first;
    }
    return first;
  }

  private static boolean isRequest(@Nullable Object value) {
    return value instanceof Map<?, ?> map && map.containsKey("Method") && map.containsKey("Url");
  }

  private static void metadata(Map<?, ?> metadata, Map<String, String> attributes) {
    for (Map.Entry<?, ?> each : metadata.entrySet()) {
      Object value = each.getValue();
      if (value != null && !(value instanceof Map) && !(value instanceof List)) {
        attributes.put("azure.metadata." + lower(each.getKey()), TriggerValue.text(value));
      }
    }
  }

  private static String lower(Object name) {
    return name.toString().toLowerCase(Locale.ROOT);
  }

  private static Request event(@Nullable Object value, Declared declared, String function) {
    TriggerValue opened = TriggerValue.of(value, declared.isBinary());
    String type = opened.contentType();
    return new MemoryExchange(
            "POST",
            "/" + function,
            "",
            type == null ? Map.of() : Map.of("Content-Type", List.of(type)),
            new ByteArrayInputStream(opened.body()),
            opened.body().length)
        .request();
  }
}
