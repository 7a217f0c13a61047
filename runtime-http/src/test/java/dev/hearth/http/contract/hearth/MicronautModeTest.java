package dev.hearth.http.contract.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Micronaut's mode; numbers are those of the conventions for plain functions. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MicronautModeTest {

  private static final String JSON = "application/json";
  private static final String TEXT = "text/plain";

  private ModeHost host;

  private static TestJar jar(Path directory) {
    return TestJar.of(directory)
        .options("-parameters")
        .compileOnly(
            TestHost.provided("micronaut-function").resolve("micronaut-function-4.10.20.jar"));
  }

  private static String bean(String name, String type, String body) {
    return "package mn; import io.micronaut.function.FunctionBean; import java.util.function.*;"
        + " import java.util.*;\n"
        + "@FunctionBean public class "
        + name
        + " implements "
        + type
        + " { "
        + body
        + " }";
  }

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    Path jar =
        jar(directory)
            .source(
                "mn.UpperCaseFunction",
                bean(
                    "UpperCaseFunction",
                    "Function<String, String>",
                    "public String apply(String in) { return in.toUpperCase(); }"))
            .source(
                "mn.HelloSupplier",
                bean(
                    "HelloSupplier",
                    "Supplier<String>",
                    "public String get() { return \"hello\"; }"))
            .source(
                "mn.Sink",
                bean(
                    "Sink",
                    "Consumer<Map<String, Object>>",
                    "public void accept(Map<String, Object> in) { ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent(\"hearth.test.bag\", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put(\"mn.sink\","
                        + " \"\" + in); }"))
            .source(
                "mn.Nothing",
                bean(
                    "Nothing",
                    "Function<String, String>",
                    "public String apply(String in) { return null; }"))
            .source(
                "mn.Boom",
                bean(
                    "Boom",
                    "Function<String, String>",
                    "public String apply(String in) { throw new IllegalStateException(\"secret\");"
                        + " }"))
            .source(
                "mn.Book",
                "package mn; public class Book { public String title; public int pages; }")
            .source(
                "mn.Longer",
                bean(
                    "Longer",
                    "Function<Book, Book>",
                    "public Book apply(Book in) { in.pages++; return in; }"))
            .source(
                "mn.Repeat",
                bean(
                    "Repeat",
                    "BiFunction<String, Integer, String>",
                    "public String apply(String word, Integer times) { return word.repeat(times);"
                        + " }"))
            .source(
                "mn.Named",
                """
                package mn;
                @io.micronaut.function.FunctionBean(value = "sum", method = "add")
                public class Named {
                  public int add(java.util.List<Integer> numbers) {
                    int sum = 0;
                    for (int number : numbers) { sum += number; }
                    return sum;
                  }
                  public int other() { return 0; }
                }
                """)
            .source(
                "mn.Factory",
                """
                package mn;
                import io.micronaut.function.FunctionBean;
                import java.util.function.*;
                public class Factory {
                  @FunctionBean("xml") public Supplier<String> named() { return () -> "made"; }
                  @FunctionBean public Function<Integer, Integer> timesTwo() { return in -> in * 2; }
                }
                """)
            .build("functions.jar");
    host = ModeHost.serve(jar, null, Map.of());
  }

  @AfterAll
  void stop() {
    host.close();
  }

  @Test
  void mn_case_36_unnamedClass_isItsHyphenatedName() throws IOException {
    Answered answer = host.post("/upper-case-function", TEXT, "foo");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith(TEXT);
    assertThat(answer.text()).isEqualTo("FOO");
    assertThat(host.post("/archive/upper-case-function", TEXT, "foo").text()).isEqualTo("FOO");
    assertThat(host.post("/upperCaseFunction", TEXT, "foo").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "HEAD"})
  void mn_case_37_otherMethodsOfAFunction_are405(String method) throws IOException {
    Answered answer = host.send(method, "/upper-case-function");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("POST");
  }

  @Test
  void mn_case_38_supplier_isGot() throws IOException {
    Answered head = host.send("HEAD", "/hello-supplier");

    assertThat(host.get("/hello-supplier").text()).isEqualTo("hello");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("5");
    assertThat(head.body()).isEmpty();
    assertThat(host.post("/hello-supplier", TEXT, "x").header("Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void mn_case_39_bean_isJsonBothWays() throws IOException {
    Answered answer = host.post("/longer", JSON, "{\"title\":\"a\",\"pages\":1}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(JSON);
    assertThat(answer.text()).isEqualTo("{\"title\":\"a\",\"pages\":2}");
  }

  @Test
  void mn_case_40_otherMediaTypes_are415() throws IOException {
    assertThat(host.post("/longer", "application/xml", "<a/>").status()).isEqualTo(415);
    assertThat(host.post("/longer", TEXT, "{}").status()).isEqualTo(415);
    assertThat(host.post("/upper-case-function", "application/xml", "<a/>").status())
        .isEqualTo(415);
    assertThat(host.post("/upper-case-function", JSON, "foo").text()).isEqualTo("FOO");
  }

  @Test
  void unconvertibleBody_is400() throws IOException {
    assertThat(host.post("/longer", JSON, "{\"title\":").status()).isEqualTo(400);
    assertThat(host.post("/times-two", TEXT, "x").status()).isEqualTo(400);
  }

  @Test
  void factory_makesFunctions() throws IOException {
    assertThat(host.get("/xml").text()).isEqualTo("made");
    assertThat(host.post("/times-two", TEXT, "4").text()).isEqualTo("8");
  }

  @Test
  void methodOfAClass_isCalledUnderItsName() throws IOException {
    assertThat(host.post("/sum", JSON, "[1,2,3]").text()).isEqualTo("6");
  }

  @Test
  void twoArguments_areFoundByTheirNames() throws IOException {
    assertThat(host.post("/repeat", JSON, "{\"word\":\"ab\",\"times\":2}").text())
        .isEqualTo("abab");
    assertThat(host.post("/repeat", JSON, "{\"word\":\"ab\"}").status()).isEqualTo(400);
  }

  @Test
  void answerType_isOneThatTheClientAccepts() throws IOException {
    assertThat(
            host.post("/upper-case-function", TEXT, "x", "Accept: application/json")
                .header("Content-Type"))
        .isEqualTo(JSON);
    assertThat(host.post("/upper-case-function", TEXT, "x", "Accept: image/png").status())
        .isEqualTo(406);
  }

  @Test
  void nothing_is404OfAFunctionAnd200OfAConsumer() throws IOException {
    assertThat(host.post("/nothing", TEXT, "x").status()).isEqualTo(404);
    Answered sunk = host.post("/sink", JSON, "{\"a\":1}");
    assertThat(sunk.status()).isEqualTo(200);
    assertThat(sunk.body()).isEmpty();
    assertThat(TestBag.get("mn.sink")).isEqualTo("{a=1}");
  }

  @Test
  void exception_is500() throws IOException {
    Answered answer = host.post("/boom", TEXT, "x");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).doesNotContain("secret");
  }

  @Test
  void contextPath_isInFrontOfAll(@TempDir Path directory) throws IOException {
    Path one =
        jar(directory)
            .source("mn.A", bean("A", "Supplier<String>", "public String get() { return \"a\"; }"))
            .source("mn.B", bean("B", "Supplier<String>", "public String get() { return \"b\"; }"))
            .build("two.jar");
    Map<String, String> path = Map.of("MICRONAUT_FUNCTION_CONTEXT_PATH", "/fn");
    try (ModeHost below = ModeHost.serve(one, null, path);
        ModeHost chosen = ModeHost.serve(one, "b", Map.of())) {
      assertThat(below.get("/fn/a").text()).isEqualTo("a");
      assertThat(below.get("/a").status()).isEqualTo(404);
      assertThat(chosen.get("/").text()).isEqualTo("b");
    }
  }
}
