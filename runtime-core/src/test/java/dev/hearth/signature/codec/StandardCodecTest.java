package dev.hearth.signature.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.function.Reply;
import dev.hearth.function.Request;
import dev.hearth.function.Response;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.signature.json.BuiltInJson;
import dev.hearth.signature.spi.BindingException;
import dev.hearth.signature.spi.Generics;
import dev.hearth.signature.spi.Input;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StandardCodecTest {

  /** No value here is an event. */
  private static final class NoEvents implements dev.hearth.signature.spi.Events {
    @Override
    public boolean isEvent(Object value) {
      return false;
    }

    @Override
    public Object read(Request request) {
      throw new AssertionError("no function here takes events");
    }

    @Override
    public void write(Object event, Response response) {
      throw new AssertionError("no function here gives events");
    }
  }

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  enum Colour {
    RED,
    GREEN
  }

  record Point(int x, long y) {}

  record Line(String name, List<Point> points, @Nullable Colour colour, Optional<Integer> width) {}

  record Picky(String name) {
    Picky {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a name must not be empty");
      }
    }
  }

  static final class Pojo {
    @Nullable String name;
    int count;
    double ratio;
    boolean on;
  }

  static final class Node {
    @Nullable Node next;
  }

  record Throwing(int n) {
    @Override
    public int n() {
      throw new IllegalStateException("no number");
    }
  }

  record Outer(List<Map<String, Throwing>> inner) {}

  /** A stream that breaks off at once, and counts how often it is closed. */
  static final class Failing extends InputStream {
    private final IOException failure;
    int closed;

    Failing(IOException failure) {
      this.failure = failure;
    }

    @Override
    public int read() throws IOException {
      throw failure;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      throw failure;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  /** Captures a type with its arguments: {@code new Of<List<String>>() {}.type()}. */
  abstract static class Of<T> implements Supplier<T> {
    Type type() {
      return Generics.of(getClass()).arguments(Supplier.class)[0];
    }

    @Override
    public T get() {
      throw new UnsupportedOperationException();
    }
  }

  private final StandardCodec codec = new StandardCodec(new BuiltInJson(), new NoEvents());

  private static Request request(@Nullable String contentType, byte[] body) {
    return new MemoryExchange(
            "POST",
            "/",
            "",
            contentType == null ? Map.of() : Map.of("Content-Type", List.of(contentType)),
            new ByteArrayInputStream(body),
            body.length)
        .request();
  }

  private @Nullable Object read(Type type, @Nullable String contentType, String body)
      throws Exception {
    return codec.input(type).read(request(contentType, body.getBytes(UTF_8)));
  }

  private MemoryExchange write(@Nullable Object result) throws Exception {
    MemoryExchange exchange = MemoryExchange.post(new byte[0], JSON);
    codec.write(result, exchange.response());
    return exchange;
  }

  private static String text(MemoryExchange exchange) {
    return new String(exchange.reply().body(), UTF_8);
  }

  private static @Nullable String type(MemoryExchange exchange) {
    return exchange.response().headers().first("content-type").orElse(null);
  }

  @Nested
  final class Reading {

    @Test
    void text_anyMediaType_isTheBodyAsItIs() throws Exception {
      assertThat(read(String.class, JSON, "{\"a\":1}")).isEqualTo("{\"a\":1}");
      assertThat(read(CharSequence.class, null, "ä")).isEqualTo("ä");
      assertThat(read(String.class, "application/xml", "<a/>")).isEqualTo("<a/>");
      assertThat(read(String.class, "text/plain", "[hello")).isEqualTo("[hello"); // case 20
    }

    @Test
    void text_emptyBody_isEmptyText() throws Exception { // case 23
      assertThat(read(String.class, null, "")).isEqualTo("");
    }

    @Test
    void text_charsetOfTheMediaType_isHonoured() throws Exception {
      Input input = codec.input(String.class);

      assertThat(input.read(request("text/plain; charset=ISO-8859-1", "é".getBytes(ISO_8859_1))))
          .isEqualTo("é");
      assertThat(
              input.read(request("text/plain; x=y; Charset=\"utf-16be\"", "é".getBytes(UTF_16BE))))
          .isEqualTo("é");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "text/plain; charset=klingon",
          "text/plain; charset=",
          "text/plain;charset=a b\r\n"
        })
    void text_unknownCharset_isUnsupported(String type) {
      Request request =
          new MemoryExchange(
                  "POST",
                  "/",
                  "",
                  Map.of("Content-Type", List.of(type.strip())),
                  InputStream.nullInputStream(),
                  0)
              .request();

      assertThatThrownBy(() -> codec.input(String.class).read(request))
          .isInstanceOfSatisfying(
              InputException.class, e -> assertThat(e.isUnsupportedType()).isTrue())
          .hasMessageContaining("charset");
    }

    @Test
    void bytes_anyBody_areIntact() throws Exception {
      byte[] all = new byte[256];
      for (int i = 0; i < 256; i++) {
        all[i] = (byte) i;
      }

      assertThat(codec.input(byte[].class).read(request("image/png", all))).isEqualTo(all);
      assertThat(codec.input(ByteBuffer.class).read(request(null, all)))
          .isEqualTo(ByteBuffer.wrap(all));
      InputStream stream = (InputStream) codec.input(InputStream.class).read(request(null, all));
      assertThat(Objects.requireNonNull(stream).readAllBytes()).isEqualTo(all);
    }

    @Test
    void reader_charset_isHonoured() throws Exception {
      Reader reader =
          (Reader)
              codec
                  .input(Reader.class)
                  .read(request("text/plain; charset=iso-8859-1", "é".getBytes(ISO_8859_1)));

      assertThat(Objects.requireNonNull(reader).read()).isEqualTo('é');
    }

    @Test
    void request_isHandedOver() throws Exception {
      Request request = request(JSON, new byte[0]);

      assertThat(codec.input(Request.class).read(request)).isSameAs(request);
    }

    @Test
    void nothing_leavesTheBodyAlone() throws Exception {
      Request request = request("image/png", new byte[3]);

      assertThat(codec.input(void.class).read(request)).isNull();
      assertThat(request.bytes()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          JSON,
          "application/problem+json",
          "APPLICATION/JSON; charset=utf-8",
          "text/plain",
          "application/octet-stream",
          FORM,
          ""
        })
    void json_mediaTypesThatMayHoldIt_areTaken(String type) throws Exception {
      assertThat(read(Point.class, type.isEmpty() ? null : type, "{\"x\":1,\"y\":2}"))
          .isEqualTo(new Point(1, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "image/png", "multipart/form-data; boundary=x"})
    void json_otherMediaTypes_areUnsupported(String type) { // case 40
      assertThatThrownBy(() -> read(Point.class, type, "{\"x\":1}"))
          .isInstanceOfSatisfying(
              InputException.class, e -> assertThat(e.isUnsupportedType()).isTrue())
          .hasMessageContaining(type.substring(0, type.indexOf('/')));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"x\":",
          "{\"x\":1} trailing",
          "{x:1}",
          "{'x':1}",
          "\"text\"",
          "[1]",
          "{\"x\":\"one\"}",
          "<x/>",
          "nul",
          "{\"x\":1.5}"
        })
    void json_malformedOrOfAnotherShape_isRefusedInOneLine(String body) { // case 29
      assertThatThrownBy(() -> read(Point.class, JSON, body))
          .isInstanceOfSatisfying(
              InputException.class, e -> assertThat(e.isUnsupportedType()).isFalse())
          .hasMessageStartingWith("the body is not the JSON that the function takes: ")
          .hasMessageMatching("[^\\n]{1,400}");
    }

    @Test
    void json_nestedTooDeeply_isRefused() {
      String deep = "[".repeat(100_000) + "]".repeat(100_000);

      assertThatThrownBy(() -> read(List.class, JSON, deep)).isInstanceOf(InputException.class);
      assertThatThrownBy(() -> read(Object.class, JSON, deep)).isInstanceOf(InputException.class);
    }

    @Test
    void json_constructorOfTheFunctionThrows_isRefused() {
      assertThatThrownBy(() -> read(Picky.class, JSON, "{\"name\":\"\"}"))
          .isInstanceOf(InputException.class);
    }

    @Test
    void json_recordsAndGenerics_areBound() throws Exception {
      assertThat(
              read(
                  Line.class,
                  JSON,
                  "{\"name\":\"a\",\"points\":[{\"x\":1,\"y\":5000000000}],\"colour\":\"RED\",\"width\":3}"))
          .isEqualTo(
              new Line("a", List.of(new Point(1, 5_000_000_000L)), Colour.RED, Optional.of(3)));
      assertThat(read(new Of<Map<String, List<Point>>>() {}.type(), JSON, "{\"k\":[{\"x\":1}]}"))
          .isEqualTo(Map.of("k", List.of(new Point(1, 0))));
      assertThat((Object[]) read(Point[].class, JSON, "[{\"x\":1,\"y\":1}]"))
          .containsExactly(new Point(1, 1));
      assertThat(read(new Of<Iterable<Point>>() {}.type(), JSON, "[{\"x\":1,\"y\":1}]"))
          .isEqualTo(List.of(new Point(1, 1)));
    }

    @Test
    void json_pojo_isBoundByItsFields() throws Exception {
      Pojo pojo =
          (Pojo) read(Pojo.class, JSON, "{\"name\":\"a\",\"count\":2,\"ratio\":0.5,\"more\":1}");

      assertThat(Objects.requireNonNull(pojo).name).isEqualTo("a");
      assertThat(pojo.count).isEqualTo(2);
      assertThat(pojo.ratio).isEqualTo(0.5);
    }

    @Test
    void json_numbersOfUntypedMaps_keepIntegersIntegers() throws Exception { // case 44
      assertThat(
              read(
                  new Of<Map<String, Object>>() {}.type(),
                  JSON,
                  "{\"a\":1,\"b\":[2,2.5,{\"c\":9007199254740993}]}"))
          .isEqualTo(Map.of("a", 1L, "b", List.of(2L, 2.5, Map.of("c", 9_007_199_254_740_993L))));
    }

    @ParameterizedTest
    @CsvSource({"int, 2, 2", "long, 2, 2", "double, 2, 2.0", "boolean, true, true"})
    void json_primitives_areBound(String type, String body, String expected) throws Exception {
      Class<?> primitive =
          Stream.of(int.class, long.class, double.class, boolean.class)
              .filter(each -> each.getName().equals(type))
              .findFirst()
              .orElseThrow();

      assertThat(read(primitive, "text/plain", body)).hasToString(expected);
      assertThatThrownBy(() -> read(primitive, JSON, "")).isInstanceOf(InputException.class);
      assertThatThrownBy(() -> read(primitive, JSON, "null")).isInstanceOf(InputException.class);
    }

    @Test
    void json_wrappersNumbersAndEnums_areBound() throws Exception {
      assertThat(read(Integer.class, JSON, "7")).isEqualTo(7);
      assertThat(read(Integer.class, JSON, "")).isNull();
      assertThat(read(BigDecimal.class, JSON, "1.10")).isEqualTo(new BigDecimal("1.10"));
      assertThat(read(Colour.class, JSON, "\"RED\"")).isEqualTo(Colour.RED);
      assertThat(read(Colour.class, "text/plain", "RED\n")).isEqualTo(Colour.RED);
    }

    @Test
    void json_emptyBody_isNull() throws Exception {
      assertThat(read(Point.class, JSON, "")).isNull();
      assertThat(read(Map.class, null, "")).isNull();
      assertThat(read(Object.class, null, "")).isNull();
    }

    @Test
    void json_byteOrderMark_isLookedPast() throws Exception {
      assertThat(read(Point.class, JSON, "\uFEFF{\"x\":1,\"y\":1}")).isEqualTo(new Point(1, 1));
    }

    @Test
    void json_charset_isHonoured() throws Exception {
      assertThat(
              codec
                  .input(List.class)
                  .read(request(JSON + "; charset=utf-16be", "[\"é\"]".getBytes(UTF_16BE))))
          .isEqualTo(List.of("é"));
    }

    @Test
    void json_times_areIso() throws Exception {
      assertThat(read(Instant.class, JSON, "\"2026-01-02T03:04:05Z\""))
          .isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
      assertThat(read(LocalDate.class, JSON, "\"2026-01-02\"")).isEqualTo(LocalDate.of(2026, 1, 2));
      assertThatThrownBy(() -> read(LocalDate.class, JSON, "\"soon\""))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("'soon'")
          .hasMessageContaining("java.time.LocalDate");
    }

    @Test
    void form_fields_areBound() throws Exception {
      assertThat(read(Pojo.class, FORM, "name=a+b%26c&count=3&on=true"))
          .usingRecursiveComparison()
          .isEqualTo(pojo("a b&c", 3));
      assertThat(read(new Of<Map<String, Object>>() {}.type(), FORM, "a=1&b=x&b=y&c&&=z"))
          .isEqualTo(Map.of("a", "1", "b", List.of("x", "y"), "c", "", "", "z"));
      assertThat(read(new Of<Map<String, List<String>>>() {}.type(), FORM, "a=1"))
          .isEqualTo(Map.of("a", List.of("1")));
      assertThat(read(Map.class, FORM, "k\"=\u0001\\")).isEqualTo(Map.of("k\"", "\u0001\\"));
    }

    private static Pojo pojo(String name, int count) {
      Pojo pojo = new Pojo();
      pojo.name = name;
      pojo.count = count;
      pojo.on = true;
      return pojo;
    }

    @Test
    void form_badEncoding_isRefused() {
      assertThatThrownBy(() -> read(Map.class, FORM, "a=%zz"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("%zz");
    }

    @Test
    void any_mediaType_decides() throws Exception {
      assertThat(read(Object.class, JSON, "{\"a\":1}")).isEqualTo(Map.of("a", 1L));
      assertThat(read(Object.class, null, "[1]")).isEqualTo(List.of(1L));
      assertThat(read(Object.class, JSON, "\"a\"")).isEqualTo("a");
      assertThat(read(Object.class, "text/plain", "1")).isEqualTo("1");
      assertThat(read(Object.class, FORM, "a=1")).isEqualTo(Map.of("a", "1"));
      assertThat(read(Object.class, FORM, "{\"a\":1}")).isEqualTo(Map.of("a", 1L));
      assertThat(read(Object.class, "image/png", "x")).isEqualTo(new byte[] {'x'});
    }

    @Test
    void optional_emptyBody_isEmpty() throws Exception {
      Type text = new Of<Optional<String>>() {}.type();
      Type point = new Of<Optional<Point>>() {}.type();

      assertThat(read(text, null, "")).isEqualTo(Optional.empty());
      assertThat(read(text, null, "a")).isEqualTo(Optional.of("a"));
      assertThat(read(point, JSON, "")).isEqualTo(Optional.empty());
      assertThat(read(point, JSON, "null")).isEqualTo(Optional.empty());
      assertThat(read(point, JSON, "{\"x\":1,\"y\":1}")).isEqualTo(Optional.of(new Point(1, 1)));
      assertThatThrownBy(() -> read(point, "image/png", "")).isInstanceOf(InputException.class);
      assertThatThrownBy(() -> codec.input(new Of<Optional<InputStream>>() {}.type()))
          .isInstanceOf(BindingException.class);
    }

    @Test
    void accepts_valuesOfTheType_only() {
      assertThat(codec.input(Point.class).accepts(new Point(1, 1))).isTrue();
      assertThat(codec.input(Point.class).accepts("text")).isFalse();
      assertThat(codec.input(Point.class).accepts(null)).isTrue();
      assertThat(codec.input(int.class).accepts(1)).isTrue();
      assertThat(codec.input(int.class).accepts(null)).isFalse();
      assertThat(codec.input(Object.class).accepts(MemoryExchange.post(new byte[0], JSON)))
          .isFalse();
      assertThat(codec.input(InputStream.class).accepts(InputStream.nullInputStream())).isTrue();
      assertThat(codec.input(InputStream.class).accepts(new byte[0])).isFalse();
    }

    @Test
    void body_thatBreaksOff_isRefusedWithTheCause() {
      IOException left = new IOException("the client left");
      InputStream broken = new Failing(left);
      Request request = new MemoryExchange("POST", "/", "", Map.of(), broken, -1).request();

      assertThatThrownBy(() -> codec.input(String.class).read(request))
          .isInstanceOf(InputException.class)
          .hasCause(left);
    }
  }

  @Nested
  final class Writing {

    @Test
    void nothing_leavesTheResponseUntouched() throws Exception {
      for (Object nothing : new Object[] {null, Optional.empty()}) {
        MemoryExchange exchange = write(nothing);

        assertThat(exchange.response().status()).isZero();
        assertThat(exchange.response().headers().names()).isEmpty();
        assertThat(text(exchange)).isEmpty();
      }
    }

    @Test
    void text_isPlainUtf8() throws Exception {
      MemoryExchange exchange = write(CharBuffer.wrap("häß"));

      assertThat(text(exchange)).isEqualTo("häß");
      assertThat(type(exchange)).isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void text_loneSurrogate_isStillUtf8() throws Exception {
      assertThat(text(write("a\ud800b"))).isEqualTo("a?b");
      assertThat(text(write(List.of("a\udc00b")))).isEqualTo("[\"a?b\"]");
    }

    @Test
    void text_contentTypeThatWasSet_staysAndItsCharsetIsUsed() throws Exception {
      MemoryExchange html = write(Reply.of("é").header("Content-Type", "text/html"));
      MemoryExchange latin =
          write(Reply.of("é").header("content-type", "text/html; charset=iso-8859-1"));

      assertThat(type(html)).isEqualTo("text/html");
      assertThat(text(html)).isEqualTo("é");
      assertThat(latin.reply().body()).isEqualTo("é".getBytes(ISO_8859_1));
      assertThatThrownBy(() -> write(Reply.of("é").header("Content-Type", "text/html; charset=x!")))
          .isInstanceOf(OutputException.class)
          .hasMessageContaining("charset");
    }

    @Test
    void bytes_areWrittenAsTheyAre() throws Exception {
      ByteBuffer buffer = ByteBuffer.wrap("abcd".getBytes(UTF_8)).position(1).limit(3);

      assertThat(text(write("abc".getBytes(UTF_8)))).isEqualTo("abc");
      assertThat(text(write(buffer))).isEqualTo("bc");
      assertThat(text(write(buffer.asReadOnlyBuffer()))).isEqualTo("bc");
      assertThat(type(write(new byte[1]))).isEqualTo("application/octet-stream");
    }

    @Test
    void stream_isWrittenAndClosedOnce() throws Exception {
      AtomicInteger closed = new AtomicInteger();
      InputStream stream =
          new ByteArrayInputStream("abc".getBytes(UTF_8)) {
            @Override
            public void close() {
              closed.incrementAndGet();
            }
          };

      assertThat(text(write(stream))).isEqualTo("abc");
      assertThat(closed).hasValue(1);
    }

    @Test
    void stream_thatFails_isClosedOnce() {
      Failing stream = new Failing(new IOException("gone"));

      assertThatThrownBy(() -> write(stream)).isInstanceOf(IOException.class).hasMessage("gone");
      assertThat(stream.closed).isEqualTo(1);
    }

    @Test
    void optional_andReply_areUnwrapped() throws Exception {
      MemoryExchange exchange =
          write(
              Optional.of(
                  Reply.status(201)
                      .header("X-A", "1")
                      .header("x-a", "2")
                      .body(Optional.of(new Point(1, 2)))));

      assertThat(exchange.response().status()).isEqualTo(201);
      assertThat(exchange.response().headers().all("x-a")).containsExactly("1", "2");
      assertThat(text(exchange)).isEqualTo("{\"x\":1,\"y\":2}");
      assertThat(write(Reply.status(204)).response().headers().names()).isEmpty();
    }

    @Test
    void reply_headerThatCannotBeSent_isTheFunctionsFault() {
      assertThatThrownBy(() -> write(Reply.of("x").header("X-A", "a\r\nSet-Cookie: b")))
          .isInstanceOf(OutputException.class)
          .hasMessageContaining("X-A");
    }

    @Test
    void values_areJson() throws Exception {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("n", null);
      map.put("i", 1);
      map.put("d", 1.5);
      map.put("t", "<a href='x'>");

      assertThat(text(write(map)))
          .isEqualTo("{\"n\":null,\"i\":1,\"d\":1.5,\"t\":\"<a href='x'>\"}");
      assertThat(text(write(42))).isEqualTo("42");
      assertThat(text(write(true))).isEqualTo("true");
      assertThat(text(write('c'))).isEqualTo("\"c\"");
      assertThat(text(write(Colour.RED))).isEqualTo("\"RED\"");
      assertThat(text(write(new int[] {1, 2}))).isEqualTo("[1,2]");
      assertThat(text(write(new Line("a", List.of(), null, Optional.empty()))))
          .isEqualTo("{\"name\":\"a\",\"points\":[],\"colour\":null,\"width\":null}");
      assertThat(type(write(1))).isEqualTo(JSON);
      assertThat(type(write(Reply.of(1).header("Content-Type", "application/hal+json"))))
          .isEqualTo("application/hal+json");
    }

    @Test
    void values_goneThroughOnce_areArrays() throws Exception {
      AtomicInteger closed = new AtomicInteger();
      Iterable<Point> iterable = () -> List.of(new Point(1, 2)).iterator();
      Iterator<String> iterator = List.of("a").iterator();

      assertThat(text(write(Stream.of(1, 2).onClose(closed::incrementAndGet)))).isEqualTo("[1,2]");
      assertThat(text(write(IntStream.range(0, 3)))).isEqualTo("[0,1,2]");
      assertThat(text(write(iterable))).isEqualTo("[{\"x\":1,\"y\":2}]");
      assertThat(text(write(iterator))).isEqualTo("[\"a\"]");
      assertThat(text(write(List.of(Path.of("a"))))).isEqualTo("[\"a\"]");
      assertThat(closed).hasValue(1);
    }

    @Test
    void times_areIso() throws Exception {
      assertThat(
              text(
                  write(
                      List.of(
                          Instant.parse("2026-01-02T03:04:05Z"),
                          LocalDate.of(2026, 1, 2),
                          Duration.ofSeconds(90),
                          ZoneId.of("Europe/Zurich")))))
          .isEqualTo("[\"2026-01-02T03:04:05Z\",\"2026-01-02\",\"PT1M30S\",\"Europe/Zurich\"]");
    }

    @Test
    void value_thatHoldsItself_isRefused() {
      Node node = new Node();
      node.next = new Node();
      node.next.next = node;
      List<Object> list = new ArrayList<>();
      list.add(list);

      assertRefused(node, "holds itself");
      assertRefused(list, "holds itself");
    }

    @Test
    void value_tenThousandDeep_isRefused() {
      Node node = new Node();
      for (int i = 0; i < 10_000; i++) {
        Node outer = new Node();
        outer.next = node;
        node = outer;
      }

      assertRefused(node, "next.next");
    }

    @Test
    void value_thatIsNoNumber_isRefusedWithItsPlace() {
      assertRefused(Map.of("a", Map.of("b", Double.NaN)), "a.b");
      assertRefused(Float.POSITIVE_INFINITY, "java.lang.Float");
    }

    @Test
    void value_whoseGetterThrows_isRefusedWithItsPlace() {
      assertRefused(new Outer(List.of(Map.of("k", new Throwing(1)))), "inner[].k");
    }

    @Test
    void value_noLibraryKnows_isRefused() {
      assertRefused(Map.of("type", String.class), "type");
      assertRefused(new Object[] {Thread.currentThread()}, "java.lang.Object");
    }

    private void assertRefused(Object value, String words) {
      MemoryExchange exchange = MemoryExchange.post(new byte[0], JSON);

      assertThatThrownBy(() -> codec.write(value, exchange.response()))
          .isInstanceOf(OutputException.class)
          .hasMessageStartingWith("a result of " + value.getClass().getName())
          .hasMessageContaining(words)
          .hasMessageMatching("[^\\n]{1,700}");
      assertThat(exchange.response().headers().names()).isEmpty();
      assertThat(exchange.reply().body()).isEmpty();
    }
  }
}
