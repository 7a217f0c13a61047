package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.TestHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that a server and a proxy before it could read differently (HOSTILE.md, chapter H).
 *
 * <p>Each is sent whole and one byte at a time, followed by a marked request: it must be answered where the first one
 * is served and ends before it, and must not be where the first one is refused.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestTest {

  private static final String MARKED =
      "GET /echo?MARKED HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  private static final String POST = "POST /echo HTTP/1.1\r\nHost: x\r\n";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

  private TestHost host;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    host =
        TestHost.with(directory, HttpLimits.builder().bodyBytes(1 << 20).build(), "Echo", "Upper");
  }

  @AfterAll
  void stop() {
    host.close();
  }

  /** A request and the statuses that may answer it; no status: the connection may just end. */
  private record Vector(String name, String request, List<Integer> statuses) {}

  private static final class Vectors {
    final List<Arguments> all = new ArrayList<>();

    void add(String name, String request, Integer... statuses) {
      all.add(Arguments.of(new Vector(name, request, List.of(statuses))));
    }

    void header(String name, String line, Integer... statuses) {
      add(name, POST + line + "\r\n\r\n", statuses);
    }

    void length(String name, String value, Integer... statuses) {
      add(name, POST + "Content-Length: " + value + "\r\n\r\nabc", statuses);
    }

    void chunk(String name, String body, Integer... statuses) {
      add(name, CHUNKED + body, statuses);
    }
  }

  static List<Arguments> refused() {
    Vectors v = new Vectors();
    String chunks = "3\r\nabc\r\n0\r\n\r\n";
    v.add(
        "H01 length then chunked",
        POST + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks,
        400);
    v.add(
        "H01 chunked then length",
        POST + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n" + chunks,
        400);
    v.add(
        "H02 both in 1.0",
        "POST /echo HTTP/1.0\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks,
        400);
    v.add(
        "H03 chunked in 1.0",
        "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks,
        400);
    for (String coding : List.of("xchunked", "identity", "\"chunked\"", "chunked;a=b", "", ",")) {
      v.add(
          "H04 '" + coding + "'",
          POST + "Transfer-Encoding: " + coding + "\r\n\r\n" + chunks,
          400,
          501);
    }
    for (String coding :
        List.of(
            "chunked, identity", "chunked, xchunked", "chunked\r\nTransfer-Encoding: identity")) {
      v.add("H05 " + coding, POST + "Transfer-Encoding: " + coding + "\r\n\r\n" + chunks, 400);
    }
    for (String coding :
        List.of("chunked, chunked", "chunked\r\nTransfer-Encoding: chunked", "identity, chunked")) {
      v.add("H06 " + coding, POST + "Transfer-Encoding: " + coding + "\r\n\r\n" + chunks, 400);
    }
    v.add("H07 gzip, chunked", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n" + chunks, 501);
    for (String line :
        List.of(
            "Transfer-Encoding : chunked",
            "Transfer-Encoding\t: chunked",
            "Transfer-Encoding:\u000bchunked",
            "Transfer-Encoding: \fchunked",
            "Transfer-Encoding: chunked\0",
            "Transfer-Encoding: chunked\u000b",
            "Transfer-Encoding: \u0085chunked",
            "Transfer-Encoding: chunked\u00a0",
            "Transfer-Encoding: \u00ffchunked",
            "Transfer-Encoding:\r\n chunked",
            " Transfer-Encoding: chunked",
            "\tTransfer-Encoding: chunked",
            "Transfer\u00e9Encoding: chunked",
            "\u000bTransfer-Encoding: chunked")) {
      v.add("H08 " + printable(line), POST + line + "\r\n\r\n" + chunks, 400, 501);
    }
    v.length("H09 twice the same", "3\r\nContent-Length: 3", 400);
    v.length("H09 list", "3, 3", 400);
    v.length("H10 twice different", "3\r\nContent-Length: 0", 400);
    v.length("H10 list", "3, 0", 400);
    for (String value :
        List.of("-1", "+3", "0x3", "1_0", "3.0", "3e0", "", "1 0", "\u00b3", "\u0663", "3;")) {
      v.length("H11 '" + printable(value) + "'", value, 400);
    }
    v.length("H13 largest long", "9223372036854775807", 413);
    v.length("H13 2^63", "9223372036854775808", 400);
    v.length("H13 2^64+3", "18446744073709551619", 400);
    v.add("H15 bare LF everywhere", "GET /echo HTTP/1.1\nHost: x\n\n", 400);
    v.add("H15 bare LF in the request line", "GET /echo HTTP/1.1\nHost: x\r\n\r\n", 400);
    v.add("H15 bare LF in one header", "GET /echo HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", 400);
    v.add("H15 bare LF as empty line", "GET /echo HTTP/1.1\r\nHost: x\r\n\n", 400);
    v.header("H16 bare CR in value", "A: b\rc", 400);
    v.header("H16 CR CR LF", "A: b\r", 400);
    for (char c : new char[] {0, 1, 0x7f}) {
      v.header("H17 " + (int) c + " in name", "A" + c + "B: c", 400);
      v.header("H17 " + (int) c + " in value", "A: b" + c + "c", 400);
    }
    for (String line :
        List.of(
            ": b", "novalue", "a b: c", "a(b): c", "a\u00e9: b", "\u00ff: b", "a[: b", "a{: b")) {
      v.header("H18 " + printable(line), line, 400);
    }
    v.header("H19 folded", "A: b\r\n c", 400);
    v.header("H19 folded by tab", "A: b\r\n\tc", 400);
    for (String size :
        List.of("0x3", "+3", "-3", "0_3", " 3", "3 ", "\t3", "3\t", "", ";a=b", "G", "3z", "3 3")) {
      v.chunk("H22 '" + printable(size) + "'", size + "\r\nabc\r\n0\r\n\r\n", 400);
    }
    for (String size : List.of("80000000", "100000003", "10000000000000003")) {
      v.chunk("H23 " + size, size + "\r\nabc\r\n0\r\n\r\n", 400, 413);
    }
    v.chunk("H23 7fffffff", "7fffffff\r\nabc", 413);
    v.chunk("H24 five thousand zeros", "0".repeat(5000) + "3\r\nabc\r\n0\r\n\r\n", 400);
    v.chunk("H25 ended by LF", "3\r\nabc\n0\r\n\r\n", 400);
    v.chunk("H25 ended by XX", "3\r\nabcXX0\r\n\r\n", 400);
    v.chunk("H25 ended by nothing", "3\r\nabc0\r\n\r\n", 400);
    v.chunk("H26 bare LF in extension", "3;a=\nb\r\nabc\r\n0\r\n\r\n", 400);
    v.chunk("H26 bare CR in extension", "3;a=\rb\r\nabc\r\n0\r\n\r\n", 400);
    v.chunk("H26 quoted line end", "3;a=\"\r\nb\"\r\nabc\r\n0\r\n\r\n", 400);
    v.chunk("H26 9 KB of extension", "3;" + "a".repeat(9 << 10) + "\r\nabc\r\n0\r\n\r\n", 400);
    v.chunk("H29 NUL in trailer", "3\r\nabc\r\n0\r\nA: b\0\r\n\r\n", 400);
    v.chunk("H29 bare LF in trailer", "3\r\nabc\r\n0\r\nA: b\n\r\n", 400);
    v.chunk(
        "H29 9 KB trailer", "3\r\nabc\r\n0\r\nA: " + "b".repeat(17 << 10) + "\r\n\r\n", 400, 431);
    v.add("H30 no Host", "GET /echo HTTP/1.1\r\n\r\n", 400);
    v.add("H30 two", "GET /echo HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400);
    for (String value :
        List.of("a, b", "a/b@c", "a@b", "a b", "a:b", "a:99999", "[::1", "a?b", "\"a\"", ":80")) {
      v.add("H30 " + value, "GET /echo HTTP/1.1\r\nHost: " + value + "\r\n\r\n", 400);
    }
    v.add("H30 empty with authority", "GET http://x/echo HTTP/1.1\r\nHost:\r\n\r\n", 400);
    v.add("H31 user in authority", "GET http://u@x/echo HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    v.add("H31 no authority", "GET http:///echo HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    v.add("H31 other scheme", "GET ftp://x/echo HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    v.add("H32 2.0", "GET /echo HTTP/2.0\r\nHost: x\r\n\r\n", 505);
    v.add("H32 3.0", "GET /echo HTTP/3.0\r\nHost: x\r\n\r\n", 505);
    for (String version :
        List.of(
            "HTTP/1.10",
            "HTTP/1.1x",
            "http/1.1",
            "HTTP/1",
            "HTTP/11",
            "HTTQ/1.1",
            "ICE/1.0",
            "HTTP/ 1.1",
            "HTTP/1. 1")) {
      v.add("H32 " + version, "GET /echo " + version + "\r\nHost: x\r\n\r\n", 400);
    }
    v.add("H32 none", "GET /echo\r\nHost: x\r\n\r\n", 400);
    for (String line :
        List.of(
            "GET  /echo HTTP/1.1",
            "GET /echo  HTTP/1.1",
            "GET\t/echo HTTP/1.1",
            "GET /echo\tHTTP/1.1",
            " GET /echo HTTP/1.1",
            "GET /echo HTTP/1.1 ",
            "GET /echo HTTP/1.1\t")) {
      v.add("H33 '" + printable(line) + "'", line + "\r\nHost: x\r\n\r\n", 400);
    }
    for (String target :
        List.of(
            "/e cho",
            "/e\0cho",
            "/e\u0001cho",
            "/e\u007fcho",
            "/e\u00e9cho",
            "/e\u000bcho",
            "/e\rcho",
            "/e\ncho")) {
      v.add(
          "H34 '" + printable(target) + "'", "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    }
    v.add("H35 get", "get /echo HTTP/1.1\r\nHost: x\r\n\r\n", 405, 501);
    v.add("H35 G{T", "G{T /echo HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    v.add("H35 CONNECT", "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 405);
    v.add("H35 TRACE", "TRACE /echo HTTP/1.1\r\nHost: x\r\n\r\n", 405);
    v.add("H35 PRI", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 405, 505);
    v.add("H35 GET *", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    v.add("H35 GET authority", "GET x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    v.add("H36 NUL first", "\0GET /echo HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    v.add("H36 control first", "\u0007GET /echo HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    v.add("H36 empty lines for ever", "\r\n".repeat(5000), 400);
    v.add("H36 bare LF first", "\nGET /echo HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    v.add("H37 9 KB target", "GET /" + "a".repeat(9 << 10) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414);
    v.header("H37 20 KB headers", "A: " + "b".repeat(20 << 10), 431);
    v.header("H37 3,000 headers", "a:b\r\n".repeat(3000) + "a:b", 431);
    v.add("H38 TLS hello", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003", 400);
    v.add("H38 SSH banner", "SSH-2.0-OpenSSH_9.2p1\r\n", 400);
    v.add("H38 random bytes", "\u00e1\u00f7\u0092\u0011\u00b4", 400);
    v.add("H38 letters without end", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", 400);
    v.add("H39 fragment", "GET /echo#a HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    v.add("H42 unknown expectation", POST + "Expect: 200-ok\r\nContent-Length: 3\r\n\r\nabc", 417);
    v.add(
        "H42 expectation and too long",
        POST + "Expect: 100-continue\r\nContent-Length: 2000000\r\n\r\n",
        413);
    v.length("H43 over the limit by length", "2000000", 413);
    v.chunk(
        "H43 over the limit by chunks", ("10000\r\n" + "a".repeat(65536) + "\r\n").repeat(17), 413);
    return v.all;
  }

  static List<Arguments> served() {
    Vectors v = new Vectors();
    v.length("H12 003", "003", 200);
    v.add(
        "H14 GET with a body like a request",
        "GET /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 35\r\n\r\nGET /echo?INNER HTTP/1.1\r\nHost: x\r\n",
        200);
    v.header("H20 bytes over 0x7f in a value", "A: \u00e9\u0080\u00ff", 200);
    v.chunk("H21 plain extension", "3;a=b;c=\"d\"\r\nabc\r\n0\r\n\r\n", 200);
    v.chunk("H24 twenty zeros", "0".repeat(20) + "3\r\nabc\r\n0\r\n\r\n", 200);
    v.chunk(
        "H28 trailers",
        "3\r\nabc\r\n0\r\nContent-Length: 9\r\nHost: y\r\nAuthorization: z\r\n\r\n",
        200);
    v.add("H31 absolute target", "GET http://other/echo HTTP/1.1\r\nHost: x\r\n\r\n", 200);
    v.add("H32 1.2", "GET /echo HTTP/1.2\r\nHost: x\r\n\r\n", 200);
    v.add("H35 OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 204);
    v.add("H36 a few empty lines first", "\r\n\r\nGET /echo HTTP/1.1\r\nHost: x\r\n\r\n", 200);
    v.add("H41 odd percent signs", "GET /echo?%zz%&%C0%AF%00 HTTP/1.1\r\nHost: x\r\n\r\n", 200);
    v.add(
        "H41 odd percent signs in the path",
        "GET /upper/%zz%&%C0%AF%00 HTTP/1.1\r\nHost: x\r\n\r\n",
        200);
    v.add(
        "H56 Connection names headers",
        "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: Content-Length, A\r\nContent-Length: 3\r\n\r\nabc",
        200);
    v.header(
        "H58 compressed body stays as it is",
        "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        200);
    v.header(
        "H61 h2c",
        "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
        200);
    v.header(
        "H61 websocket",
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13",
        200);
    v.header(
        "H62 nonsense from a platform",
        "traceparent: 00-xyz\r\nX-Request-Id: a b\r\nce-id: 1\r\nce-id: 2",
        200);
    v.header("empty Host value is allowed with a path", "A: b", 200);
    return v.all;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refused_sentWhole_isAnsweredOnceAndNothingBehindIt(Vector vector) throws IOException {
    assertRefused(vector, false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refused_sentByteByByte_getsTheSameVerdict(Vector vector) throws IOException {
    assertRefused(vector, true);
  }

  private void assertRefused(Vector vector, boolean trickle) throws IOException {
    String answer = send(vector.request() + MARKED, trickle);

    assertThat(answer)
        .as(vector.name())
        .doesNotContain("GET /echo?MARKED\n")
        .startsWith("HTTP/1.1 ");
    assertThat(vector.statuses()).as(answer).contains(Integer.valueOf(answer.substring(9, 12)));
    assertThat(answer).contains("Connection: close");
    assertThat(answer.indexOf("HTTP/1.1 ", 1)).as(answer).isNegative();
    assertThat(host.get("/upper/fine").text()).isEqualTo("FINE");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("served")
  void served_sentWhole_isAnsweredAndSoIsTheNext(Vector vector) throws IOException {
    assertServed(vector, false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("served")
  void served_sentByteByByte_getsTheSameVerdict(Vector vector) throws IOException {
    assertServed(vector, true);
  }

  private void assertServed(Vector vector, boolean trickle) throws IOException {
    String answer = send(vector.request() + MARKED, trickle);

    assertThat(answer).as(vector.name()).startsWith("HTTP/1.1 " + vector.statuses().get(0));
    assertThat(answer).contains("GET /echo?MARKED\n").doesNotContain("GET /echo?INNER\n");
    assertThat(answer.split("HTTP/1.1 20", -1)).as(answer).hasSize(3);
  }

  private String send(String bytes, boolean trickle) throws IOException {
    try (RawClient client = host.connect()) {
      byte[] all = RawClient.bytes(bytes);
      if (trickle && all.length < 100_000) {
        client.trickle(all);
      } else {
        client.trickle(all, 16_384);
      }
      return client.readAll();
    }
  }

  private static String printable(String text) {
    return text.replaceAll("[^ -~]", "?");
  }
}
