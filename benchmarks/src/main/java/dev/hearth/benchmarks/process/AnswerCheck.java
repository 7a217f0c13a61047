package dev.hearth.benchmarks.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells when an answer under load is whole, and whether it is the one expected. Not thread-safe. */
final class AnswerCheck {

  private static final byte[] CHUNKED = "chunked".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int SHOWN = 300;

  private final byte[] expected;

  AnswerCheck(byte[] expected) {
    this.expected = expected;
  }

  /** Bytes enough for an answer, its head and the marks of its chunks. */
  int room() {
    return 8192 + expected.length + expected.length / 64;
  }

  /**
   * Whether an answer is whole.
   *
   * @throws IOException if it is not the one expected
   */
  boolean whole(byte[] bytes, int length) throws IOException {
    int head = endOfHead(bytes, length);
    if (head < 0) {
      return false;
    }
    boolean chunked = contains(bytes, head);
    if (chunked ? !endsWithLastChunk(bytes, length) : length < head + expected.length) {
      if (bytes[9] == '2') {
        return false;
      }
    }
    boolean same =
        chunked
            ? sameChunks(bytes, head, length)
            : Arrays.equals(bytes, head, length, expected, 0, expected.length);
    if (!same || bytes[9] != '2') {
      throw new IOException(
          "wrong answer under load: "
              + new String(bytes, 0, Math.min(SHOWN, length), StandardCharsets.UTF_8));
    }
    return true;
  }

  private static int endOfHead(byte[] bytes, int length) {
    for (int i = 3; i < length; i++) {
      if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static boolean contains(byte[] bytes, int head) {
    for (int i = 0; i + CHUNKED.length <= head; i++) {
      if (bytes[i] == 'c'
          && Arrays.equals(bytes, i, i + CHUNKED.length, CHUNKED, 0, CHUNKED.length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsWithLastChunk(byte[] bytes, int length) {
    int start = length - LAST_CHUNK.length;
    return start >= 0 && Arrays.equals(bytes, start, length, LAST_CHUNK, 0, LAST_CHUNK.length);
  }

  private boolean sameChunks(byte[] bytes, int head, int length) {
    int at = head;
    int compared = 0;
    while (at < length) {
      int size = 0;
      for (; at < length && bytes[at] != '\r'; at++) {
        size = size * 16 + Character.digit(bytes[at], 16);
      }
      at += 2;
      if (size == 0) {
        return compared == expected.length;
      }
      if (compared + size > expected.length
          || !Arrays.equals(bytes, at, at + size, expected, compared, compared + size)) {
        return false;
      }
      compared += size;
      at += size + 2;
    }
    return false;
  }
}
