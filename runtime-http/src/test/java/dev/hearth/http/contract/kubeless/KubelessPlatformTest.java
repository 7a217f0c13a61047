package dev.hearth.http.contract.kubeless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the platforms' variables say. */
final class KubelessPlatformTest {

  private static final Map<String, String> KUBELESS =
      Map.of(
          "MOD_NAME", "Foo",
          "FUNC_HANDLER", "foo",
          "FUNC_TIMEOUT", "180",
          "FUNC_RUNTIME", "java11",
          "FUNC_MEMORY_LIMIT", "0",
          "FUNC_PORT", "8080");

  private static Start start(Map<String, String> environment) {
    return new KubelessPlatform().start(environment);
  }

  private static Start with(String... pairs) {
    Map<String, String> environment = new HashMap<>(KUBELESS);
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return start(environment);
  }

  private static <T> T value(Start.Said<T> said) {
    return Objects.requireNonNull(said).value();
  }

  @Test
  void start_kubelessVariables_sayWhatIsServed() {
    Start start = start(KUBELESS);

    assertThat(value(start.handler())).isEqualTo("Foo::foo");
    assertThat(start.handler().variable()).isEqualTo("MOD_NAME and FUNC_HANDLER");
    assertThat(value(start.archive())).isEqualTo(Path.of("/kubeless"));
    assertThat(value(start.runTimeout())).isEqualTo(Duration.ofMinutes(3));
    assertThat(value(start.listen())).isEqualTo(new Listen("0.0.0.0", 8080));
    assertThat(start.variables())
        .containsEntry("FUNC_HANDLER", "foo")
        .containsEntry("FUNC_RUNTIME", "java11")
        .containsEntry("FUNC_MEMORY_LIMIT", "0")
        .doesNotContainKey("PUBLISHER_PROXY_ADDRESS");
    assertThat(start.concurrency()).isNull();
  }

  @Test
  void start_nothingSet_hasTheDefaults() {
    Start start = start(Map.of());

    assertThat(start.handler()).isNull();
    assertThat(start.listen()).isNull();
    assertThat(start.name()).isNull();
    assertThat(value(start.runTimeout())).isEqualTo(Duration.ofMinutes(3));
    assertThat(value(start.archive())).isEqualTo(Path.of("/kubeless"));
  }

  @Test
  void kubeless_case_K16_Y16_port_isTheOneThatIsSetAndAnEmptyOneIsNone() {
    assertThat(value(with("FUNC_PORT", "9090").listen()).port()).isEqualTo(9090);
    assertThat(with("FUNC_PORT", "").listen()).isNull();
    assertThat(value(with("SERVER_PORT", "7070", "FUNC_PORT", "9090").listen()).port())
        .isEqualTo(7070);
    assertThat(value(with("SERVER_HOST", "127.0.0.1").listen()))
        .isEqualTo(new Listen("127.0.0.1", 8080));
  }

  @ParameterizedTest
  @CsvSource({
    "FUNC_PORT,80a",
    "FUNC_PORT,65536",
    "SERVER_PORT,-1",
    "FUNC_TIMEOUT,0",
    "FUNC_TIMEOUT,soon",
    "FUNC_TIMEOUT,1.5",
    "SERVER_NUMTHREADS,0"
  })
  void start_valueThatMakesNoSense_namesTheVariable(String name, String value) {
    assertThatThrownBy(() -> with(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name + " is '" + value + "'")
        .hasMessageContaining("must be a whole number");
  }

  @Test
  void start_shutdownTimeout_isWhatCallsAreGivenToEnd() {
    assertThat(value(with("SHUTDOWN_TIMEOUT", "10").drain())).isEqualTo(Duration.ofSeconds(10));
    assertThat(with().drain()).isNull();
  }

  @Test
  void start_kymasNewNames_goFirst() {
    Start start =
        with(
            "HANDLER_MOD_NAME", "com.acme.New",
            "HANDLER_FUNC_NAME", "run",
            "FUNC_NAME", "orders",
            "SERVER_NUMTHREADS", "7",
            "CHERRYPY_NUMTHREADS", "9");

    assertThat(value(start.handler())).isEqualTo("com.acme.New::run");
    assertThat(value(start.name())).isEqualTo("orders");
    assertThat(value(start.concurrency())).isEqualTo(7);
    assertThat(start.variables())
        .containsEntry(
            "PUBLISHER_PROXY_ADDRESS",
            "http://eventing-publisher-proxy.kyma-system.svc.cluster.local/publish");
  }

  @Test
  void start_kymasDefaultForPython_leavesTheHandlerToTheArchive() {
    Map<String, String> kyma =
        Map.of("SERVICE_NAMESPACE", "default", "MOD_NAME", "handler", "FUNC_HANDLER", "main");

    assertThat(start(kyma).handler()).isNull();
    assertThat(value(start(Map.of("MOD_NAME", "handler", "FUNC_HANDLER", "main")).handler()))
        .isEqualTo("handler::main");
  }

  @ParameterizedTest
  @CsvSource({
    "com_acme_Foo,com.acme.Foo",
    "Foo_Bar,Foo_Bar",
    "my_handler,my_handler",
    "com.acme_x.Foo,com.acme_x.Foo",
    "Foo_,Foo_"
  })
  void start_packageWrittenWithUnderscores_isOne(String name, String className) {
    assertThat(value(with("MOD_NAME", name).handler())).isEqualTo(className + "::foo");
  }

  @Test
  void start_handlerWithoutAMethod_isTheClass() {
    assertThat(value(with("FUNC_HANDLER", "").handler())).isEqualTo("Foo");
  }

  @Test
  void start_volumeOfKubelessBuild_isItsJar(@TempDir Path volume) throws IOException {
    Path built = volume.resolve("function/target/function-1.0-SNAPSHOT.jar");
    Files.createDirectories(built.getParent());

    assertThat(value(with("KUBELESS_INSTALL_VOLUME", volume.toString()).archive()))
        .isEqualTo(volume);
    Files.createFile(built);
    Path library = Files.createDirectory(volume.resolve("lib")).resolve("gson.jar");
    Files.createFile(library);
    assertThat(with("KUBELESS_INSTALL_VOLUME", volume.toString()).behind())
        .containsExactly(library);
    assertThat(value(with("KUBELESS_INSTALL_VOLUME", volume.toString()).archive()))
        .isEqualTo(built);
    assertThat(
            value(
                with("FUNCTION_PATH", "/code", "KUBELESS_INSTALL_VOLUME", volume.toString())
                    .archive()))
        .isEqualTo(Path.of("/code"));
  }
}
