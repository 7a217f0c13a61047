package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.http.contract.Listen;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the Functions Framework's variables and flags become a plan; the numbers are those of its contract's checklist. */
final class GcfPlanTest {

  private static final Listen DEFAULT = new Listen("0.0.0.0", 8080);

  @TempDir private Path directory;
  private String jar;

  @BeforeEach
  void write() throws Exception {
    jar = Files.writeString(directory.resolve("hello.jar"), "").toString();
  }

  private static RunPlan plan(Map<String, String> environment, String... arguments) {
    RunArguments parsed = RunArguments.parse(List.of(arguments), environment);
    return RunPlanner.plan(parsed, environment, List.of("native", "gcf"));
  }

  private static FunctionSettings only(RunPlan plan) {
    assertThat(plan.settings().functions()).hasSize(1);
    return plan.settings().functions().values().iterator().next();
  }

  @Test
  void plan_target_isTheSignOfThePlatform() {
    RunPlan plan = plan(Map.of("FUNCTION_TARGET", "acme.Fn", "K_SERVICE", "s"), jar);

    assertThat(plan.contract()).isEqualTo(new Setting<>("gcf", "auto, by FUNCTION_TARGET"));
    assertThat(only(plan).handler()).isEqualTo("acme.Fn");
    assertThat(plan.origin(only(plan), "handler")).isEqualTo("environment FUNCTION_TARGET");
    assertThat(plan.drain())
        .isEqualTo(new Setting<>(Duration.ofSeconds(4), "environment K_SERVICE"));
    assertThat(plan.listen(DEFAULT).value()).isEqualTo(DEFAULT);
  }

  @Test
  void gcf_case_40_flags_goBeforeVariables() {
    Map<String, String> environment =
        Map.of(
            "FUNCTION_TARGET",
            "acme.Env",
            "FUNCTION_SIGNATURE_TYPE",
            "http",
            "PORT",
            "8081",
            "K_SERVICE",
            "s");

    RunPlan plan =
        plan(
            environment,
            jar,
            "--target",
            "acme.Flag",
            "--signature-type=cloudevent",
            "--port",
            "8082",
            "--drain=1s");

    assertThat(only(plan).handler()).isEqualTo("acme.Flag");
    assertThat(plan.origin(only(plan), "handler")).isEqualTo("flag --target");
    assertThat(only(plan).env()).containsEntry("FUNCTION_SIGNATURE_TYPE", "cloudevent");
    assertThat(plan.listen(DEFAULT).value()).isEqualTo(new Listen("0.0.0.0", 8082));
    assertThat(plan.drain()).isEqualTo(new Setting<>(Duration.ofSeconds(1), "flag --drain"));
  }

  @Test
  void gcf_case_40_handler_goesBeforeTarget() {
    RunPlan plan = plan(Map.of("FUNCTION_TARGET", "acme.Env"), jar, "--handler", "acme.Mine");

    assertThat(only(plan).handler()).isEqualTo("acme.Mine");
  }

  @Test
  void plan_classPathAndTarget_needNoArchive() throws Exception {
    Path classes = Files.createDirectory(directory.resolve("classes"));
    String path = classes + File.pathSeparator + jar;

    RunPlan plan = plan(Map.of("K_SERVICE", "orders"), "--classpath", path, "--target", "acme.Fn");

    assertThat(plan.contract().value()).isEqualTo("gcf");
    FunctionSettings function = only(plan);
    assertThat(function.name()).isEqualTo("orders");
    assertThat(function.archive()).isEqualTo(classes);
    assertThat(function.behind()).containsExactly(Path.of(jar));
    assertThat(function.toSpec().behind()).containsExactly(Path.of(jar));
    assertThat(plan.origin(function, "archive")).isEqualTo("flag --classpath");
  }

  @Test
  void printConfig_tellsWhoSaidWhat() throws Exception {
    Path classes = Files.createDirectory(directory.resolve("classes"));
    Map<String, String> environment =
        Map.of(
            "FUNCTION_CLASSPATH",
            classes + File.pathSeparator + jar,
            "FUNCTION_TARGET",
            "acme.Fn",
            "FUNCTION_SIGNATURE_TYPE",
            "http",
            "PORT",
            "8081");

    assertThat(PlanText.of(plan(environment, "--signature-type", "event"), DEFAULT))
        .contains("contract: gcf  # auto, by FUNCTION_TARGET\n")
        .contains("port: 8081  # environment PORT\n")
        .contains("archive: " + classes + "  # environment FUNCTION_CLASSPATH\n")
        .contains("behind: [" + jar + "]  # environment FUNCTION_CLASSPATH\n")
        .contains("handler: acme.Fn  # environment FUNCTION_TARGET\n")
        .contains("env.FUNCTION_SIGNATURE_TYPE: ***  # flag --signature-type\n");
  }

  @Test
  void plan_archiveGiven_goesBeforeTheClassPath() {
    RunPlan plan =
        plan(Map.of("FUNCTION_CLASSPATH", directory.toString(), "FUNCTION_TARGET", "acme.Fn"), jar);

    assertThat(only(plan).archive()).isEqualTo(Path.of(jar));
    assertThat(only(plan).behind()).isEmpty();
  }

  @Test
  void plan_timeout_isTheCallsLimit() {
    RunPlan plan =
        plan(Map.of("FUNCTION_TARGET", "acme.Fn", "CLOUD_RUN_TIMEOUT_SECONDS", "3"), jar);

    assertThat(only(plan).timeout().run()).isEqualTo(Duration.ofSeconds(3));
    assertThat(plan.origin(only(plan), "timeout.run"))
        .isEqualTo("environment CLOUD_RUN_TIMEOUT_SECONDS");
  }

  @Test
  void gcf_case_40_variableThatMakesNoSense_isUsage() {
    Map<String, String> environment = Map.of("FUNCTION_TARGET", "acme.Fn", "PORT", "http");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> plan(environment, jar))
        .withMessage("contract gcf: PORT is 'http'; it must be a whole number from 0 to 65535");
  }
}
