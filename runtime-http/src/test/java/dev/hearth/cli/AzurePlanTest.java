package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.http.contract.Listen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an Azure function app's folder becomes a plan. */
final class AzurePlanTest {

  private static final String TRIGGER =
      "\"bindings\": [{\"type\": \"queueTrigger\", \"direction\": \"in\", \"name\": \"q\"}]";

  @TempDir private Path app;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void folder() throws IOException {
    write("host.json", "{}");
    write("orders/function.json", "{\"entryPoint\": \"acme.F.orders\", " + TRIGGER + "}");
    write("ship/function.json", "{" + TRIGGER + "}");
    environment.put("FUNCTIONS_CUSTOMHANDLER_PORT", "4000");
    environment.put("FUNCTIONS_APP_ROOT_PATH", app.toString());
  }

  private Path write(String name, String text) throws IOException {
    Path file = app.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    return Files.writeString(file, text);
  }

  private RunPlan plan(String... arguments) {
    RunArguments parsed = RunArguments.parse(List.of(arguments), environment);
    return RunPlanner.plan(parsed, environment, List.of("native", "azure"));
  }

  private static FunctionSettings function(RunPlan plan, String name) {
    return Objects.requireNonNull(plan.settings().functions().get(name));
  }

  @Test
  void plan_appFolder_isServedFromItsOnlyJar() throws IOException {
    Path jar = write("app.jar", "");

    RunPlan plan = plan();

    assertThat(plan.contract())
        .isEqualTo(new Setting<>("azure", "auto, by FUNCTIONS_CUSTOMHANDLER_PORT"));
    assertThat(plan.listen(new Listen("", 0)).value()).isEqualTo(new Listen("127.0.0.1", 4000));
    assertThat(plan.settings().functions()).containsOnlyKeys("orders", "ship");
    FunctionSettings orders = function(plan, "orders");
    assertThat(orders.archive()).isEqualTo(jar);
    assertThat(orders.handler()).isEqualTo("acme.F::orders");
    assertThat(plan.origin(orders, "handler"))
        .isEqualTo("file " + app.resolve("orders/function.json"));
    assertThat(function(plan, "ship").handler()).isNull();
  }

  @Test
  void plan_archiveGiven_isThatOfEachFunction() throws IOException {
    write("app.jar", "");
    Path other = write("other/code.zip", "");

    RunPlan plan = plan(other.toString());

    assertThat(plan.settings().functions()).containsOnlyKeys("orders", "ship");
    assertThat(function(plan, "ship").archive()).isEqualTo(other);
    assertThat(plan.origin(function(plan, "ship"), "archive")).isEqualTo("argument");
  }

  @Test
  void plan_scriptFile_isThatFunctionsArchive() throws IOException {
    write("app.jar", "");
    Path own = write("lib/ship.jar", "");
    write("ship/function.json", "{\"scriptFile\": \"../lib/ship.jar\", " + TRIGGER + "}");

    assertThat(function(plan(), "ship").archive()).isEqualTo(own);
    assertThat(function(plan(), "orders").archive()).isEqualTo(app.resolve("app.jar"));
  }

  @Test
  void plan_functionOfTheSettingsFile_keepsWhatItSays() throws IOException {
    write("app.jar", "");
    Path file =
        write(
            "hearth.yaml",
            "functions: {orders: {archive: app.jar, handler: acme.Other, timeout: {run: 5s}}}");

    RunPlan plan = plan("--config", file.toString());

    assertThat(plan.settings().functions()).containsOnlyKeys("orders", "ship");
    assertThat(function(plan, "orders").handler()).isEqualTo("acme.Other");
    assertThat(function(plan, "orders").timeout().run()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void plan_functionNamedByTheUser_isTheOnlyOne() throws IOException {
    Path jar = write("app.jar", "");

    RunPlan plan = plan(jar.toString(), "--name", "mine", "--handler", "acme.Mine");

    assertThat(plan.settings().functions()).containsOnlyKeys("mine");
    assertThat(function(plan, "mine").handler()).isEqualTo("acme.Mine");
  }

  @Test
  void plan_noArchive_isRefusedWithTheFunction() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> plan())
        .withMessageContaining("function 'orders' (")
        .withMessageContaining("has no archive; give one as argument");
  }

  @Test
  void plan_nameThatIsNotAllowed_isRefusedWithItsFile() throws IOException {
    write("app.jar", "");
    write("a".repeat(64) + "/function.json", "{" + TRIGGER + "}");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> plan())
        .withMessageContaining("function.json) is not allowed");
  }

  @Test
  void plan_bothPortVariables_areOneSign() throws IOException {
    write("app.jar", "");
    environment.put("FUNCTIONS_HTTPWORKER_PORT", "4000");
    assertThat(plan().contract().value()).isEqualTo("azure");

    environment.remove("FUNCTIONS_CUSTOMHANDLER_PORT");
    assertThat(plan().contract())
        .isEqualTo(new Setting<>("azure", "auto, by FUNCTIONS_HTTPWORKER_PORT"));
  }
}
