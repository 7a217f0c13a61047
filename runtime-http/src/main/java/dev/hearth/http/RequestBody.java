package dev.hearth.http;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request as it arrives: collected at first, handed on as a stream when it is too long for that.
 * Bounded in bytes and by the least rate at which it must come. Event loop only.
 *
 * <pre>
 * collecting -> streaming -> complete      collecting may go straight to complete
 * </pre>
 */
final class RequestBody {

  private static final int COLLECTED_BYTES = 64 << 10;
  private static final byte[] NOTHING = {};

  /** Shared, so it must not be one that its reader can close for the others. */
  private static final InputStream EMPTY = new ByteArrayInputStream(new byte[0]);

  private final RequestHead head;
  private final HttpLimits limits;
  private long limit;
  private byte[] collected = NOTHING;
  private int collectedBytes;
  private @Nullable BodyPipe pipe;
  private boolean dropping; // nobody wants the rest
  private boolean complete;
  private long received;
  private long sinceNanos = System.nanoTime(); // from when its rate counts
  private long receivedBefore; // until then

  RequestBody(RequestHead head, HttpLimits limits) {
    this.head = head;
    this.limits = limits;
    this.limit = limits.bodyBytes();
  }

  /** Allows no more than this either; false if the head announces more. */
  boolean limit(long bytes) {
    limit = Math.min(limit, bytes);
    return head.contentLength() <= limit;
  }

  long limit() {
    return limit;
  }

  /**
   * Takes a part.
   *
   * @throws Refusal if the body gets longer than it may be
   */
  void add(ByteBuf part) throws Refusal {
    int count = part.readableBytes();
    received += count;
    if (received > limit) {
      throw RequestHead.tooLarge(limit);
    }
    if (head.contentLength() >= 0 && received > head.contentLength()) {
      throw new Refusal(400, "the body is longer than its content-length");
    }
    if (count == 0 || dropping) {
      return;
    }
    BodyPipe to = pipe;
    if (to == null) {
      collect(part, count);
    } else {
      byte[] data = new byte[count];
      part.readBytes(data);
      to.offer(data);
    }
  }

  private void collect(ByteBuf part, int count) {
    int needed = collectedBytes + count;
    if (needed > collected.length) {
      long expected = Math.min(Math.max(head.contentLength(), 0), COLLECTED_BYTES);
      long size = Math.max(needed, Math.max(expected, collected.length * 2L));
      collected = Arrays.copyOf(collected, (int) Math.min(size, Integer.MAX_VALUE - 8));
    }
    part.readBytes(collected, collectedBytes, count);
    collectedBytes = needed;
  }

  /** Whether it is collected, not complete, and long enough to be handed on. */
  boolean isWorthStreaming() {
    return pipe == null
        && !dropping
        && collectedBytes >= COLLECTED_BYTES
        && head.contentLength() != collectedBytes;
  }

  /**
   * Hands on what there is and what will come.
   *
   * @param wanted called by the reader when there is room again after {@link #isPaused}
   */
  InputStream stream(Runnable wanted) {
    BodyPipe to = new BodyPipe(wanted);
    to.offer(Arrays.copyOf(collected, collectedBytes));
    collected = NOTHING;
    pipe = to;
    return to;
  }

  /** Whether a stream was made of it. */
  boolean isStreamed() {
    return pipe != null;
  }

  /** Whether reading must wait until the function has read. */
  boolean isPaused() {
    BodyPipe to = pipe;
    return to != null && !complete && !dropping && to.isFull();
  }

  /** There is room again; the time that the function took is not the sender's. */
  void resumed() {
    sinceNanos = System.nanoTime();
    receivedBefore = received;
  }

  /**
   * Checks that no more comes than has arrived, where the protocol does not see to that.
   *
   * @throws Refusal if it is shorter than its head said
   */
  void requireWhole() throws Refusal {
    if (head.contentLength() > received) {
      throw new Refusal(400, "the body is shorter than its content-length");
    }
  }

  /** All of it has arrived. */
  void complete() {
    complete = true;
    BodyPipe to = pipe;
    if (to != null) {
      to.complete();
    }
  }

  boolean isComplete() {
    return complete || !head.hasBody();
  }

  /** What was collected; once complete. */
  InputStream collected() {
    return collectedBytes == 0 ? EMPTY : new ByteArrayInputStream(collected, 0, collectedBytes);
  }

  /** A copy of what was collected; once complete. */
  byte[] bytes() {
    return Arrays.copyOf(collected, collectedBytes);
  }

  /** How much was collected. */
  int length() {
    return collectedBytes;
  }

  /** Nobody wants the rest; whoever still reads fails with this reason. */
  void drop(String reason) {
    dropping = true;
    BodyPipe to = pipe;
    if (to != null) {
      to.fail(reason);
    }
  }

  /** Whether so little of it is missing that it is cheaper to read it than to have the client connect anew. */
  boolean isNearlyComplete() {
    if (isComplete()) {
      return true;
    }
    boolean invited = !head.expectsContinue() || received > 0;
    return invited
        && head.contentLength() > 0
        && head.contentLength() - received <= COLLECTED_BYTES;
  }

  /** How long it may still take to be as fast as it must be; zero or less if it is late. */
  long nanosUntilLate() {
    long grace = limits.bodyGrace().toNanos();
    if (isPaused()) {
      return grace;
    }
    double seconds = (double) (received - receivedBefore) / limits.bodyBytesPerSecond();
    return sinceNanos + grace + (long) (seconds * 1e9) - System.nanoTime();
  }
}
