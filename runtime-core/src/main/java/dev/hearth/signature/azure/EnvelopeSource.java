package dev.hearth.signature.azure;

import com.microsoft.azure.functions.RetryContext;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.signature.spi.InputException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A call as the Azure host sends it to custom handlers: {@code {"Data": {…}, "Metadata": {…}}} ("Azure Functions custom handlers", request
 * payload). What else is in the envelope is left alone.
 */
final class EnvelopeSource implements Source {

  private final Map<?, ?> data;
  private final Map<?, ?> metadata;
  private final Declaration trigger;
  private final @Nullable HttpMessage http;

  private EnvelopeSource(
      Map<?, ?> data, Map<?, ?> metadata, Declaration trigger, @Nullable HttpMessage http) {
    this.data = data;
    this.metadata = metadata;
    this.trigger = trigger;
    this.http = http;
  }

  /**
   * Reads an envelope.
   *
   * @throws InputException if it is none, or does not have what the trigger is called by
   */
  static EnvelopeSource of(byte[] body, Declaration trigger) throws InputException {
    Object json = JsonText.parse(new String(body, StandardCharsets.UTF_8));
    if (!(json instanceof Map<?, ?> envelope)
        || !(envelope.get("Data") instanceof Map<?, ?> data)) {
      throw InputException.malformed(
          "not an invocation request of the Azure host: an object with Data is expected", null);
    }
    Map<?, ?> metadata = map(envelope.get("Metadata"));
    HttpMessage http = trigger.isHttp() ? http(required(data, trigger.name()), trigger) : null;
    return new EnvelopeSource(data, metadata, trigger, http);
  }

  /** An object, also where it is sent as a text; empty where it is neither. */
  private static Map<?, ?> map(@Nullable Object json) throws InputException {
    if (json instanceof Map<?, ?> map) {
      return map;
    }
    return json instanceof String text && JsonText.parse(text) instanceof Map<?, ?> map
        ? map
        : Map.of();
  }

  private static @Nullable Object required(Map<?, ?> data, String binding) throws InputException {
    if (!data.containsKey(binding)) {
      throw InputException.malformed(
          "the invocation request has no Data."
              + binding
              + " (it has "
              + data.keySet()
              + "); bindings in function.json are called as in the function's annotations",
          null);
    }
    return data.get(binding);
  }

  private static HttpMessage http(@Nullable Object json, Declaration trigger)
      throws InputException {
    if (!(json instanceof Map<?, ?> request)) {
      throw InputException.malformed(
          "the invocation request's Data." + trigger.name() + " is no HTTP request", null);
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<?, ?> header : map(request.get("Headers")).entrySet()) {
      headers.put(header.getKey().toString().toLowerCase(Locale.ROOT), joined(header.getValue()));
    }
    return new HttpMessage(
        text(request.get("Url")),
        text(request.get("Method")),
        Collections.unmodifiableMap(headers),
        texts(map(request.get("Query"))),
        texts(map(request.get("Params"))),
        body(request.get("Body"), headers.get("content-type")));
  }

  private static Map<String, String> texts(Map<?, ?> json) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : json.entrySet()) {
      texts.put(entry.getKey().toString(), joined(entry.getValue()));
    }
    return Collections.unmodifiableMap(texts);
  }

  private static String joined(@Nullable Object json) {
    if (!(json instanceof List<?> values)) {
      return text(json);
    }
    StringBuilder joined = new StringBuilder();
    for (Object value : values) {
      joined.append(joined.length() == 0 ? "" : ",").append(text(value));
    }
    return joined.toString();
  }

  private static String text(@Nullable Object json) {
    if (json == null) {
      return "";
    }
    return json instanceof Map || json instanceof List ? JsonText.print(json) : json.toString();
  }

  private static byte[] body(@Nullable Object json, @Nullable String type) throws InputException {
    String text = text(json);
    if (!ContentType.of(type).isBytes()) {
      return text.getBytes(ContentType.of(type).charset());
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw InputException.malformed(
          "the body is to be base64, as its type is " + type + ": " + e.getMessage(), e);
    }
  }

  @Override
  public @Nullable Object data(Declaration binding, Type type) throws InputException {
    if (http != null && binding.isTrigger()) {
      return http.as(type);
    }
    return Values.of(
        required(data, binding.name()), type, "input binding '" + binding.name() + "'");
  }

  @Override
  public @Nullable Object metadata(String key, Type type) throws InputException {
    String what = "metadata '" + key + "'";
    Object found = found(metadata, key);
    if (found != null) {
      return Values.of(found, type, what);
    }
    if (http == null) {
      return Values.absent(type, what);
    }
    return PlainSource.ofRequest(http, trigger, key, type);
  }

  /** What is under a key; what is under it but for case, where there is nothing. */
  private static @Nullable Object found(Map<?, ?> map, String key) {
    if (map.containsKey(key)) {
      return map.get(key);
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (entry.getKey().toString().equalsIgnoreCase(key)) {
        return entry.getValue();
      }
    }
    return null;
  }

  @Override
  public @Nullable String text(String binding) {
    boolean isRequest = http != null && binding.equals(trigger.name());
    return !isRequest && data.get(binding) instanceof String text ? Values.text(text) : null;
  }

  @Override
  public @Nullable HttpMessage http() {
    return http;
  }

  @Override
  public RetryContext retry() {
    Object json = metadata.get("RetryContext");
    try {
      return Retry.of(json == null ? null : map(json));
    } catch (InputException e) {
      return Retry.NONE; // a text that is no JSON says nothing
    }
  }
}
