package dev.hearth.http.contract.gcf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Request;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Start;
import dev.hearth.http.testing.TestHost;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.loader.DeployException;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the platform's variables mean; the numbers are those of the contract's checklist. */
class GcfPlatformTest {

  @TempDir Path directory;

  private static Start start(String... variables) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return new GcfPlatform().start(environment);
  }

  private Path touch(String name) throws Exception {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  @Test
  void start_nothingSet_saysNothing() {
    Start start = start();

    assertThat(start.handler()).isNull();
    assertThat(start.listen()).isNull();
    assertThat(start.runTimeout()).isNull();
    assertThat(start.archive()).isNull();
    assertThat(start.log()).isNull();
    assertThat(start.drain()).isNull();
    assertThat(start.variables()).isEmpty();
    try (Hearth hearth = Hearth.builder().build()) {
      assertThat(new GcfContract(hearth, Map.of()).defaults())
          .isEqualTo(new Listen("0.0.0.0", 8080));
    }
  }

  @Test
  void start_variables_sayWhatToServeAndWhere() {
    Start start =
        start(
            "FUNCTION_TARGET",
            "com.example.Fn",
            "PORT",
            "8081",
            "CLOUD_RUN_TIMEOUT_SECONDS",
            "3",
            "FUNCTION_SIGNATURE_TYPE",
            "cloudevent");

    assertThat(start.handler()).isEqualTo(new Start.Said<>("com.example.Fn", "FUNCTION_TARGET"));
    assertThat(start.listen()).isEqualTo(new Start.Said<>(new Listen("0.0.0.0", 8081), "PORT"));
    assertThat(start.runTimeout())
        .isEqualTo(new Start.Said<>(Duration.ofSeconds(3), "CLOUD_RUN_TIMEOUT_SECONDS"));
    assertThat(start.variables()).isEqualTo(Map.of("FUNCTION_SIGNATURE_TYPE", "cloudevent"));
  }

  @Test
  void start_onThePlatform_logsForIt_endsInTimeAndIsCalledLikeTheService() {
    Start start = start("K_SERVICE", "orders-v2");

    assertThat(start.log()).isEqualTo(new Start.Said<>("cloud", "K_SERVICE"));
    assertThat(start.drain().value()).isLessThan(Duration.ofSeconds(5));
    assertThat(start.name()).isEqualTo(new Start.Said<>("orders-v2", "K_SERVICE"));
  }

  @Test
  void gcf_case_40_portZero_isAnyFree_andEmptyIsUnset() {
    assertThat(start("PORT", "0").listen().value().port()).isZero();
    assertThat(start("PORT", "").listen()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, http, 0 to 65535",
    "PORT, 65536, 0 to 65535",
    "PORT, -1, 0 to 65535",
    "PORT, 8a, 0 to 65535",
    "CLOUD_RUN_TIMEOUT_SECONDS, 1.5, from 1",
    "CLOUD_RUN_TIMEOUT_SECONDS, 0, from 1",
    "CLOUD_RUN_TIMEOUT_SECONDS, 99999999999, from 1",
    "FUNCTION_SIGNATURE_TYPE, legacyevent, 'http, typed, event or cloudevent'"
  })
  void gcf_case_40_valueThatMakesNoSense_isRefusedByName(
      String variable, String value, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start(variable, value))
        .withMessageStartingWith(variable + " is '" + value + "'; it must be ")
        .withMessageEndingWith(expected);
  }

  @Test
  void classPath_entries_areFoundInOrder_andWhatIsNotThereIsLeftOut() throws Exception {
    Path classes = touch("classes/A.class").getParent();
    Path b = touch("lib/b.jar");
    Path a = touch("lib/a.jar");
    touch("lib/deep/c.jar");
    touch("lib/notes.txt");

    Start start =
        start(
            "FUNCTION_CLASSPATH",
            String.join(
                File.pathSeparator,
                directory.resolve("absent.jar").toString(),
                classes.toString(),
                directory.resolve("lib") + File.separator + "*",
                directory.resolve("nowhere") + File.separator + "*"));

    assertThat(start.archive()).isEqualTo(new Start.Said<>(classes, "FUNCTION_CLASSPATH"));
    assertThat(start.behind()).isEqualTo(List.of(a, b));
  }

  @Test
  void classPath_whereNothingExists_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start("FUNCTION_CLASSPATH", directory.resolve("absent.jar").toString()))
        .withMessageContaining("absent.jar")
        .withMessageContaining("nothing exists");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "105445aa7843bc8bf206b12000100000/1;o=1, 00-105445aa7843bc8bf206b12000100000-0000000000000001-01",
        "105445AA7843BC8BF206B12000100000/18446744073709551615;o=0, 00-105445aa7843bc8bf206b12000100000-ffffffffffffffff-00",
        "105445aa7843bc8bf206b12000100000/255, 00-105445aa7843bc8bf206b12000100000-00000000000000ff-00",
        "105445aa7843bc8bf206b12000100000;o=1, -",
        "105445aa7843bc8bf206b12000100000/0;o=1, -",
        "105445aa7843bc8bf206b12000100000/x;o=1, -",
        "105445aa/1;o=1, -",
        "g05445aa7843bc8bf206b12000100000/1;o=1, -"
      })
  void trace_platformsHeader_isTold_inW3cForm(String header, @Nullable String parent) {
    assertThat(Trace.parent(request("X-Cloud-Trace-Context", header))).isEqualTo(parent);
  }

  @Test
  void trace_w3cHeader_goesBefore_unlessItIsNonsense() {
    String w3c = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    String cloud = "105445aa7843bc8bf206b12000100000/1;o=1";

    assertThat(Trace.parent(request("X-Cloud-Trace-Context", cloud, "traceparent", w3c)))
        .isEqualTo(w3c);
    assertThat(Trace.parent(request("X-Cloud-Trace-Context", cloud, "traceparent", "nonsense")))
        .startsWith("00-105445aa");
    assertThat(Trace.parent(request("x", "y"))).isNull();
  }

  private static Request request(String... headers) {
    Map<String, List<String>> lines = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      lines.put(headers[i], List.of(headers[i + 1]));
    }
    return new MemoryExchange("GET", "/", "", lines, InputStream.nullInputStream(), 0).request();
  }

  @Test
  void open_severalFunctions_isRefused() throws Exception {
    Path jar = GcfJars.jar(directory);
    try (Hearth hearth = Hearth.builder().providedApis(GcfJars.PROVIDED).build()) {
      GcfContract contract = new GcfContract(hearth, Map.of());
      contract.open();
      assertThat(contract.notReady()).isNotNull();
      hearth.deploy("a", FunctionSpec.builder(jar).handler("acme.Web").build());
      contract.open();
      assertThat(contract.notReady()).isNull();
      hearth.deploy("b", FunctionSpec.builder(jar).handler("acme.Raw").build());

      assertThatExceptionOfType(DeployException.class)
          .isThrownBy(new GcfContract(hearth, Map.of())::open)
          .withMessageContaining("there are 2 (a, b)");
    }
  }

  @Test
  void handle_functionNotThereYet_is503_thenServed() throws Exception {
    Path jar = GcfJars.jar(directory);
    Hearth hearth = Hearth.builder().providedApis(GcfJars.PROVIDED).build();
    try (TestHost host =
        TestHost.serve(hearth, new GcfContract(hearth, Map.of()), HttpLimits.defaults())) {
      assertThat(host.get("/").status()).isEqualTo(503);
      assertThat(host.get("/robots.txt").status()).isEqualTo(404);

      hearth.deploy("late", FunctionSpec.builder(jar).handler("acme.Web").build());

      assertThat(host.get("/x").text()).isEqualTo("GET /x");
    }
  }

  @Test
  void contract_timeoutStatusThatIsNone_isRefused() {
    try (Hearth hearth = Hearth.builder().build()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new GcfContract(hearth, Map.of("HEARTH_GCF_TIMEOUT_STATUS", "500")))
          .withMessage("HEARTH_GCF_TIMEOUT_STATUS is '500'; it must be 504 or 408");
    }
  }
}
