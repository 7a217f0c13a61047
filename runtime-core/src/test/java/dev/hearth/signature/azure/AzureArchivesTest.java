package dev.hearth.signature.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.WireCall;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which copies of the vendor's API and of Gson count. */
@Timeout(120)
final class AzureArchivesTest {

  private static final String WORLD =
      """
      @FunctionName("world")
      public String world(@HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> request) {
        StringBuilder seen = new StringBuilder();
        for (String name : new String[] {"com.google.gson.Gson", "dev.hearth.signature.azure.AzureGlue",
            "dev.hearth.cloudevents.JsonText", "dev.hearth.signature.spi.Binding", "org.slf4j.Logger"}) {
          try {
            seen.append(Class.forName(name).getClassLoader() == getClass().getClassLoader() ? "own " : "other ");
          } catch (ClassNotFoundException e) {
            seen.append("- ");
          }
        }
        boolean own = HttpRequestMessage.class.getClassLoader() == getClass().getClassLoader();
        return seen.append(own).toString();
      }
      """;

  @TempDir private Path directory;
  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  private FunctionHandle deploy(Path archive) {
    return hearth.deploy(
        archive.getFileName().toString().replace('.', '-'), FunctionSpec.of(archive));
  }

  @Test
  void api_asItIsProvided_isTheFunctionsAlone() {
    Path thin = AzureJar.of(directory).source("acme.F", AzureJar.type("F", WORLD)).build("f.jar");

    assertThat(WireCall.post("").text(deploy(thin))).isEqualTo("own - - - - true");
  }

  @Test
  void gson_ofTheArchive_isTheOneThatBinds() {
    String source =
        """
        public static class Named { @com.google.gson.annotations.SerializedName("first_name") String name; }
        @FunctionName("gson")
        public Named gson(@HttpTrigger(name = "req") HttpRequestMessage<Named> request) {
          request.getBody().name += "!";
          return request.getBody();
        }
        """;
    TestJar old =
        AzureJar.of(directory)
            .source("acme.F", AzureJar.type("F", source))
            .library(TestHost.library("gson-2.3.1.jar"));
    TestJar none =
        AzureJar.of(directory)
            .source("acme.F", AzureJar.type("F", source))
            .compileOnly(TestHost.provided("azure").resolve("gson.jar"));

    assertThat(WireCall.post("{\"first_name\":\"a\"}").text(deploy(old.buildFat("fat.jar"))))
        .isEqualTo("{\"first_name\":\"a!\"}");
    assertThat(WireCall.post("{\"first_name\":\"a\"}").text(deploy(none.build("thin.jar"))))
        .isEqualTo("{\"first_name\":\"a!\"}");
  }

  @Test
  void jackson_ofTheArchive_isNotAsked() {
    String source =
        """
        public static class Point { private int x; private String secret = "s"; }
        @FunctionName("point")
        public Point point(@HttpTrigger(name = "req") HttpRequestMessage<Point> request) { return request.getBody(); }
        """;
    Path fat =
        AzureJar.of(directory)
            .source("acme.F", AzureJar.type("F", source))
            .library(TestHost.library("jackson-databind-2.18.2.jar"))
            .library(TestHost.library("jackson-core-2.18.2.jar"))
            .library(TestHost.library("jackson-annotations-2.18.2.jar"))
            .buildFat("fat.jar");

    assertThat(WireCall.post("{\"x\":1,\"unknown\":2}").text(deploy(fat)))
        .isEqualTo("{\"x\":1,\"secret\":\"s\"}");
  }

  @Test
  void archive_asTheVendorsToolsPackIt_isServed() {
    Path zip =
        AzureJar.of(directory)
            .source("acme.F", AzureJar.type("F", WORLD))
            .library(AzureJar.CORE)
            .buildZip("app.zip");

    assertThat(WireCall.post("").text(deploy(zip))).endsWith("true");
  }

  @Test
  void statics_ofTwoFunctionsOfOneArchive_areApart() {
    String source =
        """
        static int calls;
        @FunctionName("a") public static String a(@HttpTrigger(name = "req") String s) { return "a" + ++calls; }
        @FunctionName("b") public static String b(@HttpTrigger(name = "req") String s) { return "b" + ++calls; }
        """;
    Path jar = AzureJar.of(directory).source("acme.F", AzureJar.type("F", source)).build("f.jar");
    FunctionHandle a = hearth.deploy("a", FunctionSpec.builder(jar).handler("a").build());
    FunctionHandle b = hearth.deploy("b", FunctionSpec.builder(jar).handler("b").build());

    assertThat(WireCall.post("").text(a)).isEqualTo("a1");
    assertThat(WireCall.post("").text(b)).isEqualTo("b1");
    assertThat(WireCall.post("").text(a)).isEqualTo("a2");
  }
}
