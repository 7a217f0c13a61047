package dev.hearth.signature.cloudevents;

import io.cloudevents.CloudEventData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The payload of an event. */
final class EventBytes implements CloudEventData {

  private final byte[] bytes;

  EventBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public byte[] toBytes() {
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EventBytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
