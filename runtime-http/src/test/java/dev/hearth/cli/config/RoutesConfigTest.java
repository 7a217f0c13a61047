package dev.hearth.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.route.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes in a file, and functions that are read from JSON as from a file. */
final class RoutesConfigTest {

  private static final String TWO =
      """
      functions:
        stable: {archive: a.jar}
        canary: {archive: b.jar}
      """;

  private final Path directory;

  RoutesConfigTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("hearth.yaml"), text);
  }

  private String refused(String text) throws IOException {
    Path file = file(text);
    return catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(file))
        .problems()
        .get(0)
        .message();
  }

  @Test
  void read_routes_areWeightsInTheOrderOfTheFile() throws IOException {
    Map<String, Route> routes =
        ConfigFile.read(file(TWO + "routes:\n  resize: {stable: 95, canary: 5, sticky: X-User}\n"))
            .routes();

    assertThat(routes.get("resize").targets())
        .containsExactly(new Route.Target("stable", 95), new Route.Target("canary", 5));
    assertThat(routes.get("resize").sticky()).isEqualTo("X-User");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resize: {stable: -5} | routes.resize.stable is '-5'; expected a weight: a whole number within 0 to 10000",
        "resize: {stable: 1000000000} | routes.resize.stable is '1000000000'; expected a weight",
        "resize: {stable: 10001} | routes.resize.stable is '10001'; expected a weight",
        "resize: {stable: 1.5} | routes.resize.stable is '1.5'; expected a weight",
        "resize: {stable: '1'} | expected a weight",
        "resize: {stable: 0, canary: 0} | routes.resize: the weights of a route sum to 0",
        "resize: {} | routes.resize: the weights of a route sum to 0",
        "resize: {canari: 1} | routes.resize leads to function 'canari', which is not under functions; did you mean",
        "canary: {stable: 1} | routes.canary hides the function of that name",
        "resize: [stable] | routes.resize is a list; expected a mapping",
        "a/b: {stable: 1} | routes: name 'a/b' is not allowed",
        "resize: {stable: 1, sticky: 'a b'} | routes.resize.sticky is 'a b'; expected the name of a header",
        "resize: {stable: 1, sticky: -5} | routes.resize.sticky is '-5'",
      })
  void C09_routesThatCannotBe_areRefused(String routes, String message) throws IOException {
    assertThat(refused(TWO + "routes:\n  " + routes + "\n")).contains(message);
  }

  @Test
  void documents_readAgainAsJson_areTheSameSettings() throws IOException {
    Files.writeString(directory.resolve("token.txt"), "s3cret");
    Path file =
        file(
            """
            functions:
              resize:
                archive: resize.jar
                handler: acme.Resize
                instances: {min: 1, max: 4, concurrency: 16, queue: 0, idle: 10m}
                timeout: {run: 500ms}
                threads: platform
                env: {BUCKET: pictures, N: 012, Y: yes, E: "5", Z: '~', U: "\u00e9\n"}
                properties: {quality: 80}
                secrets: {token: token.txt}
                pools: [orders]
            pools:
              orders: {url: "jdbc:x:y"}
            routes: {r: {resize: 3}}
            """);
    FunctionSettings settings = ConfigFile.read(file).functions().get("resize");

    Map<String, String> documents = ConfigFile.documents(file);
    FunctionSettings again =
        ConfigFile.function("resize", documents.get("resize"), directory, Set.of("orders"), null);

    assertThat(again).isEqualTo(settings);
    assertThat(again.revision()).isEqualTo(settings.revision()).hasSize(16);
    assertThat(ConfigFile.routes(documents.get(""))).isEqualTo(ConfigFile.read(file).routes());
  }

  @Test
  void revision_isOfTheSettingsNotOfTheArchive() {
    FunctionSettings one = FunctionSettings.of("f", Path.of("a.jar"), null);

    assertThat(one.withArchive(Path.of("b.jar")).revision()).isEqualTo(one.revision());
    assertThat(one.withHandler("x.Y").revision()).isNotEqualTo(one.revision());
    assertThat(one.withEnv(Map.of("A", "b")).revision()).isNotEqualTo(one.revision());
  }

  @Test
  void function_archiveGivenBeside_needsNoneInTheText() {
    Path archive = directory.resolve("up.jar");

    assertThat(ConfigFile.function("f", "{}", directory, Set.of(), archive).archive())
        .isEqualTo(archive);
    assertThat(ConfigFile.function("f", "", directory, Set.of(), archive).archive())
        .isEqualTo(archive);
    assertThat(
            catchThrowableOfType(
                    ConfigException.class,
                    () ->
                        ConfigFile.function(
                            "f", "{\"pools\":[\"x\"]}", directory, Set.of(), archive))
                .getMessage())
        .isEqualTo(
            "spec of 'f':1:10: functions.f.pools names pool 'x', which is not under pools; none is declared");
  }
}
