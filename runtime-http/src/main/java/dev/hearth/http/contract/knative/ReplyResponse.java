package dev.hearth.http.contract.knative;

import dev.hearth.cloudevents.BinaryMode;
import dev.hearth.function.Headers;
import dev.hearth.function.Response;
import dev.hearth.http.contract.KeptResponse;
import dev.hearth.signature.spi.EventResponse;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function answers to an event: an event as the function's vendor has it, or status, headers and body. Headers of
 * attributes may hold any text; what no header can hold is encoded on the way in.
 */
final class ReplyResponse implements EventResponse {

  private final KeptResponse kept;
  private volatile @Nullable Map<String, Object> attributes; // of an event given as such
  private volatile byte @Nullable [] data; // written before it

  ReplyResponse(KeptResponse kept) {
    this.kept = kept;
  }

  @Override
  public void event(Map<String, Object> attributes, byte @Nullable [] data) {
    this.data = data;
    this.attributes = attributes;
  }

  /** The attributes of an event that was given as such; else null. */
  @Nullable Map<String, Object> attributes() {
    return attributes;
  }

  /** The data of that event. */
  byte @Nullable [] data() {
    return data;
  }

  /** What was written otherwise. */
  byte[] written() {
    return kept.written();
  }

  private static boolean isAttribute(String name) {
    return name.toLowerCase(Locale.ROOT).startsWith(BinaryMode.HEADER);
  }

  @Override
  public Response status(int status) {
    kept.status(status);
    return this;
  }

  @Override
  public int status() {
    return kept.status();
  }

  @Override
  public Response header(String name, String value) {
    kept.header(name, isAttribute(name) ? BinaryMode.sendable(value) : value);
    return this;
  }

  @Override
  public Response addHeader(String name, String value) {
    kept.addHeader(name, isAttribute(name) ? BinaryMode.sendable(value) : value);
    return this;
  }

  @Override
  public Headers headers() {
    return kept.headers();
  }

  @Override
  public OutputStream body() {
    return kept.body();
  }

  @Override
  public boolean isCommitted() {
    return kept.isCommitted();
  }
}
