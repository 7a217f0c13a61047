package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.TestHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * H64: random mutations of good requests. {@code -Dhearth.mutations=N} runs more of them, {@code -Dhearth.seed=S} begins elsewhere; a
 * failure tells the seed of its request.
 */
class MutationTest {

  private static final int COUNT = Integer.getInteger("hearth.mutations", 2000);
  private static final long SEED = Long.getLong("hearth.seed", 20261124);

  private static final List<String> GOOD =
      List.of(
          "GET /echo/a?b=c HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
          "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhello world",
          "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nT: u\r\n\r\n",
          "PUT http://y:80/upper HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nabc",
          "POST /upper HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab",
          "GET /upper/x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

  private static final String PIECES = "\r\n\t :;,\0\u00ff0123456789abcdefHTTP/1.*%#?-+_";

  @Test
  void H64_mutatedRequests_areServedOrRefusedButNeverBreakTheServer(@TempDir Path directory)
      throws IOException {
    try (TestHost host = TestHost.with(directory, "Echo", "Upper")) {
      for (int i = 0; i < COUNT; i++) {
        long seed = SEED + i;
        byte[] request = mutated(new Random(seed));

        String answers = answers(host, request);

        assertThat(answers)
            .as("seed " + seed)
            .doesNotContain("HTTP/1.1 500")
            .doesNotContain("<reset>");
      }
      assertThat(host.get("/upper/fine").text()).isEqualTo("FINE");
    }
  }

  private static String answers(TestHost host, byte[] request) throws IOException {
    try (RawClient client = host.connect()) {
      client.trickle(request, request.length).endOutput();
      return client.readAll();
    }
  }

  private static byte[] mutated(Random random) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int requests = 1 + random.nextInt(3);
    for (int i = 0; i < requests; i++) {
      all.write(RawClient.bytes(GOOD.get(random.nextInt(GOOD.size()))));
    }
    byte[] bytes = all.toByteArray();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      bytes = changed(bytes, random);
    }
    return bytes;
  }

  /** One byte replaced, inserted, removed or doubled. */
  private static byte[] changed(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    byte piece =
        random.nextInt(8) == 0
            ? (byte) random.nextInt(256)
            : (byte) PIECES.charAt(random.nextInt(PIECES.length()));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, at);
    switch (random.nextInt(4)) {
      case 0 -> out.write(piece);
      case 1 -> {
        out.write(piece);
        out.write(bytes[at]);
      }
      case 2 -> {
        out.write(bytes[at]);
        out.write(bytes[at]);
      }
      default -> {
        // removed
      }
    }
    out.write(bytes, at + 1, bytes.length - at - 1);
    return out.toByteArray();
  }
}
