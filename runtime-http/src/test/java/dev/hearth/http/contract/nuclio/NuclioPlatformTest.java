package dev.hearth.http.contract.nuclio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.http.contract.Start;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Nuclio's variables mean, and where the function is found. */
class NuclioPlatformTest {

  @TempDir Path work;
  private Path home;

  private final Map<String, String> environment = new HashMap<>(Map.of("HEARTH_PORT", "4000"));

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createDirectory(work.resolve("home"));
    environment.put("HEARTH_NUCLIO_HOME", home.toString());
  }

  /** A wrapper jar with classes in it. */
  private Path merged() {
    return TestJar.of(home)
        .entry("example/N$Echo.class", "")
        .entry("example/Upper.class", "")
        .build("nuclio-java-wrapper.jar");
  }

  private Start start(String... variables) {
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return new NuclioPlatform().start(environment);
  }

  @Test
  void start_variablesOfTheProcessor_sayWhatToServe() {
    Start start =
        start("NUCLIO_FUNCTION_NAME", "fn-1", "NUCLIO_FUNCTION_HANDLER", "acme.Hello", "MINE", "x");

    assertThat(start.name()).isEqualTo(new Start.Said<>("fn-1", "NUCLIO_FUNCTION_NAME"));
    assertThat(start.handler())
        .isEqualTo(new Start.Said<>("acme.Hello", "NUCLIO_FUNCTION_HANDLER"));
    assertThat(start.initTimeout())
        .isEqualTo(new Start.Said<>(Duration.ofMinutes(2), "Nuclio's processor"));
    assertThat(start.archive()).isNull();
    assertThat(start.runTimeout()).isNull();
    assertThat(start.variables())
        .containsEntry("MINE", "x")
        .containsEntry("NUCLIO_FUNCTION_NAME", "fn-1")
        .doesNotContainKey("HEARTH_PORT");
  }

  @ParameterizedTest
  @CsvSource({
    "acme.Hello, acme.Hello",
    "module:acme.Hello, acme.Hello",
    "module:acme.Hello::greet, acme.Hello::greet",
    "hello:, ",
    "' ', "
  })
  void start_handler_isWhatFollowsTheModule(String said, String handler) {
    Start start = start("NUCLIO_FUNCTION_HANDLER", said);

    assertThat(start.handler() == null ? null : start.handler().value()).isEqualTo(handler);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0", "-1", "65536", "1.5"})
  void start_portThatIsNone_isRefused(String port) {
    assertThatThrownBy(() -> start("HEARTH_PORT", port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HEARTH_PORT")
        .hasMessageContaining(port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1023", "2147483648"})
  void start_boundThatIsNone_isRefused(String bytes) {
    assertThatThrownBy(() -> start("HEARTH_NUCLIO_LINE_BYTES", bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HEARTH_NUCLIO_LINE_BYTES is '" + bytes + "'");
  }

  @Test
  void archive_ofNucliosBuild_isFoundInItsPlace() throws Exception {
    Path merged = Files.createFile(home.resolve("nuclio-java-wrapper.jar"));
    assertThat(start().archive()).isEqualTo(new Start.Said<>(merged, "Nuclio's build"));

    Path handler = Files.createFile(home.resolve("user-handler.jar"));
    assertThat(start().archive()).isEqualTo(new Start.Said<>(handler, "Nuclio's build"));
  }

  @Test
  void archive_besideTheWrapper_goesFirst() throws Exception {
    Files.createFile(home.resolve("user-handler.jar"));
    Path lib = Files.createDirectory(work.resolve("lib"));
    Path wrapper = Files.createFile(lib.resolve("nuclio-wrapper.jar"));
    Path beside = Files.createFile(lib.resolve("user-handler.jar"));

    assertThat(start("HEARTH_NUCLIO_WRAPPER", wrapper.toString()).archive())
        .isEqualTo(new Start.Said<>(beside, "Nuclio's build"));
  }

  @Test
  void archive_wrapperItselfWithTheHandlerInIt_goesFirst() throws Exception {
    Path wrapper = merged();
    Files.createFile(home.resolve("user-handler.jar"));

    for (String handler :
        new String[] {"example.N$Echo", "example.Upper::apply", "example.Upper|x"}) {
      assertThat(
              start("HEARTH_NUCLIO_WRAPPER", wrapper.toString(), "HEARTH_HANDLER", handler)
                  .archive())
          .isEqualTo(new Start.Said<>(wrapper, "HEARTH_NUCLIO_WRAPPER"));
    }
  }

  @Test
  void archive_wrapperInTheBuildsPlace_isNotTakenForTheFunction() throws Exception {
    Path wrapper = merged();

    assertThatThrownBy(
            () -> start("HEARTH_NUCLIO_WRAPPER", wrapper.toString(), "HEARTH_HANDLER", "acme.Gone"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("acme.Gone")
        .hasMessageContaining(home.resolve("user-handler.jar").toString())
        .hasMessageContaining("HEARTH_ARCHIVE");
    assertThat(start("HEARTH_ARCHIVE", "some.jar").archive()).isNull();
  }
}
