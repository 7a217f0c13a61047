package dev.hearth.http.contract.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.Hearth;
import dev.hearth.http.Contracts;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.Start;
import dev.hearth.http.lambda.XrayTrace;
import dev.hearth.loader.DeployException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Lambda's variables mean. */
class LambdaPlatformTest {

  @TempDir Path work;

  private final Map<String, String> environment =
      new HashMap<>(Map.of("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001"));

  private Start start(String... variables) {
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return new LambdaPlatform().start(environment);
  }

  @Test
  void start_variablesOfTheEnvironment_sayWhatToServe() {
    Start start =
        start(
            "LAMBDA_TASK_ROOT",
            work.toString(),
            "_HANDLER",
            "acme.Hello::greet",
            "AWS_LAMBDA_FUNCTION_NAME",
            "my_function-1",
            "HEARTH_LOG",
            "text",
            "MINE",
            "x");

    assertThat(start.archive()).isEqualTo(new Start.Said<>(work, "LAMBDA_TASK_ROOT"));
    assertThat(start.handler()).isEqualTo(new Start.Said<>("acme.Hello::greet", "_HANDLER"));
    assertThat(start.name())
        .isEqualTo(new Start.Said<>("my_function-1", "AWS_LAMBDA_FUNCTION_NAME"));
    assertThat(start.concurrency()).isNull();
    assertThat(start.listen()).isNull();
    assertThat(start.runTimeout()).isNull();
    assertThat(start.variables())
        .containsEntry("MINE", "x")
        .containsEntry("AWS_LAMBDA_FUNCTION_NAME", "my_function-1")
        .doesNotContainKey("HEARTH_LOG");
  }

  @Test
  void start_taskRootThatIsNotThere_isTheWorkingDirectory() {
    for (String root : new String[] {work.resolve("gone").toString(), ""}) {
      Start start = start("LAMBDA_TASK_ROOT", root);

      assertThat(start.archive())
          .isEqualTo(new Start.Said<>(Path.of("").toAbsolutePath(), "working directory"));
    }
  }

  @Test
  void start_layers_areTheirJarsByName() throws IOException {
    Path lib = Files.createDirectories(work.resolve("java/lib"));
    for (String name : new String[] {"b.jar", "a.jar", "A.jar", "c.JAR", ".jar", "d.zip"}) {
      Files.createFile(lib.resolve(name));
    }

    assertThat(start("HEARTH_LAMBDA_LAYERS", work.toString()).behind())
        .containsExactly(lib.resolve("A.jar"), lib.resolve("a.jar"), lib.resolve("b.jar"));
    assertThat(start("HEARTH_LAMBDA_LAYERS", work.resolve("gone").toString()).behind()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "1, 1", "0, -1", "-2, -1"})
  void start_concurrency_zeroAndLessIsTheClassicWay(String said, int expected) {
    Start.Said<Integer> concurrency = start("AWS_LAMBDA_MAX_CONCURRENCY", said).concurrency();

    assertThat(concurrency == null ? -1 : concurrency.value()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "AWS_LAMBDA_RUNTIME_API, ``",
        "AWS_LAMBDA_RUNTIME_API, localhost",
        "AWS_LAMBDA_RUNTIME_API, http://localhost:9001",
        "AWS_LAMBDA_RUNTIME_API, localhost:9001/2018-06-01",
        "AWS_LAMBDA_RUNTIME_API, localhost:0",
        "AWS_LAMBDA_RUNTIME_API, localhost:65536",
        "AWS_LAMBDA_RUNTIME_API, localhost:+1",
        "AWS_LAMBDA_RUNTIME_API, ::1:9001",
        "AWS_LAMBDA_RUNTIME_API, a b:1",
        "AWS_LAMBDA_MAX_CONCURRENCY, 10001",
        "AWS_LAMBDA_LOG_LEVEL, loud",
        "AWS_LAMBDA_LOG_FORMAT, xml",
        "HEARTH_LAMBDA_RESPONSE, stream",
        "HEARTH_LAMBDA_CONTENT_TYPE, ` `",
      })
  void start_valueMakesNoSense_namesVariable(String name, String value) {
    assertThatThrownBy(() -> start(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " is ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "info", "UNDEFINED"})
  void start_logLevel_isReadWithoutCase(String level) {
    assertThat(start("AWS_LAMBDA_LOG_LEVEL", level, "AWS_LAMBDA_LOG_FORMAT", "Text").handler())
        .isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:9001, 127.0.0.1, 9001",
    "sandbox.local_domain:80, sandbox.local_domain, 80",
    "[::1]:65535, ::1, 65535"
  })
  void address_hostAndPort_areTakenApart(String text, String host, int port) {
    ApiAddress address = ApiAddress.parse(text);

    assertThat(address).isEqualTo(new ApiAddress(host, port));
    assertThat(address.authority()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1,"
            + " 00-5bef4de7ad49b0e87f6ef6c87fc2e700-9a9197af755a6419-01",
        "Sampled=0;Lineage=1:a:0;Parent=9a9197af755a6419;Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700,"
            + " 00-5bef4de7ad49b0e87f6ef6c87fc2e700-9a9197af755a6419-00",
        "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1, null",
        "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e70;Parent=9a9197af755a6419;Sampled=1, null",
        "Root=2-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1, null",
        "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=0000000000000000;Sampled=1, null",
        "Root=1-00000000-000000000000000000000000;Parent=9a9197af755a6419;Sampled=1, null",
        "nonsense, null",
        "null, null",
      })
  void trace_ofXray_isThatOfTheW3c(String header, String traceparent) {
    assertThat(XrayTrace.traceparent(header)).isEqualTo(traceparent);
  }

  @Test
  void open_notExactlyOneFunction_isRefused() {
    try (Hearth hearth = Hearth.builder().build();
        Contract contract = Contracts.create("lambda", hearth, environment)) {
      assertThatThrownBy(contract::open)
          .isInstanceOf(DeployException.class)
          .hasMessageContaining("contract lambda calls one function, but 0 are deployed");
      assertThat(contract.defaults().isNowhere()).isTrue();
      assertThat(contract.calls()).isEqualTo("http://127.0.0.1:9001");
    }
  }
}
