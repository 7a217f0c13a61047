package dev.hearth.signature.funqy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionSpec;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of Funqy's functions are bound, and what is refused; the cases are tested over the wire. */
@Timeout(120)
final class FunqyTest {

  @TempDir private Path directory;

  private static String type(String name, String members) {
    return "package fq; import io.quarkus.funqy.*; import java.util.*;\npublic class "
        + name
        + " { "
        + members
        + " }";
  }

  private Path jar(String members) {
    return FunqyJars.api(TestJar.of(directory))
        .source("fq.Functions", type("Functions", members))
        .source("fq.More", type("More", "@Funq public String more() { return \"more\"; }"))
        .build("f.jar");
  }

  private static TestHost deploy(Path jar, @Nullable String handler) {
    return TestHost.deploy(FunctionSpec.builder(jar).handler(handler).build(), null);
  }

  private static String get(TestHost host, String path, String query) {
    return host.send("GET", path, query, Map.of(), new byte[0]).text();
  }

  private static final String TWO =
      "@Funq public String one() { return \"one\"; } @Funq(\"zwei\") public String two() { return"
          + " \"two\"; }";

  @Test
  void handler_saysHowManyOfThem() {
    Path jar = jar(TWO);
    try (TestHost all = deploy(jar, null);
        TestHost ofClass = deploy(jar, "fq.Functions");
        TestHost method = deploy(jar, "fq.Functions::two");
        TestHost named = deploy(jar, "zwei")) {
      assertThat(get(all, "/more", "")).isEqualTo("\"more\"");
      assertThat(get(all, "/zwei", "")).isEqualTo("\"two\"");
      assertThat(ofClass.send("GET", "/more", "", Map.of(), new byte[0]).refused())
          .hasMessageContaining("[one, zwei]");
      assertThat(get(method, "/anything", "")).isEqualTo("\"two\"");
      assertThat(get(named, "/", "")).isEqualTo("\"two\"");
      assertThat(get(named, "/one", "")).isEqualTo("\"one\"");
      assertThat(all.function().handler()).isEqualTo("fq.Functions,fq.More");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@Funq public static void a() {}|public and not static",
        "@Funq void a() {}|public and not static",
        "@Funq public void more() {}|two Funqy functions are named 'more'",
        "@Funq public void a(int x, int y) {}|takes two inputs",
        "@Funq public void a(@Context String x) {}|@Context of type java.lang.String",
        "@Funq public void a(Byte[] x) {}|use byte[]",
        "@Funq @SuppressWarnings(\"rawtypes\") public java.util.concurrent.CompletionStage a() {"
            + " return null; }|say of what type"
      })
  void whatCannotBeBound_isRefused(String method, String reason) {
    // A method that is not public is no function by its class file alone; one that is makes the
    // class count.
    Path jar = jar("@Funq public void ok() {} " + method);

    assertThatThrownBy(() -> deploy(jar, null))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void handler_unknownName_isRefusedWithThoseThereAre() {
    Path jar = jar(TWO);

    assertThatThrownBy(() -> deploy(jar, "three"))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("[one, zwei, more]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numbers=1&numbers=2&numbers=2|[1, 2] null",
        "state=NEW|[] NEW",
        ".x=1&numbers.=3|[] null",
        "a.b.c=1|[] null"
      })
  void query_ofSetsAndEnums_isRead(String query, String text) {
    Path jar =
        FunqyJars.api(TestJar.of(directory))
            .source(
                "fq.Bean",
                type(
                    "Bean",
                    "Set<Integer> numbers = new TreeSet<>(); Thread.State state;"
                        + " public void setNumbers(Set<Integer> value) { numbers = value; }"
                        + " public void setState(Thread.State value) { state = value; }"))
            .source(
                "fq.Functions",
                type(
                    "Functions",
                    "@Funq public String show(Bean in) { return in.numbers + \" \" + in.state; }"))
            .build("q.jar");
    try (TestHost host = deploy(jar, null)) {
      assertThat(get(host, "/show", query)).isEqualTo('"' + text + '"');
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state=OLD|which is no State",
        "state.x=1|leads into",
        "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=1|dots",
        "broken=x|not taken"
      })
  void query_thatDoesNotFit_isRefused(String query, String reason) {
    Path jar =
        FunqyJars.api(TestJar.of(directory))
            .source(
                "fq.Bean",
                type(
                    "Bean",
                    "public void setState(Thread.State value) {} public void setBroken(String"
                        + " value) { throw new IllegalStateException(value); }"))
            .source(
                "fq.Functions",
                type("Functions", "@Funq public String show(Bean in) { return \"shown\"; }"))
            .build("q.jar");
    try (TestHost host = deploy(jar, null)) {
      assertThat(host.send("GET", "/show", query, Map.of(), new byte[0]).refused())
          .hasMessageContaining(reason);
    }
  }

  @Test
  void context_ofHearth_isTheCalls() {
    Path jar =
        FunqyJars.api(TestJar.of(directory).withApi())
            .source(
                "fq.Functions",
                type(
                    "Functions",
                    "private final String name; public Functions(dev.hearth.function.Environment"
                        + " environment) { name = environment.function(); } @Funq public String"
                        + " who(@Context dev.hearth.function.Context context, String in) { return"
                        + " name + \" \" + in + \" \" + context.isCancelled(); }"))
            .build("c.jar");
    try (TestHost host = deploy(jar, null)) {
      assertThat(
              host.send("POST", "/", "", Map.of(), "\"x\"".getBytes(StandardCharsets.UTF_8)).text())
          .isEqualTo("\"f x false\"");
    }
  }
}
