package dev.hearth.signature.fn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Reply;
import dev.hearth.testing.WireCall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same archive and the same calls through the vendor's kit and through Hearth. A call that fails is what the kit answers with 502 and
 * nothing else; where the two differ on purpose, both are asserted.
 */
@Tag("slow")
@Timeout(300)
final class FnPeerTest {

  private static final Map<String, String> VARIABLES =
      Map.of(
          "FN_APP_ID",
          "a1",
          "FN_FN_ID",
          "f1",
          "FN_APP_NAME",
          "App",
          "FN_FN_NAME",
          "Fun",
          "BUCKET",
          "b",
          "HEADER_X",
          "x",
          "FN_PATH",
          "/p",
          "OCI_TRACE_COLLECTOR_URL",
          "http://collector",
          "OCI_TRACING_ENABLED",
          "1");

  @TempDir private static Path work;
  private static Path jar;
  private static FnFunctions functions;

  @BeforeAll
  static void compile() {
    jar = PeerJar.build(work);
    functions = new FnFunctions(work);
  }

  @AfterAll
  static void close() {
    functions.close();
  }

  /** What one side answered. */
  private record Seen(int status, Map<String, List<String>> headers, String body) {

    static final Seen FAILED = new Seen(502, Map.of(), "");

    static Seen of(Reply<byte[]> reply) {
      Map<String, List<String>> headers = new TreeMap<>(reply.headers());
      headers.keySet().removeIf(Seen::isTheWires);
      String body = new String(reply.body(), UTF_8);
      boolean failed = reply.status() == 502 && body.isEmpty();
      return failed ? FAILED : new Seen(reply.status(), headers, body);
    }

    private static boolean isTheWires(String name) {
      return name.equalsIgnoreCase("Content-Length")
          || name.equals("Fn-Fdk-Version")
          || name.equals("Fn-Fdk-Runtime");
    }
  }

  /** One function on both sides. */
  private static final class Pair implements AutoCloseable {
    final FunctionHandle ours;
    final VendorKit theirs;

    Pair(String handler) throws IOException {
      this(handler, VARIABLES);
    }

    Pair(String handler, Map<String, String> given) throws IOException {
      Map<String, String> variables = new LinkedHashMap<>(given);
      variables.put("FN_FORMAT", "http-stream");
      ours = functions.deploy(jar, handler, variables);
      theirs = VendorKit.start(work, jar, handler, given);
    }

    Seen same(String body, String... headers) throws IOException {
      Seen vendors = vendors(body, headers);
      assertThat(ours(body, headers)).isEqualTo(vendors);
      return vendors;
    }

    Seen vendors(String body, String... headers) throws IOException {
      Map<String, List<String>> lines = new LinkedHashMap<>();
      lines.put("Fn-Call-Id", List.of("c1"));
      lines.put("Fn-Deadline", List.of("2030-01-02T03:04:05Z"));
      for (int i = 0; i < headers.length; i += 2) {
        lines.computeIfAbsent(headers[i], absent -> new ArrayList<>()).add(headers[i + 1]);
      }
      return Seen.of(theirs.call(lines, body.getBytes(UTF_8)));
    }

    Seen ours(String body, String... headers) {
      WireCall call =
          WireCall.of("POST", "/call")
              .header("Host", "localhost")
              .header("Fn-Call-Id", "c1")
              .header("Fn-Deadline", "2030-01-02T03:04:05Z")
              .header("Content-Length", Integer.toString(body.getBytes(UTF_8).length))
              .body(body);
      for (int i = 0; i < headers.length; i += 2) {
        call.header(headers[i], headers[i + 1]);
      }
      return call.replyIfAny(ours).map(Seen::of).orElse(Seen.FAILED);
    }

    @Override
    public void close() {
      theirs.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text",
        "bytes",
        "nothing",
        "pet",
        "point",
        "number",
        "numbers",
        "any",
        "asObject"
      })
  void typedFunction_throughBoth_answersTheSame(String method) throws IOException {
    try (Pair pair = new Pair("peer.P::" + method)) {
      for (String body :
          List.of(
              "",
              "Grüße ☃",
              "5",
              "1.5",
              "\"x\"",
              "null",
              "true",
              "[]",
              "[1,2]",
              "{}",
              "{\"name\":\"é\\u0001\",\"age\":\"3\",\"kin\":[{\"name\":null}]}",
              "{\"x\":1,\"y\":2.50}",
              "{\"x\":1,\"z\":2}",
              "{\"secret\":\"told\"}",
              "{'loose': 1}",
              "{\"a\":1} trailing",
              "not json")) {
        pair.same(body);
      }
    }
  }

  @Test
  void typeArguments_throughBoth_areKnown() throws IOException {
    try (Pair pair = new Pair("peer.P$OfText::show")) {
      assertThat(pair.same("5").body).isEqualTo("String 5");
    }
    try (Pair pair = new Pair("peer.P$OfText::map")) {
      assertThat(pair.same("5").body).isEqualTo("{\"it\":\"5\"}");
    }
    try (Pair pair = new Pair("peer.P::pets")) {
      assertThat(pair.same("[{\"name\":\"a\"},{\"name\":\"b\"}]").body)
          .startsWith("[{\"name\":\"b\"");
    }
    try (Pair pair = new Pair("peer.P::grouped")) {
      assertThat(pair.same("{\"x\":[{\"name\":\"a\"}],\"b\":[]}").body).startsWith("{\"b\":[],");
      pair.same("{\"x\":{}}");
    }
  }

  @Test
  void state_throughBoth_staysBetweenCalls() throws IOException {
    try (Pair pair = new Pair("peer.P::counted")) {
      assertThat(pair.same("").body).isEqualTo("call 1");
      assertThat(pair.same("").body).isEqualTo("call 2");
    }
  }

  @Test
  void failures_throughBoth_failTheCallAndNothingElse() throws IOException {
    try (Pair pair = new Pair("peer.P::boom")) {
      assertThat(pair.same("x")).isEqualTo(Seen.FAILED);
      assertThat(pair.same("checked")).isEqualTo(Seen.FAILED);
      assertThat(pair.theirs.log())
          .contains(
              "An error occurred in function: x\nCaused by: java.lang.IllegalStateException: x\n");
    }
    for (String method : List.of("error", "nullText", "nullBytes", "nullEvent", "twice")) {
      try (Pair pair = new Pair("peer.P::" + method)) {
        assertThat(pair.same("x")).isEqualTo(Seen.FAILED);
        assertThat(pair.same("x")).isEqualTo(Seen.FAILED);
      }
    }
    try (Pair pair = new Pair("peer.P::nullPet")) {
      assertThat(pair.same("").body).isEqualTo("null");
    }
  }

  @Test
  void event_throughBoth_showsTheSame() throws IOException {
    try (Pair pair = new Pair("peer.P::both")) {
      assertThat(pair.same("x", "X-Many", "1", "x-many", "2").body)
          .isEqualTo("xc12030-01-02T03:04:05Z[1, 2]Optional.empty");
    }
    try (Pair pair = new Pair("peer.P::names")) {
      assertThat(pair.same("x", "User-Agent", "a", "Accept-Encoding", "b", "x-UPPER", "c").body)
          .isEqualTo("[Content-Length, Fn-Call-Id, Fn-Deadline, X-Upper]");
    }
  }

  @Test
  void events_ofEachStatus_throughBoth_areTheSame() throws IOException {
    try (Pair pair = new Pair("peer.P::event")) {
      for (String status :
          List.of("Success", "FunctionError", "FunctionTimeout", "InternalError")) {
        assertThat(pair.same(status).headers)
            .containsOnlyKeys("Content-Type", "X-Added", "X-Own", "X-Set");
      }
      assertThat(pair.same("none such")).isEqualTo(Seen.FAILED);
    }
    try (Pair pair = new Pair("peer.P::plainEvent")) {
      pair.same("");
    }
  }

  @Test
  void gateway_throughBoth_isTheSame() throws IOException {
    try (Pair pair = new Pair("peer.P::gateway")) {
      Seen seen =
          pair.same(
              "",
              "Fn-Intent",
              "httprequest",
              "Fn-Http-Method",
              "PATCH",
              "Fn-Http-Request-Url",
              "http://blah.com/x?a=b&c=d;c=e&f&=g&h=i=j&k=%C3%A4+l&&m=&",
              "Fn-Http-H-",
              "ignored",
              "Fn-Http-H-A",
              "b",
              "fn-http-h-mv",
              "c",
              "Fn-Http-H-Mv",
              "d",
              "X-Other",
              "e");
      assertThat(seen.body).contains("PATCH http://blah.com/x?a=b").contains("k=[ä l]");
      assertThat(seen.headers).containsEntry("Fn-Http-Status", List.of("302"));
      assertThat(pair.same("").body).isEqualTo("  {} {}");
    }
  }

  @Test
  void runtime_throughBoth_tellsTheSame() throws IOException {
    try (Pair pair = new Pair("peer.P::runtime")) {
      assertThat(pair.same("").body)
          .startsWith("a1f1AppFun{BUCKET=b, FN_APP_ID=a1}peer.P::runtime");
    }
  }

  @Test
  void tracing_throughBoth_tellsTheSame() throws IOException {
    try (Pair pair = new Pair("peer.P::tracing")) {
      String[] ids = {"X-B3-TraceId", "t", "X-B3-SpanId", "s", "X-B3-ParentSpanId", "p"};
      assertThat(pair.same("", ids).body).startsWith("truehttp://collectortsptrue");
      pair.same("");
      pair.same("", "X-B3-TraceId", "t", "X-B3-Sampled", "0", "X-B3-Flags", "1");
      pair.same("", "X-B3-TraceId", "t", "X-B3-Sampled", "1", "X-B3-Flags", "1");
    }
  }

  @Test
  void start_throughBoth_runsTheSame() throws IOException {
    try (Pair pair = new Pair("peer.P$Configured::show")) {
      assertThat(pair.same("").body).isEqualTo("made static instance truetrue");
      assertThat(pair.same("").body).isEqualTo("made static instance truetrue");
    }
    for (String broken : List.of("BrokenConfiguration", "BrokenConstructor")) {
      try (Pair pair = new Pair("peer.P$" + broken + "::show")) {
        assertThat(pair.same("")).isEqualTo(Seen.FAILED);
        assertThat(pair.same("")).isEqualTo(Seen.FAILED);
        assertThat(pair.same("").body).isEqualTo("tries 3");
      }
    }
  }

  @Test
  void coercionsAndInvokers_throughBoth_areTriedInTheSameOrder() throws IOException {
    try (Pair pair = new Pair("peer.P$Coerced::in")) {
      assertThat(pair.same("hello"))
          .isEqualTo(new Seen(200, Map.of("Content-Type", List.of("text/shout")), "!HELLO"));
      assertThat(pair.same("hello", "X-Intercept", "caught").body).isEqualTo("caught");
    }
  }

  @Test
  void missingMethod_theKitFailsEachCall_hearthRefusesToDeploy() throws IOException {
    try (VendorKit kit = VendorKit.start(work, jar, "peer.P::gone", VARIABLES)) {
      Map<String, List<String>> call =
          Map.of("Fn-Call-Id", List.of("c"), "Fn-Deadline", List.of("2030-01-02T03:04:05Z"));
      assertThat(Seen.of(kit.call(call, new byte[0]))).isEqualTo(Seen.FAILED);
      assertThat(kit.log()).contains("Method 'gone' was not found in class 'peer.P'");
    }
    assertThatThrownBy(() -> functions.deploy(jar, "peer.P::gone", VARIABLES))
        .hasMessageContaining("has no public method 'gone'");
  }

  @Test
  void defectsOfTheKit_areNotRepeated() throws IOException {
    try (Pair pair = new Pair("peer.P$Odd::values")) {
      assertThat(pair.vendors("").headers)
          .containsEntry("X-Values", List.of("1"))
          .containsEntry("Content-Type", List.of("text/x; charset=utf-8"));
      assertThat(pair.ours("").headers)
          .containsEntry("X-Values", List.of("1", "2"))
          .containsEntry("Content-Type", List.of("text/x;charset=utf-8"));
    }
    try (Pair pair = new Pair("peer.P$OfPet::show")) {
      assertThat(pair.vendors("{\"name\":\"a\"}").body).startsWith("LinkedHashMap ");
      assertThat(pair.ours("{\"name\":\"a\"}").body).startsWith("Pet ");
    }
    try (Pair pair = new Pair("peer.P::names")) {
      assertThat(pair.vendors("", "TE", "trailers").body).contains("Te");
      assertThat(pair.ours("", "TE", "trailers").body).doesNotContain("Te");
    }
    try (Pair pair = new Pair("peer.P$Odd::wrongType")) { // 500 has Fn's agent end the container
      assertThat(pair.vendors("").status).isEqualTo(500);
      assertThat(pair.ours("")).isEqualTo(Seen.FAILED);
    }
    try (Pair pair = new Pair("peer.P$OddFeature::nothing")) {
      assertThat(pair.vendors("").status).isEqualTo(500);
      assertThat(pair.ours("")).isEqualTo(Seen.FAILED);
    }
    try (Pair pair = new Pair("peer.P::gateway")) {
      String[] url = {"Fn-Http-Request-Url", "http://x/?a=%zz"};
      assertThat(pair.vendors("", url)).isEqualTo(Seen.FAILED);
      assertThat(pair.ours("", url).body).endsWith("{a=[%zz]}");
    }
    try (Pair pair = new Pair("peer.P::tracing", Map.of("FN_APP_ID", "A1", "FN_FN_ID", "F1"))) {
      assertThat(pair.vendors("")).isEqualTo(Seen.FAILED);
      assertThat(pair.ours("").body)
          .isEqualTo("falsehttp://localhost:9411/api/v2/span111truea1::f1A1F1");
    }
  }

  @Test
  void staticInitialiserThrows_endsTheKit_andHereItsCall() throws IOException {
    try (Pair pair = new Pair("peer.P$BadStatic::show")) {
      assertThatThrownBy(() -> pair.vendors("")).isInstanceOf(IOException.class);
      assertThat(pair.ours("")).isEqualTo(Seen.FAILED);
      assertThat(pair.ours("")).isEqualTo(Seen.FAILED);
    }
  }
}
