package dev.hearth.http.contract.azure;

import static dev.hearth.http.contract.azure.AzureApp.httpIn;
import static dev.hearth.http.contract.azure.AzureApp.httpOut;
import static dev.hearth.http.contract.azure.AzureApp.queueIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hearth.http.Contracts;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Printed;
import dev.hearth.http.contract.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What variables and the app folder say. */
final class AzurePlatformTest {

  @TempDir Path directory;

  private static Start start(String... pairs) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return new AzurePlatform().start(environment);
  }

  private HostJson host(String json, String... pairs) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return HostJson.read(AzureApp.in(directory).hostJson(json).root(), environment);
  }

  @Test
  void platform_isKnownByName() {
    assertThat(Contracts.platform("azure").printed()).isEqualTo(Printed.RAW);
    assertThat(Contracts.platform("azure").needsFunction()).isTrue();
  }

  @Test
  void azure_case_01_02_portVariables_sayWhereToListen() {
    Start.Said<Listen> newer =
        Objects.requireNonNull(
            start("FUNCTIONS_CUSTOMHANDLER_PORT", "4000", "FUNCTIONS_HTTPWORKER_PORT", "4001")
                .listen());
    Start.Said<Listen> older =
        Objects.requireNonNull(start("FUNCTIONS_HTTPWORKER_PORT", "4001").listen());

    assertThat(newer)
        .isEqualTo(new Start.Said<>(new Listen("127.0.0.1", 4000), "FUNCTIONS_CUSTOMHANDLER_PORT"));
    assertThat(older.value()).isEqualTo(new Listen("127.0.0.1", 4001));
    assertThat(start().listen()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"x", "-1", "65536", "80 80", "0x50", "999999"})
  void start_portThatIsNone_isRefused(String port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start("FUNCTIONS_CUSTOMHANDLER_PORT", port))
        .withMessageContaining("FUNCTIONS_CUSTOMHANDLER_PORT is '" + port + "'");
  }

  @Test
  void start_appFolder_saysTheFunctions() {
    AzureApp app =
        AzureApp.in(directory)
            .hostJson("{}")
            .file("app.jar", "")
            .file("lib/other.jar", "")
            .file("notes/readme.md", "")
            .function("items", "acme.F.items", httpIn(), httpOut("res"))
            .file(
                "Ship/function.json",
                "\uFEFF// made\n{\"scriptFile\": \"../app.jar\", \"bindings\": ["
                    + queueIn("q")
                    + "]}");

    Start start = start("FUNCTIONS_APP_ROOT_PATH", app.root().toString());

    assertThat(start.functions())
        .containsExactly(
            new Start.Function(
                "Ship",
                app.root().resolve("app.jar"),
                null,
                app.root().resolve("Ship/function.json").toString()),
            new Start.Function(
                "items",
                null,
                "acme.F::items",
                app.root().resolve("items/function.json").toString()));
    assertThat(Objects.requireNonNull(start.archive()).value())
        .isEqualTo(app.root().resolve("app.jar"));
    assertThat(Objects.requireNonNull(start.name()).value()).isEqualTo("app");
  }

  @Test
  void start_sampleApp_isRead() {
    Path sample = Path.of(System.getProperty("hearth.root"), "samples", "azure", "app");

    Start start = start("FUNCTIONS_APP_ROOT_PATH", sample.toString());

    assertThat(start.functions())
        .extracting(Start.Function::handler)
        .containsExactly(
            "com.example.azure.Orders::hello",
            "com.example.azure.Orders::order",
            "com.example.azure.Orders::ship");
    assertThat(HostJson.read(sample, Map.of()).timeout()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void start_severalJars_sayNothing() {
    AzureApp app = AzureApp.in(directory).hostJson("{}").file("a.jar", "").file("b.jar", "");

    Start start = start("FUNCTIONS_APP_ROOT_PATH", app.root().toString());

    assertThat(start.archive()).isNull();
    assertThat(start.functions()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{]|not JSON",
        "[]|is no JSON object",
        "{}|has no trigger",
        "{\"bindings\": [{\"type\": \"http\", \"direction\": \"out\", \"name\": \"r\"}]}|has no trigger"
      })
  void start_functionJsonThatIsNone_isRefusedByName(String json, String problem) {
    AzureApp app = AzureApp.in(directory).hostJson("{}").file("f/function.json", json);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> start("FUNCTIONS_APP_ROOT_PATH", app.root().toString()))
        .withMessageContaining("function.json")
        .withMessageContaining(problem);
  }

  @Test
  void start_folderThatIsNotThere_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start("FUNCTIONS_APP_ROOT_PATH", directory.resolve("none").toString()))
        .withMessageContaining("FUNCTIONS_APP_ROOT_PATH is '");
  }

  @ParameterizedTest
  @CsvSource({
    "acme.F.run, acme.F::run",
    "acme.Outer.Inner.run, acme.Outer.Inner::run",
    "acme.F.Run, acme.F::Run",
    "acme.klass.run, acme.klass::run",
    "acme.F, acme.F",
    "F.run, F::run",
    "F, F",
    "acme.F::run, acme.F::run",
    "acme.F#run, acme.F#run",
    "acme.A|acme.B, acme.A|acme.B",
    "'', ",
  })
  void entryPoint_isAHandler(String entryPoint, @Nullable String handler) {
    assertThat(FunctionJson.handler(entryPoint)).isEqualTo(handler);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|PT30M",
        "{\"functionTimeout\": \"00:05:00\"}|PT5M",
        "{\"FunctionTimeout\": \"1.00:00:01.5\"}|PT24H1S",
        "{\"functionTimeout\": \"-1\"}|",
        "{\"functionTimeout\": -1}|",
      })
  void hostJson_functionTimeout_isReadAsTheHostDoes(String json, @Nullable String expected) {
    assertThat(host(json).timeout()).isEqualTo(expected == null ? null : Duration.parse(expected));
  }

  @Test
  void hostJson_noTimeoutOnConsumption_isFiveMinutes() {
    assertThat(host("{}", "WEBSITE_SKU", "Dynamic").timeout()).isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @CsvSource({"5m", "00:00:00", "5", "00:05", "a:b:c"})
  void hostJson_timeoutThatIsNone_isRefused(String timeout) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> host("{\"functionTimeout\": \"" + timeout + "\"}"))
        .withMessageContaining("host.json: functionTimeout is '" + timeout + "'");
  }

  @Test
  void hostJson_modesAndPrefix_areRead() {
    HostJson plain = host("{\"customHandler\": {\"description\": {}}, \"httpWorker\": {}}");
    assertThat(plain.forwards()).isFalse();
    assertThat(plain.routePrefix()).isEqualTo("api");

    HostJson both =
        host(
            "{\"customHandler\": {\"enableForwardingHttpRequest\": true}, /* \" */"
                + " \"extensions\": {\"http\": {\"routePrefix\": \"/v1/shop/\"}}} // end");
    assertThat(both.forwards()).isTrue();
    assertThat(both.byName()).isFalse();
    assertThat(both.routePrefix()).isEqualTo("v1/shop");

    HostJson older = host("{\"httpWorker\": {\"description\": {}}}");
    assertThat(older.forwards()).isTrue();
    assertThat(older.byName()).isTrue();
  }

  @Test
  void hostJson_settingOfTheApp_goesBefore() {
    HostJson host =
        host(
            "{\"functionTimeout\": \"00:05:00\"}",
            "AzureFunctionsJobHost__functionTimeout",
            "00:01:00",
            "AzureFunctionsJobHost__customHandler__enableForwardingHttpRequest",
            "true");

    assertThat(host.timeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(host.forwards()).isTrue();
  }

  @Test
  void comments_areBlankedOutsideOfTexts() {
    assertThat(ConfigJson.withoutComments("{// x \"y\n1}")).isEqualTo("{       \n1}");
    assertThat(ConfigJson.withoutComments("/* a\n*/1")).isEqualTo("       1");
    assertThat(ConfigJson.withoutComments("1 /* open")).isEqualTo("1        ");
    assertThat(ConfigJson.withoutComments("\"a//b\": \"\\\"/* c */\""))
        .isEqualTo("\"a//b\": \"\\\"/* c */\"");
    assertThat(ConfigJson.withoutComments("1 /")).isEqualTo("1 /");
  }
}
