package dev.hearth.signature.micronaut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of Micronaut's functions are bound, and what is refused; the cases are tested over the wire. */
@Timeout(120)
final class MicronautTest {

  private static final Path API =
      TestHost.provided("micronaut-function").resolve("micronaut-function-4.10.20.jar");

  @TempDir private Path directory;

  private static String type(String declaration) {
    return "package mn; import io.micronaut.function.FunctionBean; import java.util.function.*;\n"
        + declaration;
  }

  private Path jar(String declaration) {
    return TestJar.of(directory)
        .compileOnly(API)
        .source("mn.A", type(declaration))
        .source(
            "mn.B",
            type(
                "@FunctionBean public class B implements Supplier<String> { public String get() {"
                    + " return \"b\"; } }"))
        .build("f.jar");
  }

  @ParameterizedTest
  @CsvSource({
    "UpperCaseFunction,upper-case-function",
    "HTTPCall,httpcall",
    "aB,a-b",
    "Plain,plain",
    "X2Y,x2-y"
  })
  void names_areHyphenatedAtTheWords(String name, String hyphenated) {
    assertThat(Names.hyphenated(name)).isEqualTo(hyphenated);
  }

  @Test
  void handler_saysWhich() {
    Path jar =
        jar(
            "public class A { @FunctionBean public Supplier<String> one() { return () -> \"1\"; }"
                + " @FunctionBean public Supplier<String> two() { return () -> \"2\"; } }");
    try (TestHost method = TestHost.deploy(jar, "mn.A::two");
        TestHost named = TestHost.deploy(jar, "one");
        TestHost all = TestHost.deploy(jar, null)) {
      assertThat(method.send("GET", "/any", "", Map.of(), new byte[0]).text()).isEqualTo("2");
      assertThat(named.send("GET", "/", "", Map.of(), new byte[0]).text()).isEqualTo("1");
      assertThat(all.send("GET", "/b", "", Map.of(), new byte[0]).text()).isEqualTo("b");
      assertThat(all.send("GET", "/", "", Map.of(), new byte[0]).refused())
          .hasMessageContaining("[one, two, b]");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "@FunctionBean public class A { public int a() { return 1; } public int b() { return 2; }"
            + " }|2 public methods",
        "@FunctionBean(method = \"c\") public class A { public int a() { return 1; } }|0 public"
            + " methods named c",
        "@FunctionBean(\"b\") public class A implements Supplier<String> { public String get() {"
            + " return \"\"; } }|two functions are named 'b'",
        "public class A { @FunctionBean public Supplier<String> one(int x) { return null; } }|it"
            + " must take nothing",
        "public class A { @FunctionBean public String one() { return null; } }|give a function",
        "@FunctionBean public class A implements BiFunction<String, String, String> { public String"
            + " apply(String a, String b) { return a; } }|-parameters",
        "@FunctionBean(method = \"a\") public class A { public int a(int x, int y, int z) { return"
            + " 1; } }|more than two"
      })
  void whatCannotBeBound_isRefused(String declaration, String reason) {
    Path jar = jar(declaration);

    assertThatThrownBy(() -> TestHost.deploy(jar, null))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void handler_unknownName_isRefused() {
    Path jar =
        jar(
            "@FunctionBean public class A implements Supplier<String> { public String get() {"
                + " return \"\"; } }");

    assertThatThrownBy(() -> TestHost.deploy(jar, "c")).hasMessageContaining("no function 'c'");
  }
}
