package dev.hearth.signature.nuclio;

import dev.hearth.function.Context;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Json;
import io.nuclio.Event;
import io.nuclio.TriggerInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event of one call: its request, and what the platform says besides. */
final class CallEvent implements Event, TriggerInfo {

  private final Message message;
  private final Context context;
  private final Json json;
  private final long receivedMillis = System.currentTimeMillis();

  CallEvent(Message message, Context context, Json json) {
    this.message = message;
    this.context = context;
    this.json = json;
  }

  @Override
  public String getID() {
    return context.id();
  }

  @Override
  public TriggerInfo getTriggerInfo() {
    return this;
  }

  @Override
  public @Nullable String getClassName() {
    return context.attributes().get("nuclio.trigger-class");
  }

  @Override
  public String getKindName() {
    return attribute("trigger-kind", "http");
  }

  @Override
  public String getContentType() {
    return message.contentType;
  }

  @Override
  public byte[] getBody() {
    return message.body;
  }

  /** A body that is JSON, by its type and in fact, as maps, lists and values; any other as bytes. */
  @Override
  public @Nullable Object getBodyObject() {
    if (!isJson()) {
      return message.body;
    }
    try {
      return json.read(new String(message.body, StandardCharsets.UTF_8), Object.class);
    } catch (InputException e) {
      return message.body;
    }
  }

  private boolean isJson() {
    String type = message.contentType;
    int semicolon = type.indexOf(';');
    String name =
        (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    return name.equals("application/json") || name.endsWith("+json");
  }

  @Override
  public @Nullable Object getHeader(String key) {
    return message.headers.get(key);
  }

  @Override
  public @Nullable String getHeaderString(String key) {
    return text(getHeader(key));
  }

  @Override
  public byte @Nullable [] getHeaderBytes(String key) {
    return bytes(getHeader(key));
  }

  /** The header as a number; 0 where it is none, or not there. */
  @Override
  public long getHeaderLong(String key) {
    return number(getHeader(key));
  }

  @Override
  public Map<String, Object> getHeaders() {
    return message.headers;
  }

  @Override
  public @Nullable Object getField(String key) {
    return message.fields.get(key);
  }

  @Override
  public @Nullable String getFieldString(String key) {
    return text(getField(key));
  }

  @Override
  public byte @Nullable [] getFieldBytes(String key) {
    return bytes(getField(key));
  }

  /** The field as a number; 0 where it is none, or not there. */
  @Override
  public long getFieldLong(String key) {
    return number(getField(key));
  }

  @Override
  public Map<String, Object> getFields() {
    return message.fields;
  }

  @Override
  @SuppressWarnings("JavaUtilDate") // Nuclio's choice
  public Date getTimestamp() {
    String seconds = context.attributes().get("nuclio.timestamp");
    return seconds == null
        ? new Date(receivedMillis)
        : Date.from(Instant.ofEpochSecond(number(seconds)));
  }

  @Override
  public String getPath() {
    return message.path;
  }

  @Override
  public String getURL() {
    String query = message.query;
    return attribute("url", query.isEmpty() ? getPath() : getPath() + "?" + query);
  }

  @Override
  public String getMethod() {
    return message.method;
  }

  @Override
  public long getShardID() {
    return number(context.attributes().get("nuclio.shard-id"));
  }

  @Override
  public long getTotalNumShards() {
    return number(context.attributes().get("nuclio.num-shards"));
  }

  @Override
  public String getType() {
    return attribute("type", "");
  }

  @Override
  public String getTypeVersion() {
    return attribute("type-version", "");
  }

  @Override
  public String getVersion() {
    return attribute("version", "");
  }

  private String attribute(String name, String otherwise) {
    return context.attributes().getOrDefault("nuclio." + name, otherwise);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static byte @Nullable [] bytes(@Nullable Object value) {
    return value == null ? null : value.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static long number(@Nullable Object value) {
    if (value == null) {
      return 0;
    }
    try {
      return Long.parseLong(value.toString().strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
