package dev.hearth.signature.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionSpec;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain classes as Spring Cloud Function names and calls them. */
@Timeout(120)
final class BeansTest {

  @TempDir private Path directory;
  private Path archive;

  @BeforeEach
  void build() {
    archive =
        TestJar.of(directory)
            .source(
                "acme.Upper",
                function(
                    "Upper",
                    "Function<String, String>",
                    "String apply(String in) { return in.toUpperCase(); }"))
            .source(
                "acme.Length",
                function(
                    "Length",
                    "Function<String, Integer>",
                    "Integer apply(String in) { return in.length(); }"))
            .source(
                "acme.Twice",
                function(
                    "Twice",
                    "Function<Integer, Integer>",
                    "Integer apply(Integer in) { return in * 2; }"))
            .source(
                "acme.Word",
                function("Word", "Supplier<String>", "String get() { return \"word\"; }"))
            .source(
                "acme.Names",
                function(
                    "Names",
                    "BiFunction<String, Map<String, Object>, String>",
                    "String apply(String in, Map<String, Object> headers) { return in +"
                        + " headers.get(\"x-a\") + headers.get(\"http_request_param\"); }"))
            .source(
                "acme.Later",
                function(
                    "Later",
                    "Function<String, java.util.concurrent.CompletionStage<String>>",
                    "java.util.concurrent.CompletionStage<String> apply(String in) { return"
                        + " java.util.concurrent.CompletableFuture.completedFuture(in + \"!\"); }"))
            .source(
                "acme.Sum",
                function(
                    "Sum",
                    "Function<List<Integer>, Integer>",
                    "Integer apply(List<Integer> in) { int sum = 0; for (int each : in) { sum +="
                        + " each; } return sum; }"))
            .source(
                "acme.URLCount",
                function(
                    "URLCount",
                    "Consumer<String>",
                    "void accept(String in) { ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent(\"hearth.test.bag\", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put(\"beans.count\", in); }"))
            .build("beans.jar");
  }

  private static String function(String name, String type, String method) {
    return "package acme; import java.util.*; import java.util.function.*;\npublic class "
        + name
        + " implements "
        + type
        + " { public "
        + method
        + " }";
  }

  private TestHost deploy(@Nullable String handler, Map<String, String> variables) {
    return TestHost.deploy(
        FunctionSpec.builder(archive).handler(handler).env(variables).build(), null);
  }

  private static String post(TestHost host, String path, String body) {
    return host.send(
            "POST",
            path,
            "",
            Map.of("Content-Type", List.of("text/plain")),
            body.getBytes(StandardCharsets.UTF_8))
        .text();
  }

  @Test
  void handler_nameOfABean_isWhatTheRootMeans() {
    try (TestHost host = deploy("upper", Map.of())) {
      assertThat(host.function().signature()).isEqualTo("spring-cloud-function");
      assertThat(post(host, "/", "a")).isEqualTo("A");
      assertThat(post(host, "/length", "abc")).isEqualTo("3");
    }
  }

  @Test
  void handler_composition_passesValuesOn() {
    try (TestHost host = deploy("upper|length|twice", Map.of())) {
      assertThat(post(host, "/", "abc")).isEqualTo("6");
      assertThat(post(host, "/later,upper", "a")).isEqualTo("A!");
      assertThat(host.send("GET", "/word|length", "", Map.of(), new byte[0]).text()).isEqualTo("4");
    }
  }

  @Test
  void array_throughAComposition_staysAnArray() {
    try (TestHost host = deploy("upper|length", Map.of())) {
      assertThat(host.post("application/json", "[\"a\",\"bcd\"]").text()).isEqualTo("[1,3]");
      assertThat(
              host.send("POST", "/sum", "", Map.of(), "[1,2]".getBytes(StandardCharsets.UTF_8))
                  .text())
          .isEqualTo("3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme.Upper;acme.Word", "acme.Upper ; acme.Word"})
  void handler_classesBySemicolon_areTheBeans(String classes) {
    try (TestHost host = deploy(classes, Map.of())) {
      assertThat(host.function().handler()).isEqualTo("acme.Upper,acme.Word");
      assertThat(post(host, "/upper", "a")).isEqualTo("A");
      assertThat(host.send("POST", "/length", "", Map.of(), new byte[0]).refused())
          .hasMessageContaining("there are [upper, word");
    }
  }

  @Test
  void variables_ofTheVendor_areAsGoodAsAHandler() {
    try (TestHost host =
        deploy(
            null,
            Map.of(
                "SPRING_CLOUD_FUNCTION_FUNCTION_CLASS",
                "acme.Upper;acme.Length",
                "SPRING_CLOUD_FUNCTION_DEFINITION",
                "upper,length"))) {
      assertThat(post(host, "/", "abc")).isEqualTo("3");
    }
    try (TestHost host = deploy(null, Map.of("SPRING_CLOUD_FUNCTION_DEFINITION", "word"))) {
      assertThat(host.send("GET", "/", "", Map.of(), new byte[0]).text()).isEqualTo("word");
    }
  }

  @Test
  void secondArgument_isTheHeaders() {
    try (TestHost host = deploy("names", Map.of())) {
      assertThat(
              host.send(
                      "POST",
                      "/",
                      "p=1",
                      Map.of("X-A", List.of("v"), "Content-Type", List.of("text/plain")),
                      new byte[] {'i'})
                  .text())
          .isEqualTo("iv{p=1}");
    }
  }

  @Test
  void name_ofTwoCapitals_staysAsItIs() {
    try (TestHost host = deploy("URLCount", Map.of())) {
      assertThat(post(host, "/URLCount", "7")).isEmpty();
      assertThat(TestBag.get("beans.count")).isEqualTo("7");
    }
  }

  @Test
  void className_alone_isAPlainFunction() {
    try (TestHost host = deploy("acme.Upper", Map.of())) {
      assertThat(host.function().signature()).isEqualTo("java.util.function.Function");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "upper|nobody", "upper;nobody", "upper|"})
  void handler_unknownBean_isRefused(String handler) {
    assertThatThrownBy(() -> deploy(handler, Map.of())).isInstanceOf(DeployException.class);
  }

  @Test
  void reactiveInput_ofAPlainClass_isRefusedWithTheWayOut() {
    Path reactive =
        TestJar.of(directory)
            .compileOnly(jar("reactor-core"))
            .compileOnly(jar("reactive-streams"))
            .library(jar("reactor-core"))
            .library(jar("reactive-streams"))
            .source(
                "acme.Streams",
                "package acme; import reactor.core.publisher.Flux; public class Streams implements"
                    + " java.util.function.Function<Flux<String>, Flux<String>> {"
                    + " public Flux<String> apply(Flux<String> in) { return in; } }")
            .buildFat("reactive.jar");

    assertThatThrownBy(
            () -> TestHost.deploy(FunctionSpec.builder(reactive).handler("streams").build(), null))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("spring-cloud-function-context");
  }

  private static Path jar(String prefix) {
    for (Path jar : BootJars.application()) {
      if (jar.getFileName().toString().startsWith(prefix)) {
        return jar;
      }
    }
    throw new AssertionError("no " + prefix);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "headers['ce-type']|upper",
        "headers[\"Ce-Type\"]|upper",
        " headers.target |upper",
        "'upper'|upper"
      })
  void routingExpression_ofAHeader_isUnderstood(String expression, String name) throws Exception {
    Envelope message = new Envelope("x", Map.of("ce-type", "upper", "target", "upper"));

    assertThat(RoutingExpression.parse(expression).value(message)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "headers['a'] + 'b'",
        "T(java.lang.Runtime).getRuntime()",
        "payload",
        "headers",
        "headers.a.b",
        "headers['a'].length()",
        "@bean",
        ""
      })
  void routingExpression_ofMore_isRefused(String expression) {
    assertThatThrownBy(() -> RoutingExpression.parse(expression))
        .hasMessageContaining("routing expression");
  }
}
