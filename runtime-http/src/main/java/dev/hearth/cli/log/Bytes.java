package dev.hearth.cli.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes that is used again and again. Not thread-safe. */
final class Bytes {

  private static final int KEPT = 256 * 1024; // larger arrays are let go after use

  private byte[] array = new byte[1024];
  private int length;

  int length() {
    return length;
  }

  void clear() {
    length = 0;
    if (array.length > KEPT) {
      array = new byte[1024];
    }
  }

  void add(int b) {
    room(1);
    array[length++] = (byte) b;
  }

  void add(byte[] from, int offset, int count) {
    room(count);
    System.arraycopy(from, offset, array, length, count);
    length += count;
  }

  /** Text in ASCII. */
  void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      array[length++] = (byte) text.charAt(i);
    }
  }

  /** Any text, in UTF-8. */
  void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    add(utf8, 0, utf8.length);
  }

  /** A number with leading zeros. */
  void digits(long value, int count) {
    room(count);
    long rest = value;
    for (int i = length + count - 1; i >= length; i--) {
      array[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }

  /** Replaces the last byte. */
  void last(int b) {
    array[length - 1] = (byte) b;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(array, 0, length);
  }

  String utf8() {
    return new String(array, 0, length, StandardCharsets.UTF_8);
  }

  private void room(int more) {
    if (array.length - length < more) {
      array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
    }
  }
}
