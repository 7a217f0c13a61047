package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hearth.testing.Mutations;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HeadScanFuzzTest {

  private static final HttpLimits LIMITS =
      HttpLimits.builder().requestLineBytes(64).headerBytes(128).headerCount(5).build();

  private static final List<byte[]> GOOD =
      List.of(
          bytes("GET /a?b=c HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\nrest"),
          bytes("\r\n\r\nPOST / HTTP/1.0\r\n\r\n"),
          bytes("OPTIONS * HTTP/1.1\r\nA:\r\nB: " + "b".repeat(100) + "\r\n\r\n"));

  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\r",
          "\n",
          "\n\n",
          " ",
          "\t",
          "HTTP/1.1",
          "HTTP/2.0",
          "\0",
          ":",
          "#",
          "\u007f",
          "\u00ff",
          "GET ",
          "A: b\r\n",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Provide
  Arbitrary<byte[]> heads() {
    return Mutations.of(GOOD, PIECES);
  }

  @Provide
  Arbitrary<List<Integer>> steps() {
    return Arbitraries.integers().between(1, 40).list().ofMinSize(1).ofMaxSize(8);
  }

  @Property(tries = 5000)
  void complete_anyHeadInAnySteps_hasTheSameVerdict(
      @ForAll("heads") byte[] head, @ForAll("steps") List<Integer> steps) {
    String whole = verdict(head, List.of(Math.max(1, head.length)));

    assertThat(verdict(head, List.of(1))).isEqualTo(whole);
    assertThat(verdict(head, steps)).isEqualTo(whole);
    if (whole.startsWith("complete")) {
      assertThat(new String(head, StandardCharsets.ISO_8859_1)).contains("\r\n\r\n");
    }
  }

  /** What is said in the end: complete with so many bytes dropped, a refusal, or that more is wanted. */
  private static String verdict(byte[] head, List<Integer> steps) {
    HeadScan scan = new HeadScan(LIMITS);
    ByteBuf in = Unpooled.buffer(head.length + 1);
    int at = 0;
    for (int i = 0; at < head.length; i++) {
      int count = Math.min(steps.get(i % steps.size()), head.length - at);
      in.writeBytes(head, at, count);
      at += count;
      try {
        if (scan.complete(in)) {
          return "complete from " + in.readerIndex();
        }
      } catch (Refusal refusal) {
        assertThat(refusal.status()).isBetween(400, 505);
        return refusal.status() + " " + refusal.getMessage();
      }
    }
    return "more";
  }

  /** Byte by byte: looking at what has been seen would take minutes. */
  @Example
  void complete_longHeadByteByByte_takesTimeByItsLength() {
    HttpLimits large =
        HttpLimits.builder()
            .requestLineBytes(1 << 20)
            .headerBytes(1 << 20)
            .headerCount(1 << 20)
            .build();
    byte[] head =
        bytes(
            "GET /" + "a".repeat(1 << 19) + " HTTP/1.1\r\nA: " + "b".repeat(1 << 19) + "\r\n\r\n");
    HeadScan scan = new HeadScan(large);
    ByteBuf in = Unpooled.buffer(head.length);

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < head.length - 1; i++) {
            in.writeByte(head[i]);
            assertThat(scan.complete(in) ? i : -1).isEqualTo(-1);
          }
          in.writeByte('\n');
          assertThat(scan.complete(in)).isTrue();
        });
  }
}
