package dev.hearth.signature.fn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Reply;
import dev.hearth.invoke.Outcome;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters and results that are neither text nor bytes: JSON, by Jackson. */
@Timeout(120)
final class FnJsonTest {

  private static final String POJO =
      "public static class Pet { public String name; public int age; public Map<String, List<Pet>> friends; }\n";

  @TempDir private Path directory;
  private FnFunctions functions;

  @BeforeEach
  void open() {
    functions = new FnFunctions(directory);
  }

  @AfterEach
  void close() {
    functions.close();
  }

  private static String type(Reply<byte[]> reply) {
    return String.join(", ", reply.headers().getOrDefault("Content-Type", List.of()));
  }

  @Test
  void fn_case_23_json_isBoundToTypes() {
    Path jar =
        functions.jar(
            POJO
                + """
                @FnConfiguration public void configure() {}
                public String pojo(Pet p) { return p.name + p.age; }
                public String list(List<Pet> p) { return p.get(1).name; }
                public String map(Map<String, List<Pet>> p) { return p.get("b").get(0).name; }
                public String array(Pet[] p) { return p[0].name; }
                public int number(int n) { return n + 1; }
                public Object any(Object o) { return o; }
                public Pet pet(String name) { Pet p = new Pet(); p.name = name; p.age = 3; return p; }
                public List<String> texts() { return Arrays.asList("a", "b"); }
                public Object text() { return "typed as an object"; }
                public String nothing() { return null; }
                public Pet nobody() { return null; }
                """);

    assertThat(json(jar, "pojo", "{\"name\":\"Spot\",\"age\":6}")).isEqualTo("Spot6");
    assertThat(json(jar, "list", "[{\"name\":\"A\"},{\"name\":\"B\"}]")).isEqualTo("B");
    assertThat(json(jar, "map", "{\"a\":[],\"b\":[{\"name\":\"B\"}]}")).isEqualTo("B");
    assertThat(json(jar, "array", "[{\"name\":\"A\"}]")).isEqualTo("A");
    assertThat(json(jar, "number", "41")).isEqualTo("42");
    assertThat(json(jar, "any", "{\"a\":[1,2.5,true,null,\"x\"]}"))
        .isEqualTo("{\"a\":[1,2.5,true,null,\"x\"]}");
    assertThat(json(jar, "pet", "Spot"))
        .isEqualTo("{\"name\":\"Spot\",\"age\":3,\"friends\":null}");
    assertThat(json(jar, "texts", "")).isEqualTo("[\"a\",\"b\"]");
    assertThat(json(jar, "text", "")).isEqualTo("\"typed as an object\"");
    assertThat(json(jar, "nobody", "")).isEqualTo("null");
    assertThat(threw(functions.deploy(jar, "F::nothing", Map.of()), ""))
        .hasMessage("F::nothing returned null; return a String, which may be empty");
    assertThat(type(FnFunctions.call("").reply(functions.deploy(jar, "F::texts", Map.of()))))
        .isEqualTo("application/json");
  }

  private String json(Path jar, String method, String body) {
    return FnFunctions.call(body).text(functions.deploy(jar, "F::" + method, Map.of()));
  }

  private static Throwable threw(FunctionHandle function, String body) {
    Outcome<?> outcome = FnFunctions.call(body).outcome(function);
    assertThat(outcome).isInstanceOf(Outcome.Threw.class);
    return ((Outcome.Threw<?>) outcome).cause();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{not json|Unexpected character",
        "[1]|Cannot deserialize value of type `F$Pet` from Array value",
        "{\"age\":\"x\"}|not a valid `int` value at F$Pet[\"age\"]",
        "{\"other\":1}|Unrecognized field \"other\"",
        "null|is JSON's null, which is no F$Pet",
        "''|No content to map due to end-of-input"
      })
  void fn_case_23_bodyThatDoesNotFit_isRefused(String body, String reason) {
    FunctionHandle function =
        functions.deploy(POJO + "public void f(Pet pet, InvocationContext c) { System.exit(1); }");

    Outcome<?> outcome = FnFunctions.call(body).outcome(function);

    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused<?>) outcome).cause())
        .hasMessageContaining(reason)
        .hasMessageMatching("[^\\n]+");
  }

  @Test
  void resultThatCannotBeWritten_failsTheCallNamingTheProperty() {
    Path jar =
        functions.jar(
            """
            @FnConfiguration public void configure() {}
            public static class Node { public Node next; }
            public static class Bad { public String getIt() { throw new IllegalStateException("no"); } }
            public Node cycle() { Node n = new Node(); n.next = n; return n; }
            public Bad bad() { return new Bad(); }
            """);

    assertThat(threw(functions.deploy(jar, "F::bad", Map.of()), ""))
        .hasMessageContaining("the result of F::bad cannot be written")
        .hasMessageContaining("F$Bad[\"it\"]");
    assertThat(threw(functions.deploy(jar, "F::cycle", Map.of()), ""))
        .hasMessageContaining("the result of F::cycle cannot be written");
  }

  @Test
  void jacksonAnnotations_meanWhatTheySay_whetherBroughtOrProvided() {
    String source =
        """
        import com.fasterxml.jackson.annotation.*;
        import com.fnproject.fn.api.*;
        public class A {
          public static class Pet {
            @JsonProperty("n") public String name;
            @JsonIgnore public int secret = 7;
          }
          public Pet f(Pet pet, InvocationContext c) { return pet; }
        }
        """;
    Path annotations = TestHost.library("jackson-annotations-2.18.2.jar");
    TestJar jar = TestJar.of(directory).source("A", source).compileOnly(FnFunctions.API);
    Path thin = jar.library(annotations).build("thin.jar");
    Path fat =
        jar.library(TestHost.library("jackson-core-2.18.2.jar"))
            .library(TestHost.library("jackson-databind-2.18.2.jar"))
            .buildFat("fat.jar");

    for (Path each : new Path[] {thin, fat}) {
      assertThat(
              FnFunctions.call("{\"n\":\"Spot\"}").text(functions.deploy(each, "A::f", Map.of())))
          .isEqualTo("{\"n\":\"Spot\"}");
    }
  }

  @Test
  void mapper_thatTheFunctionChose_binds() {
    String source =
        """
        import com.fasterxml.jackson.databind.*;
        import com.fnproject.fn.api.*;
        public class A {
          public static class Pet { public String firstName; }
          @FnConfiguration public void configure(RuntimeContext context) {
            ObjectMapper mapper = new ObjectMapper();
            mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
            mapper.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
            context.setAttribute("com.fnproject.fn.runtime.coercion.jackson.JacksonCoercion.om", mapper);
          }
          public Pet f(Pet pet) { return pet; }
        }
        """;
    Path jar =
        TestJar.of(directory)
            .source("A", source)
            .compileOnly(FnFunctions.API)
            .compileOnly(TestHost.library("jackson-core-2.18.2.jar"))
            .compileOnly(TestHost.library("jackson-databind-2.18.2.jar"))
            .compileOnly(TestHost.library("jackson-annotations-2.18.2.jar"))
            .build("mapper.jar");

    assertThat(
            FnFunctions.call("{\"first_name\":\"Spot\",\"other\":1}")
                .text(functions.deploy(jar, "A::f", Map.of())))
        .isEqualTo("{\"first_name\":\"Spot\"}");
  }

  @Test
  void withoutAnyJackson_theVersionsOwnLibraryBinds() {
    Path jar = functions.jar(POJO + "public Pet f(Pet pet, InvocationContext c) { return pet; }");

    // What an embedding service has: the sets on its class path, which have the API alone.
    try (Hearth hearth = Hearth.builder().build()) {
      FunctionHandle function =
          hearth.deploy("f", FunctionSpec.builder(jar).handler("F::f").build());

      assertThat(FnFunctions.call("{\"name\":\"Spot\",\"age\":6}").text(function))
          .isEqualTo("{\"name\":\"Spot\",\"age\":6,\"friends\":null}");
      assertThat(FnFunctions.call("{not").outcome(function)).isInstanceOf(Outcome.Refused.class);
    }
  }
}
