package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.Mutations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Chunked bodies through the decoder that the scan stands before. */
class ChunkScanFuzzTest {

  private static final int LIMIT = 64;
  private static final HttpLimits LIMITS = HttpLimits.builder().bodyBytes(LIMIT).build();
  private static final byte[] HEAD =
      bytes("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");

  private static final List<byte[]> GOOD =
      List.of(
          bytes("5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nT: u\r\n\r\n"),
          bytes("0\r\n\r\n"),
          bytes("0000a ; x=\"y\"\r\n0123456789\r\n00\r\n\r\nGET / HTTP/1.1\r\n\r\n"),
          bytes("20\r\n" + "a".repeat(32) + "\r\n20\r\n" + "b".repeat(32) + "\r\n0\r\n\r\n"));

  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\r",
          "\n",
          ";",
          "; ",
          ";=",
          "0",
          "1",
          "f",
          "F",
          "40",
          "41",
          "ffffffff",
          "7fffffff",
          "80000000",
          "ffffffffffffffff",
          "10000000000000000",
          "-1",
          "0x",
          "+",
          " ",
          "\t",
          "g",
          "\0",
          "000000000000000000000000000000000000000000000000000000000000000",
          "0\r\n\r\n",
          "\u00ff");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Provide
  Arbitrary<byte[]> bodies() {
    return Mutations.of(GOOD, PIECES);
  }

  @Provide
  Arbitrary<List<Integer>> steps() {
    return Arbitraries.integers().between(1, 20).list().ofMinSize(1).ofMaxSize(8);
  }

  @Property(tries = 1000)
  void decode_anyBodyInAnySteps_hasTheSameVerdict(
      @ForAll("bodies") byte[] body, @ForAll("steps") List<Integer> steps) {
    String whole = verdict(body, List.of(Math.max(1, body.length)));

    assertThat(verdict(body, List.of(1))).isEqualTo(whole);
    assertThat(verdict(body, steps)).isEqualTo(whole);
  }

  /** Refused when the size is announced: nothing of the chunk is waited for. */
  @Example
  void decode_chunkOverTheLimit_isRefusedByItsSize() {
    assertThat(seen(bytes("3f\r\n" + "a".repeat(63) + "\r\n2\r\n"), List.of(1)).status)
        .isEqualTo(413);
    assertThat(seen(bytes("41\r\n"), List.of(1)).status).isEqualTo(413);
    assertThat(verdict(bytes("40\r\n"), List.of(1))).isEqualTo("more");
  }

  private static String verdict(byte[] body, List<Integer> steps) {
    Seen seen = seen(body, steps);
    assertThat(seen.bytes).isLessThanOrEqualTo(LIMIT);
    return seen.verdict == null ? "more" : seen.verdict;
  }

  private static Seen seen(byte[] body, List<Integer> steps) {
    EmbeddedChannel channel = new EmbeddedChannel(new StrictRequestDecoder(LIMITS, false));
    Seen seen = new Seen();
    try {
      channel.writeInbound(Unpooled.wrappedBuffer(HEAD));
      seen.take(channel);
      int at = 0;
      for (int i = 0; at < body.length && seen.verdict == null; i++) {
        int count = Math.min(steps.get(i % steps.size()), body.length - at);
        channel.writeInbound(Unpooled.copiedBuffer(body, at, count));
        at += count;
        seen.take(channel);
      }
    } finally {
      channel.finishAndReleaseAll();
    }
    return seen;
  }

  /** What comes out: a refusal or a parser's complaint, or the whole body. Which of two faults is told may depend on what came first. */
  private static final class Seen {
    private final StringBuilder content = new StringBuilder();
    private int bytes;
    private int status;
    private @Nullable String verdict;

    void take(EmbeddedChannel channel) {
      for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
        if (verdict == null) {
          look(part);
        }
        ReferenceCountUtil.release(part);
      }
    }

    private void look(Object part) {
      if (part instanceof Refusal refusal) {
        assertThat(refusal.status()).isIn(400, 413);
        verdict = "refused";
        status = refusal.status();
      } else if (part instanceof HttpObject object && object.decoderResult().isFailure()) {
        verdict = "refused";
      } else if (part instanceof HttpContent data) {
        ByteBuf buffer = data.content();
        bytes += buffer.readableBytes();
        content.append(buffer.toString(StandardCharsets.ISO_8859_1));
        if (part instanceof LastHttpContent last) {
          verdict = "whole: " + content + last.trailingHeaders().names();
        }
      }
    }
  }
}
