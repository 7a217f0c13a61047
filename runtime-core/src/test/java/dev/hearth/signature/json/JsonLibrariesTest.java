package dev.hearth.signature.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestHost.Answer;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** JSON by the library that the archive brings, shown by the annotations that only this one knows. */
@Timeout(120)
final class JsonLibrariesTest {

  private static final String JSON = "application/json";

  enum Library {
    JACKSON_3(
        "@com.fasterxml.jackson.annotation.JsonProperty(\"marked\")",
        "jackson-databind-3.2.4.jar",
        "jackson-core-3.2.4.jar",
        "jackson-annotations-2.22.jar"),
    JACKSON_2(
        "@com.fasterxml.jackson.annotation.JsonProperty(\"marked\")",
        "jackson-databind-2.18.2.jar",
        "jackson-core-2.18.2.jar",
        "jackson-annotations-2.18.2.jar"),
    OLDER_JACKSON_2(
        "@com.fasterxml.jackson.annotation.JsonProperty(\"marked\")",
        "jackson-databind-2.15.4.jar",
        "jackson-core-2.15.4.jar",
        "jackson-annotations-2.15.4.jar"),
    GSON("@com.google.gson.annotations.SerializedName(\"marked\")", "gson-2.10.1.jar");

    final String annotation;
    private final String jars; // set off by spaces: enums hold nothing that changes

    Library(String annotation, String... jars) {
      this.annotation = annotation;
      this.jars = String.join(" ", jars);
    }

    String[] jars() {
      return jars.split(" ");
    }
  }

  @TempDir Path directory;

  private TestJar item(String annotation) {
    return TestJar.of(directory)
        .source(
            "acme.Item",
            """
            package acme;
            public class Item {
              %s public String name;
              public Object value;
              public String getBroken() { return null; }
            }
            """
                .formatted(annotation))
        .source(
            "acme.Twice",
            """
            package acme;
            public class Twice implements java.util.function.Function<Item, java.util.List<Item>> {
              public java.util.List<Item> apply(Item item) {
                if (item.name.equals("loop")) {
                  Item other = new Item();
                  other.value = item;
                  item.value = other;
                }
                return java.util.List.of(item, item);
              }
            }
            """);
  }

  private Path jar(Library library) {
    TestJar jar = item(library.annotation);
    for (String each : library.jars()) {
      jar.library(TestHost.library(each));
    }
    return jar.buildZip(library + ".zip");
  }

  @ParameterizedTest
  @EnumSource
  void json_libraryOfTheArchive_isUsedBothWays(Library library) {
    try (TestHost host = TestHost.deploy(jar(library), "acme.Twice")) {
      Answer answer = host.post(JSON, "{\"marked\":\"a\",\"value\":{\"k\":[1]}}");

      assertThat(answer.text())
          .startsWith("[{")
          .contains("\"marked\":\"a\"", "\"value\":{\"k\":[1");
      assertThat(answer.type()).isEqualTo(JSON);
    }
  }

  @ParameterizedTest
  @EnumSource
  void json_malformed_isRefusedInOneLine(Library library) {
    try (TestHost host = TestHost.deploy(jar(library), "acme.Twice")) {
      assertThat(host.post(JSON, "{\"marked\":").refused())
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("the body is not the JSON that the function takes: ")
          .hasMessageMatching("[^\\n]{1,500}");
      assertThat(host.post(JSON, "[".repeat(100_000)).refused()).isInstanceOf(InputException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void json_resultThatHoldsItself_isTheFunctionsFault(Library library) {
    try (TestHost host = TestHost.deploy(jar(library), "acme.Twice")) {
      Answer answer = host.post(JSON, "{\"marked\":\"loop\"}");

      assertThat(answer.thrown()).isInstanceOf(OutputException.class);
      assertThat(answer.headers().names()).isEmpty();
      assertThat(host.post(JSON, "{\"marked\":\"a\"}").text()).contains("\"a\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void json_loneSurrogate_isStillUtf8(Library library) {
    try (TestHost host = TestHost.deploy(jar(library), "acme.Twice")) {
      String text = host.post(JSON, "{\"marked\":\"a\\ud800b\"}").text();

      assertThat(text).doesNotContain("\uFFFD"); // what broken UTF-8 is read as
    }
  }

  @Test
  void json_several_jackson3GoesFirst() {
    TestJar jar = item("@com.fasterxml.jackson.annotation.JsonProperty(\"marked\")");
    for (Library library : Library.values()) {
      if (library == Library.JACKSON_3 || library == Library.GSON) {
        for (String each : library.jars()) {
          jar.library(TestHost.library(each));
        }
      }
    }
    try (TestHost host = TestHost.deploy(jar.buildZip("both.zip"), "acme.Twice")) {
      assertThat(host.post(JSON, "{\"marked\":\"a\"}").text()).contains("\"marked\":\"a\"");
    }
  }

  @Test
  void json_partOfALibrary_isNone() {
    TestJar jar =
        item("@com.fasterxml.jackson.annotation.JsonProperty(\"marked\")")
            .library(TestHost.library("jackson-databind-2.18.2.jar"))
            .compileOnly(TestHost.library("jackson-annotations-2.18.2.jar"));
    try (TestHost host = TestHost.deploy(jar.buildZip("part.zip"), "acme.Twice")) {
      assertThat(host.post(JSON, "{\"name\":\"a\"}").text()).contains("\"name\":\"a\"");
    }
  }

  @Test
  void json_modulesOfTheArchive_areRegistered() {
    TestJar jar =
        TestJar.of(directory)
            .source(
                "acme.Next",
                """
                package acme;
                import java.time.LocalDate;
                public class Next implements java.util.function.Function<LocalDate, LocalDate> {
                  public LocalDate apply(LocalDate day) { return day.plusDays(1); }
                }
                """)
            .library(TestHost.library("jackson-datatype-jsr310-2.18.2.jar"));
    for (String each : Library.JACKSON_2.jars()) {
      jar.library(TestHost.library(each));
    }
    try (TestHost host = TestHost.deploy(jar.buildZip("modules.zip"), null)) {
      assertThat(host.post(JSON, "\"2026-01-31\"").text()).isEqualTo("[2026,2,1]");
    }
  }

  @Test
  void json_moduleThatLacksAClass_isLeftOut() {
    TestJar jar =
        item("").entry("META-INF/services/com.fasterxml.jackson.databind.Module", "gone.Module\n");
    for (String each : Library.JACKSON_2.jars()) {
      jar.library(TestHost.library(each));
    }
    try (TestHost host = TestHost.deploy(jar.buildZip("broken.zip"), "acme.Twice")) {
      assertThat(host.post(JSON, "{\"name\":\"a\"}").text()).contains("\"name\":\"a\"");
    }
  }

  @Test
  void json_libraryIsTheHostsOwn_theFunctionSeesNothingOfIt() {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Look",
                """
                package acme;
                import java.util.Map;
                public class Look implements java.util.function.Function<Map<String, String>, Map<String, Object>> {
                  public Map<String, Object> apply(Map<String, String> names) {
                    Map<String, Object> seen = new java.util.TreeMap<>();
                    for (String name : names.values()) {
                      try {
                        seen.put(name, Class.forName(name) != null);
                      } catch (ClassNotFoundException e) {
                        seen.put(name, false);
                      }
                    }
                    return seen;
                  }
                }
                """)
            .build("look.jar");
    try (TestHost host = TestHost.deploy(jar, null)) {
      assertThat(
              host.post(
                      JSON,
                      "{\"a\":\"com.google.gson.Gson\",\"b\":\"dev.hearth.signature.spi.Json\","
                          + "\"c\":\"org.springframework.http.RequestEntity\",\"d\":\"java.util.List\"}")
                  .text())
          .isEqualTo(
              "{\"com.google.gson.Gson\":false,\"dev.hearth.signature.spi.Json\":false,"
                  + "\"java.util.List\":true,\"org.springframework.http.RequestEntity\":false}");
    }
  }
}
