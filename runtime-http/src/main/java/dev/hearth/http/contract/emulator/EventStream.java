package dev.hearth.http.contract.emulator;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Frames of {@code application/vnd.amazon.eventstream}: a prelude of two lengths and a checksum, headers, payload, a checksum.
 *
 * <p>Source: Smithy, <i>Amazon Event Stream specification</i>.
 */
final class EventStream {

  static final String TYPE = "application/vnd.amazon.eventstream";

  private static final int STRING = 7;
  private static final int OVERHEAD = 16;

  private EventStream() {}

  /** A part of what a function streams. */
  static byte[] chunk(byte[] payload, int length) {
    return frame("PayloadChunk", "application/octet-stream", payload, length);
  }

  /** The last frame. */
  static byte[] complete(byte[] json) {
    return frame("InvokeComplete", "application/json", json, json.length);
  }

  private static byte[] frame(String type, String contentType, byte[] payload, int length) {
    ByteArrayOutputStream headers = new ByteArrayOutputStream(96);
    header(headers, ":event-type", type);
    header(headers, ":content-type", contentType);
    header(headers, ":message-type", "event");
    ByteBuffer frame = ByteBuffer.allocate(OVERHEAD + headers.size() + length);
    frame.putInt(frame.capacity()).putInt(headers.size());
    frame.putInt(checksum(frame));
    frame.put(headers.toByteArray()).put(payload, 0, length);
    frame.putInt(checksum(frame));
    return frame.array();
  }

  private static void header(ByteArrayOutputStream to, String name, String value) {
    byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
    byte[] valueBytes = value.getBytes(StandardCharsets.US_ASCII);
    to.write(nameBytes.length);
    to.writeBytes(nameBytes);
    to.write(STRING);
    to.write(valueBytes.length >> 8);
    to.write(valueBytes.length);
    to.writeBytes(valueBytes);
  }

  /** Of what is in the frame so far. */
  private static int checksum(ByteBuffer frame) {
    CRC32 crc = new CRC32();
    crc.update(frame.duplicate().flip());
    return (int) crc.getValue();
  }
}
