package dev.hearth.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.cli.config.TlsSettings;
import dev.hearth.http.contract.Listen;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunPlannerTest {

  private static final List<String> AVAILABLE = List.of("native", "fission");

  private final Path directory;
  private final String jar;

  RunPlannerTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.jar = Files.writeString(directory.resolve("hello.jar"), "").toString();
  }

  @Test
  void plan_nothingButAnArchive_hasTheDefaults() {
    RunPlan plan = plan(Map.of(), jar);

    assertThat(plan.contract()).isEqualTo(new Setting<>("native", "auto"));
    assertThat(plan.host()).isNull();
    assertThat(plan.port()).isNull();
    assertThat(plan.adminPort()).isEqualTo(new Setting<>(0, "default"));
    assertThat(plan.drain()).isEqualTo(new Setting<>(Duration.ofSeconds(30), "default"));
    assertThat(plan.settings().functions()).containsOnlyKeys("hello");
    assertThat(plan.verbose()).isFalse();
  }

  @Test
  void plan_flagAndEnvironment_flagGoesBefore() {
    Map<String, String> environment =
        Map.of("HEARTH_PORT", "1", "HEARTH_ADMIN_PORT", "2", "HEARTH_VERBOSE", "true");

    RunPlan plan = plan(environment, jar, "--port", "3");

    assertThat(plan.port()).isEqualTo(new Setting<>(3, "flag --port"));
    assertThat(plan.adminPort()).isEqualTo(new Setting<>(2, "environment HEARTH_ADMIN_PORT"));
    assertThat(plan.verbose()).isTrue();
  }

  @Test
  void over_whereItIsServed_isTheContractsToSee() {
    Map<String, String> environment = Map.of("HEARTH_PORT", "1", "HEARTH_NAME", "a");

    assertThat(
            RunArguments.parse(List.of("--port", "3", "--host=::1", "--name", "b"), environment)
                .over(environment))
        .isEqualTo(Map.of("HEARTH_PORT", "3", "HEARTH_HOST", "::1", "HEARTH_NAME", "a"));
  }

  @Test
  void plan_valueAfterEquals_isTheSame() {
    assertThat(plan(Map.of(), "--port=3", "--contract=fission").port())
        .isEqualTo(new Setting<>(3, "flag --port"));
  }

  @Test
  void plan_archivesInTheEnvironment_areUsedWhenNoneIsGiven() throws IOException {
    String other = Files.writeString(directory.resolve("other.zip"), "").toString();
    Map<String, String> environment = Map.of("HEARTH_ARCHIVE", jar + File.pathSeparator + other);

    assertThat(plan(environment).settings().functions()).containsOnlyKeys("hello", "other");
    assertThat(plan(environment, other).settings().functions()).containsOnlyKeys("other");
  }

  @Test
  void plan_archiveOfAFunctionInTheFile_replacesItsArchiveOnly() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("hearth.yaml"),
            "functions: {hello: {archive: old.jar, timeout: {run: 5s}}}");

    RunPlan plan = plan(Map.of(), jar, "--config", file.toString(), "--handler", "a.B");

    FunctionSettings hello = requireNonNull(plan.settings().functions().get("hello"));
    assertThat(hello.archive()).isEqualTo(Path.of(jar));
    assertThat(hello.handler()).isEqualTo("a.B");
    assertThat(hello.timeout().run()).isEqualTo(Duration.ofSeconds(5));
    assertThat(plan.origin(hello, "archive")).isEqualTo("argument");
    assertThat(plan.origin(hello, "handler")).isEqualTo("flag --handler");
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_LAMBDA_RUNTIME_API, lambda",
    "FN_LISTENER, fn",
    "FUNCTIONS_CUSTOMHANDLER_PORT, azure",
    "FUNCTION_TARGET, gcf",
    "K_SERVICE, knative",
    "__OW_API_HOST, openwhisk"
  })
  void plan_autoOnAPlatform_findsItsContract(String variable, String contract) {
    Setting<String> chosen =
        ContractNames.choose(
            Setting.byDefault("auto"), ContractNames.ALL, Map.of(variable, "something"));

    assertThat(chosen).isEqualTo(new Setting<>(contract, "auto, by " + variable));
  }

  @Test
  void plan_autoOnKubeless_needsBothVariables() {
    Setting<String> auto = Setting.byDefault("auto");

    assertThat(
            ContractNames.choose(
                    auto, ContractNames.ALL, Map.of("FUNC_HANDLER", "f", "MOD_NAME", "m"))
                .value())
        .isEqualTo("kubeless");
    assertThat(ContractNames.choose(auto, ContractNames.ALL, Map.of("FUNC_HANDLER", "f")).value())
        .isEqualTo("native");
  }

  @Test
  void plan_autoOnGooglesKnative_isGooglesContract() {
    Setting<String> chosen =
        ContractNames.choose(
            Setting.byDefault("auto"),
            ContractNames.ALL,
            Map.of("K_SERVICE", "hello", "FUNCTION_TARGET", "acme.Hello"));

    assertThat(chosen).isEqualTo(new Setting<>("gcf", "auto, by FUNCTION_TARGET"));
  }

  @Test
  void plan_autoWithSignsOfSeveralPlatforms_isRefusedWithAllOfThem() {
    Map<String, String> environment =
        Map.of(
            "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001",
            "K_SERVICE", "hello",
            "FUNC_HANDLER", "hello",
            "MOD_NAME", "hello");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(
            () -> ContractNames.choose(Setting.byDefault("auto"), ContractNames.ALL, environment))
        .withMessageContaining("AWS_LAMBDA_RUNTIME_API (lambda)")
        .withMessageContaining("FUNC_HANDLER and MOD_NAME (kubeless)")
        .withMessageContaining("K_SERVICE (knative)")
        .withMessageContaining("--contract");
    assertThat(
            ContractNames.choose(
                    new Setting<>("native", "flag --contract"), ContractNames.ALL, environment)
                .value())
        .isEqualTo("native");
  }

  @Test
  void plan_contractThatIsNotThereYet_tellsWhichAre() {
    assertRefused(
        "contract 'lambda' (flag --contract) is not available yet; available are native, fission",
        "--contract",
        "lambda");
    assertRefused("contract 'fision' is unknown; did you mean 'fission'?", "--contract", "fision");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "80a", "", "99999999999", "+80"})
  void plan_portOutOfRange_isRefused(String port) {
    assertRefused("is not a port; expected 0 to 65535", "--port=" + port);
  }

  @Test
  void plan_drainOfAnotherForm_isRefused() {
    assertRefused("flag --drain is '30'; expected a whole number with ms, s, m or h", "--drain=30");
  }

  @Test
  void plan_wrongUse_isRefusedWithWhatToDo() throws IOException {
    String other = Files.writeString(directory.resolve("other.jar"), "").toString();
    Path folder = Files.createDirectory(directory.resolve("more"));
    String twin = Files.writeString(folder.resolve("hello.zip"), "").toString();
    String odd = Files.writeString(directory.resolve("mein jar!.jar"), "").toString();

    assertRefused("unknown option --prot; did you mean '--port'?", "--prot", "80");
    assertRefused("option --port needs a value", "--port");
    assertRefused("option --port needs a value", "--port", "--verbose");
    assertRefused("option --port is given twice", "--port", "1", "--port", "2");
    assertRefused("option --verbose takes no value", "--verbose=yes");
    assertRefused("archive no.jar does not exist", "no.jar");
    assertRefused("two archives give the name 'hello'", jar, twin);
    assertRefused("give one with --name", odd);
    assertRefused("names one function, but 2 archives are given", jar, other, "--name", "x");
    assertRefused("names an archive, but none is given", "--name", "x");
    assertRefused("is for one function, but there are 2", jar, other, "--handler", "a.B");
  }

  @Test
  void plan_switchVariableOfAnotherWord_isRefused() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> plan(Map.of("HEARTH_VERBOSE", "yes"), jar))
        .withMessage("HEARTH_VERBOSE is 'yes'; expected true or false");
  }

  @Test
  void planText_secrets_areMaskedAndOriginsShown() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("hearth.yaml"),
            """
            functions:
              a: {archive: a.jar, env: {TOKEN: hunter1}, threads: platform, pools: [db]}
            pools:
              db: {url: "jdbc:x:y?password=hunter2", user: app, password: hunter3, properties: {p: hunter4}}
            """);

    String text =
        PlanText.of(
            plan(Map.of("HEARTH_PORT", "9"), "--config", file.toString()),
            new dev.hearth.http.contract.Listen("127.0.0.1", 1));

    assertThat(text)
        .doesNotContain("hunter")
        .contains("port: 9  # environment HEARTH_PORT\n")
        .contains("host: 127.0.0.1  # default\n")
        .contains("    threads: platform  # file " + file + "\n")
        .contains("    password: ***  # file " + file + "\n");
  }

  @Test
  void plan_http2AndCertificate_areTakenFromFlagsBeforeTheFile() throws IOException {
    Path file =
        Files.writeString(directory.resolve("tls.yaml"), "tls: {cert: a.crt, key: a.key}\n");

    RunPlan byFile = plan(Map.of("HEARTH_HTTP2", "off"), jar, "--config", file.toString());
    assertThat(byFile.settings().tls())
        .isEqualTo(new TlsSettings(directory.resolve("a.crt"), directory.resolve("a.key")));
    assertThat(byFile.http2()).isEqualTo(new Setting<>("off", "environment HEARTH_HTTP2"));
    RunPlan byFlags =
        plan(
            Map.of("HEARTH_TLS_KEY", "b.key"),
            jar,
            "--config",
            file.toString(),
            "--tls-cert",
            "b.crt");
    assertThat(byFlags.settings().tls())
        .isEqualTo(new TlsSettings(Path.of("b.crt"), Path.of("b.key")));
    assertThat(byFlags.http2()).isEqualTo(new Setting<>("auto", "default"));
    assertThat(PlanText.of(byFlags, new Listen("127.0.0.1", 8080)))
        .contains("http2: auto  # default\n", "tls.cert: b.crt  # flag --tls-cert\n");
  }

  @Test
  void plan_http2OrCertificateThatMakeNoSense_areRefused() {
    assertRefused("flag --http2 is 'yes'; expected one of on, off, auto", jar, "--http2", "yes");
    assertRefused("flag --tls-key stands alone", jar, "--tls-key", "a.key");
  }

  private void assertRefused(String message, String... arguments) {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> plan(Map.of(), arguments))
        .withMessageContaining(message);
  }

  private static RunPlan plan(Map<String, String> environment, String... arguments) {
    return RunPlanner.plan(
        RunArguments.parse(List.of(arguments), environment), environment, AVAILABLE);
  }
}
