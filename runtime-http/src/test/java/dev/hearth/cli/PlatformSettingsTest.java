package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlatformSettingsTest {

  private static final Start START =
      Start.builder()
          .handler("acme.Said", "FUNC_HANDLER")
          .runTimeout(Duration.ofSeconds(7), "FUNC_TIMEOUT")
          .concurrency(3, "MAX")
          .variables(Map.of("REGION", "eu", "TIER", "said"))
          .build();

  private final Map<String, String> origins = new HashMap<>();

  private FunctionSettings apply(FunctionSettings function) {
    Map<String, FunctionSettings> functions = new LinkedHashMap<>();
    functions.put(function.name(), function);
    return PlatformSettings.apply(START, functions, origins).get(function.name());
  }

  @Test
  void apply_nothingSaidElsewhere_takesThePlatformsWord() {
    FunctionSettings function = apply(FunctionSettings.of("f", Path.of("f.jar"), null));

    assertThat(function.handler()).isEqualTo("acme.Said");
    assertThat(function.timeout().run()).isEqualTo(Duration.ofSeconds(7));
    assertThat(function.instances().concurrency()).isEqualTo(3);
    assertThat(function.env()).containsEntry("REGION", "eu");
    assertThat(origins)
        .containsEntry("f.handler", "environment FUNC_HANDLER")
        .containsEntry("f.timeout.run", "environment FUNC_TIMEOUT")
        .containsEntry("f.instances.concurrency", "environment MAX");
  }

  @Test
  void apply_saidByTheUser_stays() {
    FunctionSettings given =
        FunctionSettings.of("f", Path.of("f.jar"), "acme.Mine")
            .withTimeout(FunctionSettings.Timeout.UNSET.withRun(Duration.ofSeconds(1)))
            .withInstances(FunctionSettings.Instances.UNSET.withConcurrency(9))
            .withEnv(Map.of("TIER", "mine"));

    FunctionSettings function = apply(given);

    assertThat(function.handler()).isEqualTo("acme.Mine");
    assertThat(function.timeout().run()).isEqualTo(Duration.ofSeconds(1));
    assertThat(function.instances().concurrency()).isEqualTo(9);
    assertThat(function.env()).containsEntry("TIER", "mine").containsEntry("REGION", "eu");
    assertThat(origins).containsOnlyKeys("f.env.REGION");
  }

  @Test
  void apply_severalFunctions_changesNone() {
    Map<String, FunctionSettings> functions = new LinkedHashMap<>();
    functions.put("a", FunctionSettings.of("a", Path.of("a.jar"), null));
    functions.put("b", FunctionSettings.of("b", Path.of("b.jar"), null));

    assertThat(PlatformSettings.apply(START, functions, origins)).isEqualTo(functions);
  }

  @Test
  void at_partsGiven_replaceThose() {
    Listen expected = new Listen("0.0.0.0", 8080);

    assertThat(expected.at(null, null)).isEqualTo(expected);
    assertThat(expected.at(null, 0)).isEqualTo(new Listen("0.0.0.0", 0));
    assertThat(expected.at("127.0.0.1", null)).isEqualTo(new Listen("127.0.0.1", 8080));
    assertThat(Listen.unix(Path.of("/tmp/s")).at(null, 0)).isEqualTo(new Listen("127.0.0.1", 0));
  }
}
