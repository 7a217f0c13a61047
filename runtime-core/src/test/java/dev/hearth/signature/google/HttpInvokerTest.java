package dev.hearth.signature.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest.HttpPart;
import dev.hearth.function.Reply;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.spi.InputException;
import java.io.BufferedWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the contract that concern {@code HttpFunction}; the numbers are its own. */
final class HttpInvokerTest {

  private static Reply<byte[]> call(MemoryExchange exchange, HttpFunction function)
      throws Exception {
    HttpInvoker invoker = new HttpInvoker(function);
    Object result = invoker.call(invoker.read(exchange), NoContext.OF_NOTHING);
    assertThat(result).isNull();
    invoker.write(null, exchange);
    return exchange.reply();
  }

  private static String text(Reply<byte[]> reply) {
    return new String(reply.body(), UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"/, ''", "/foo/bar, ''", "/, foo=bar&baz=buh", "/foo, bar=baz", "/a/../b%2Fc, x=%20"})
  void google_case_3_pathAndQuery_areAsSent(String path, String query) throws Exception {
    Reply<byte[]> reply =
        call(
            Messages.get(path, query).header("Host", "h:1").body(""),
            (request, response) ->
                response
                    .getWriter()
                    .write(
                        request.getPath()
                            + "|"
                            + request.getQuery().orElse("none")
                            + "|"
                            + request.getUri()));

    String shown = query.isEmpty() ? "" : "?" + query;
    assertThat(text(reply))
        .isEqualTo(path + "|" + (query.isEmpty() ? "none" : query) + "|http://h:1" + path + shown);
  }

  @Test
  void google_case_4_method_isAsSent() throws Exception {
    Reply<byte[]> reply =
        call(
            new MemoryExchange("PATCH", "/", "", Map.of(), InputStream.nullInputStream(), 0),
            (request, response) -> response.getWriter().write(request.getMethod()));

    assertThat(text(reply)).isEqualTo("PATCH");
  }

  @Test
  void google_case_6_functionThatWritesNothing_leavesTheResponseAlone() throws Exception {
    Reply<byte[]> reply = call(Messages.get("/", "").body(""), (request, response) -> {});

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).isEmpty();
    assertThat(reply.body()).isEmpty();
  }

  @Test
  void google_case_7_status_isSet_withAndWithoutMessage() throws Exception {
    assertThat(call(Messages.post().body(""), (in, out) -> out.setStatusCode(418)).status())
        .isEqualTo(418);
    assertThat(call(Messages.post().body(""), (in, out) -> out.setStatusCode(419, "Tea")).status())
        .isEqualTo(419);
  }

  @Test
  void google_case_8_appendHeader_addsLines_butReplacesContentType() throws Exception {
    Reply<byte[]> reply =
        call(
            Messages.post().body(""),
            (request, response) -> {
              response.appendHeader("foo", "bar");
              response.appendHeader("blim", "blam");
              response.appendHeader("foo", "baz");
              response.setContentType("text/plain");
              response.appendHeader("content-TYPE", "text/html");
              assertThat(response.getContentType()).contains("text/html");
              assertThat(response.getHeaders()).containsEntry("FOO", List.of("bar", "baz"));
            });

    assertThat(reply.headers())
        .containsEntry("foo", List.of("bar", "baz"))
        .containsEntry("blim", List.of("blam"))
        .containsEntry("Content-Type", List.of("text/html"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/octet-stream"})
  void google_case_9_echo_isBinarySafe(String contentType) throws Exception {
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }

    Reply<byte[]> reply =
        call(
            Messages.post().header("Content-Type", contentType).body(every),
            (request, response) -> {
              response.setContentType(request.getContentType().orElseThrow());
              request.getInputStream().transferTo(response.getOutputStream());
            });

    assertThat(reply.body()).isEqualTo(every);
    assertThat(reply.headers()).containsEntry("Content-Type", List.of(contentType));
  }

  @Test
  void google_case_14_queryParameters_areDecodedListsInOrder() throws Exception {
    call(
        Messages.get("/", "baz=buh&baz=xxx&blim=blam&baz=what&a+b=c%20d%26&flag&&=e&x=%zz")
            .body(""),
        (request, response) -> {
          assertThat(request.getQueryParameters())
              .containsExactly(
                  entry("baz", List.of("buh", "xxx", "what")),
                  entry("blim", List.of("blam")),
                  entry("a b", List.of("c d&")),
                  entry("flag", List.of("")),
                  entry("", List.of("e")),
                  entry("x", List.of("%zz")));
          assertThat(request.getFirstQueryParameter("baz")).contains("buh");
          assertThat(request.getFirstQueryParameter("missing")).isEmpty();
        });
  }

  @Test
  void google_case_15_headers_areFoundWithoutRegardToCase_lineByLine() throws Exception {
    call(
        Messages.post()
            .header("CaSe-SeNsItIvE", "VaLuE")
            .header("foo", "bar, baz")
            .header("foo", "buh")
            .body(""),
        (request, response) -> {
          assertThat(request.getHeaders().get("case-sensitive")).containsExactly("VaLuE");
          assertThat(request.getFirstHeader("Case-Sensitive")).contains("VaLuE");
          assertThat(request.getHeaders().get("Foo")).containsExactly("bar, baz", "buh");
        });
  }

  @Test
  void google_case_16_streamAndReader_excludeEachOther() throws Exception {
    call(
        Messages.post().body("x"),
        (request, response) -> {
          assertThat(request.getReader()).isSameAs(request.getReader());
          assertThatThrownBy(request::getInputStream).isInstanceOf(IllegalStateException.class);
          assertThat(response.getWriter()).isSameAs(response.getWriter());
          assertThatThrownBy(response::getOutputStream).isInstanceOf(IllegalStateException.class);
        });
    call(
        Messages.post().body("x"),
        (request, response) -> {
          assertThat(request.getInputStream()).isSameAs(request.getInputStream());
          assertThatThrownBy(request::getReader).isInstanceOf(IllegalStateException.class);
          assertThat(response.getOutputStream()).isSameAs(response.getOutputStream());
          assertThatThrownBy(response::getWriter).isInstanceOf(IllegalStateException.class);
        });
  }

  @Test
  void google_case_17_emptyPost_hasNothing() throws Exception {
    call(
        Messages.post().body(""),
        (request, response) -> {
          assertThat(request.getContentType()).isEmpty();
          assertThat(request.getContentLength()).isZero();
          assertThat(request.getCharacterEncoding()).isEmpty();
          assertThat(request.getQuery()).isEmpty();
          assertThat(request.getQueryParameters()).isEmpty();
          assertThat(request.getPath()).isEqualTo("/");
        });
  }

  private static final String FORM =
      String.join(
          "\r\n",
          "preamble",
          "--XyZ",
          "Content-Disposition: form-data; name=\"text\"",
          "Content-Type: text/plain; charset=utf-8",
          "",
          "häh",
          "--Xy",
          "--XyZ \t",
          "content-disposition: form-data; filename=\"/tmp/binary.x\"; name=bytes",
          "X-Part: 1",
          "x-part: 2",
          "",
          "\u0000\u0001",
          "",
          "--XyZ",
          "Content-Disposition: form-data; name=\"e;\\\"mpty\"",
          "",
          "",
          "--XyZ",
          "Content-Disposition: form-data; name=twice",
          "",
          "one",
          "--XyZ",
          "Content-Disposition: form-data; name=twice",
          "",
          "two",
          "--XyZ--",
          "epilogue");

  private static MemoryExchange form(String contentType, String body) {
    return Messages.post().header("Content-Type", contentType).body(body);
  }

  @Test
  void google_case_18_multipart_givesParts() throws Exception {
    call(
        form("multipart/form-data; charset=x; boundary=\"XyZ\"", FORM),
        (request, response) -> {
          Map<String, HttpPart> parts = request.getParts();
          assertThat(parts).containsOnlyKeys("text", "bytes", "e;\"mpty", "twice");

          HttpPart text = parts.get("text");
          assertThat(text.getFileName()).isEmpty();
          assertThat(text.getContentType()).contains("text/plain; charset=utf-8");
          assertThat(text.getCharacterEncoding()).contains("utf-8");
          assertThat(text.getContentLength()).isEqualTo(10);
          assertThat(text.getReader().lines()).containsExactly("häh", "--Xy");
          assertThatThrownBy(text::getInputStream).isInstanceOf(IllegalStateException.class);

          HttpPart bytes = parts.get("bytes");
          assertThat(bytes.getFileName()).contains("/tmp/binary.x");
          assertThat(bytes.getContentType()).isEmpty();
          assertThat(bytes.getHeaders()).containsEntry("X-PART", List.of("1", "2"));
          assertThat(bytes.getInputStream().readAllBytes()).containsExactly(0, 1, '\r', '\n');

          assertThat(parts.get("e;\"mpty").getContentLength()).isZero();
          assertThat(parts.get("twice").getReader().readLine()).isEqualTo("two");
        });
  }

  @Test
  void google_case_18_multipart_withoutParts_isEmpty() throws Exception {
    call(
        form("multipart/form-data; boundary=b", "--b--\r\n"),
        (request, response) -> assertThat(request.getParts()).isEmpty());
  }

  @Test
  void google_case_18_parts_ofAnythingElse_areRefused() throws Exception {
    call(
        form("text/plain", "x"),
        (request, response) ->
            assertThatThrownBy(request::getParts)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("text/plain"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "multipart/form-data             | --b--                                          | boundary",
        "multipart/form-data; boundary=b | ''                                             | no line",
        "multipart/form-data; boundary=b | --b                                            | line end",
        "multipart/form-data; boundary=b | --b~Content-Disposition: form-data; name=n~~x  | ends before",
        "multipart/form-data; boundary=b | --b~Content-Disposition: form-data             | within its headers",
        "multipart/form-data; boundary=b | --b~Content-Disposition: form-data~~x~--b--    | no name",
        "multipart/form-data; boundary=b | --b~nonsense~~x~--b--                          | without name"
      })
  void google_multipart_malformed_isTheSendersFault(String type, String body, String message) {
    HttpInvoker invoker = new HttpInvoker((request, response) -> {});

    assertThatThrownBy(() -> invoker.read(form(type, body.replace("~", "\r\n"))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void google_case_19_chunkedBody_hasUnknownLength() throws Exception {
    call(
        Messages.post().header("Transfer-Encoding", "chunked").body(new byte[] {1, 2}),
        (request, response) -> {
          assertThat(request.getContentLength()).isEqualTo(-1);
          assertThat(request.getInputStream().readAllBytes()).containsExactly(1, 2);
        });
  }

  @Test
  void reader_usesTheRequestsCharset_elseUtf8() throws Exception {
    byte[] latin = {(byte) 0xE4};
    call(
        Messages.post().header("Content-Type", "text/plain; Charset=\"ISO-8859-1\"").body(latin),
        (request, response) -> {
          assertThat(request.getCharacterEncoding()).contains("ISO-8859-1");
          assertThat(request.getReader().readLine()).isEqualTo("ä");
        });
    call(
        Messages.post().header("Content-Type", "text/plain").body("ä"),
        (request, response) -> assertThat(request.getReader().readLine()).isEqualTo("ä"));
  }

  @Test
  void writer_usesTheCharsetOfTheTypeSetBefore() throws Exception {
    Reply<byte[]> reply =
        call(
            Messages.post().body(""),
            (request, response) -> {
              response.setContentType("text/plain; charset=ISO-8859-1");
              BufferedWriter writer = response.getWriter();
              response.setContentType("text/plain; charset=utf-8");
              writer.write("ä");
            });

    assertThat(reply.body()).containsExactly(0xE4);
  }

  @Test
  void writer_neitherFlushedNorClosed_isCompleted() throws Exception {
    String megabyte = "ä".repeat(1 << 20);

    Reply<byte[]> reply =
        call(
            Messages.post().body(""),
            (request, response) -> new PrintWriter(response.getWriter()).print(megabyte));

    assertThat(text(reply)).isEqualTo(megabyte);
  }

  @Test
  void parts_readByFunctionsThatWantTheBodyItself_areStillThere() throws Exception {
    call(
        form("multipart/form-data; boundary=b", "--b--"),
        (request, response) -> assertThat(request.getReader().readLine()).isEqualTo("--b--"));
  }

  @Test
  void stream_functionThrows_throwsItUnwrapped() {
    IllegalStateException thrown = new IllegalStateException("mine");

    assertThatThrownBy(
            () ->
                call(
                    Messages.post().body(""),
                    (request, response) -> {
                      OutputStream out = response.getOutputStream();
                      out.write(1);
                      throw thrown;
                    }))
        .isSameAs(thrown);
  }
}
