package dev.hearth.cli.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.guard.Guarding;
import dev.hearth.invoke.BreakerSettings;
import dev.hearth.invoke.Threads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ConfigFileTest {

  private final Path directory;

  ConfigFileTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void read_certificateWithoutItsKey_isRefused() throws IOException {
    assertThat(problems("tls: {cert: a.crt}\n").toString()).contains("tls", "key");
    assertThat(problems("tls: {cert: a.crt, key: a.key, ca: x}\n").toString()).contains("ca");
  }

  @Test
  void read_breaker_isHandedToTheFunction_andChecked() throws IOException {
    String function = "functions:\n  f:\n    archive: f.jar\n    breaker: ";

    assertThat(breaker(function + "{failures: 5}"))
        .isEqualTo(new BreakerSettings(5, Duration.ofSeconds(30)));
    assertThat(breaker(function + "{failures: 1, pause: 2m}"))
        .isEqualTo(new BreakerSettings(1, Duration.ofMinutes(2)));
    assertThat(problems(function + "{pause: 2m}\n").toString()).contains("breaker.failures");
    assertThat(problems(function + "{failures: 0}\n").toString()).contains("breaker.failures");
    assertThat(problems(function + "{failures: 1, pause: 0s}\n").toString())
        .contains("breaker.pause");
  }

  private @Nullable BreakerSettings breaker(String file) throws IOException {
    FunctionSettings function = requireNonNull(read(file + "\n").functions().get("f"));
    return function.limits().breaker();
  }

  @Test
  void read_everyKey_givesTheSettings() throws IOException {
    Files.writeString(directory.resolve("orders.secret"), "s3cret\n");

    HearthSettings settings =
        read(
            """
            functions:
              resize:
                archive: target/resize.jar
                handler: com.acme.Resize
                instances: {min: 1, max: 4, concurrency: 16, queue: 0, idle: 10m}
                timeout: {queue: 1s, init: 10s, run: 500ms}
                threads: platform
                guard: all
                env: {BUCKET: pictures}
                properties: {quality: 80}
                secrets: {token: orders.secret}
                pools: [orders]
            pools:
              orders:
                url: "jdbc:postgresql://127.0.0.1/orders"
                user: app
                password: {file: orders.secret}
                max: 8
                minIdle: 2
                acquireTimeout: 1s
                maxLifetime: 5m
                keepalive: 0s
                properties: {ssl: true}
            """);

    assertThat(settings.functions())
        .containsExactly(
            Map.entry(
                "resize",
                new FunctionSettings(
                        "resize",
                        directory.resolve("target/resize.jar"),
                        "com.acme.Resize",
                        new FunctionSettings.Instances(1, 4, 16, 0, Duration.ofMinutes(10)),
                        new FunctionSettings.Timeout(
                            Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMillis(500)),
                        Threads.PLATFORM,
                        Map.of("BUCKET", "pictures"),
                        Map.of("quality", "80"),
                        Map.of("token", directory.resolve("orders.secret")),
                        List.of("orders"))
                    .withGuard(Guarding.ALL)));
    assertThat(settings.pools())
        .containsExactly(
            Map.entry(
                "orders",
                new PoolSettings(
                    "orders",
                    "jdbc:postgresql://127.0.0.1/orders",
                    "app",
                    new PoolSettings.Password(
                        Secret.of("s3cret"), directory.resolve("orders.secret")),
                    8,
                    2,
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(5),
                    Duration.ZERO,
                    Map.of("ssl", "true"))));
  }

  @Test
  void read_json_isTheSame() throws IOException {
    HearthSettings settings =
        read(
            "{\"functions\": {\"a\": {\"archive\": \"a.jar\", \"timeout\": {\"run\": \"1s\"},"
                + " \"instances\": {\"max\": 2}}}}");

    FunctionSettings a = requireNonNull(settings.functions().get("a"));
    assertThat(a.timeout().run()).isEqualTo(Duration.ofSeconds(1));
    assertThat(a.instances().max()).isEqualTo(2);
    assertThat(a.toSpec().archive()).isEqualTo(directory.resolve("a.jar"));
  }

  @Test
  void read_severalMistakes_tellsAllWithTheirPlaces() throws IOException {
    List<String> problems =
        problems(
            """
            functions:
              resize:
                archve: a.jar
                instances: {min: 5, max: 2}
                timeout: 10s
                threads: virtul
                pools: [ordrs]
            pools:
              orders: {url: "jdbc:h2:mem:x", max: 0}
            """);

    assertThat(problems)
        .containsExactly(
            "hearth.yaml:3:5: unknown key 'functions.resize.archve'; did you mean 'archive'?",
            "hearth.yaml:3:5: functions.resize.archive is missing; expected the path of a jar, zip or directory",
            "hearth.yaml:4:22: functions.resize.instances.min is 5, above max 2; expected at most max",
            "hearth.yaml:5:14: functions.resize.timeout is a single value; expected a mapping",
            "hearth.yaml:6:14: functions.resize.threads is 'virtul'; did you mean 'virtual'?",
            "hearth.yaml:7:12: functions.resize.pools names pool 'ordrs', which is not under pools; did you mean 'orders'?",
            "hearth.yaml:9:39: pools.orders.max is 0; expected a whole number within 1 to 10000");
  }

  @Test
  void read_cacheThatCannotBe_isRefusedWithItsPlace() throws IOException {
    assertThat(problems("functions:\n  a:\n    archive: a.jar\n    cache: {key: [colour]}\n"))
        .anySatisfy(
            problem -> assertThat(problem).contains("cache key part 'colour' is not known"));
    assertThat(problems("functions:\n  a:\n    archive: a.jar\n    cache: {methods: [POST]}\n"))
        .anySatisfy(problem -> assertThat(problem).contains("'body' is not part of the key"));
  }

  @Test
  void read_warmStore_reachesTheSpec_andTooLittleIsRefused() throws IOException {
    HearthSettings settings = read("functions:\n  a:\n    archive: a.jar\n    warmStore: 2MiB\n");

    assertThat(requireNonNull(settings.functions().get("a")).toSpec().warmStoreBytes())
        .isEqualTo(2 << 20);
    assertThat(problems("functions:\n  a:\n    archive: a.jar\n    warmStore: 10\n"))
        .anySatisfy(problem -> assertThat(problem).contains("warmStore"));
  }

  @Test
  void c01_aliasesThatOpenToGigabytes_areRefusedWithTheirPlace() throws IOException {
    StringBuilder text = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (char c = 'b'; c <= 'k'; c++) {
      char before = (char) (c - 1);
      text.append(c).append(": &").append(c).append(" [*").append(before);
      text.append((", *" + before).repeat(9)).append("]\n");
    }

    assertThat(problems(text.toString()))
        .anyMatch(line -> line.matches("hearth.yaml:5:\\d+: more than 100000 values.*"));
  }

  @Test
  void c01_aliasToItsOwnParent_isRefused() throws IOException {
    assertThat(problems("functions: &f\n  a: *f\n"))
        .containsExactly("hearth.yaml:2:6: alias *f stands inside what it refers to");
  }

  @Test
  void alias_ofASettingBefore_isOpened() throws IOException {
    HearthSettings settings =
        read(
            """
            functions:
              a: {archive: a.jar, timeout: &t {run: 2s}}
              b: {archive: b.jar, timeout: *t}
            """);

    assertThat(requireNonNull(settings.functions().get("b")).timeout().run())
        .isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: "})
  void c02_tenThousandLevels_areRefused(String level) throws IOException {
    assertThat(problems(level.repeat(10_000)))
        .singleElement()
        .asString()
        .contains("nested deeper than 32 levels");
  }

  @Test
  void c02_largeFile_isRefused() throws IOException {
    assertThat(problems("#".repeat(ConfigFile.MAX_BYTES + 1)))
        .containsExactly("hearth.yaml:1:1: the file is larger than 1 MiB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "functions: !!javax.script.ScriptEngineManager [x]",
        "functions: !<tag:yaml.org,2002:java.net.URL> {}",
        "functions: {a: {archive: !!str a.jar}}"
      })
  void c03_tags_areRefused(String text) throws IOException {
    assertThat(problems(text)).anyMatch(line -> line.contains("is not accepted; write plain data"));
  }

  @Test
  void c04_duplicateKey_isRefusedNamingBothLines() throws IOException {
    assertThat(problems("functions:\n  a: {archive: a.jar}\n  a: {archive: b.jar}\n"))
        .containsExactly("hearth.yaml:3:3: duplicate key 'a'; it stands on line 2 already");
  }

  @Test
  void c04_tab_isRefusedWithItsPlace() throws IOException {
    assertThat(problems("functions:\n\ta: {archive: a.jar}\n"))
        .singleElement()
        .asString()
        .startsWith("hearth.yaml:2:1: not readable as YAML: ")
        .contains("TAB");
  }

  @Test
  void c04_byteOrderMark_isRefused() throws IOException {
    assertThat(problems("\uFEFFfunctions: {}\n"))
        .containsExactly(
            "hearth.yaml:1:1: the file begins with a byte order mark; save it as UTF-8 without one");
  }

  @Test
  void c04_brokenUtf8_isRefusedWithItsPlace() throws IOException {
    byte[] bytes = "functions:\n  a: x\n".getBytes(StandardCharsets.UTF_8);
    bytes[16] = (byte) 0xC3;
    Path file = Files.write(directory.resolve("hearth.yaml"), bytes);

    assertThat(refusal(file).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.line()).isEqualTo(2);
              assertThat(problem.column()).isEqualTo(6);
              assertThat(problem.message()).contains("not UTF-8");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999h", "-1s", "1", "1e3s", "0s", "[1s]", "", "~"})
  void c05_durationOfAnotherForm_isRefused(String duration) throws IOException {
    assertThat(
            problems("functions:\n  a:\n    archive: a.jar\n    timeout:\n      run: " + duration))
        .singleElement()
        .asString()
        .startsWith("hearth.yaml:5:")
        .contains("functions.a.timeout.run is ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no", "on", "012", "1_000", "12:30:00", "true", "1.0", "0x1F"})
  void c06_scalarWhereTextIsMeant_isTheCharactersWritten(String text) throws IOException {
    HearthSettings settings =
        read("functions:\n  a:\n    archive: a.jar\n    env: {X: " + text + "}\n");

    assertThat(requireNonNull(settings.functions().get("a")).env()).containsEntry("X", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "012",
        "1_000",
        "12:30:00",
        "0x10",
        "1.0",
        "1e2",
        "+1",
        "'2'",
        "99999999999"
      })
  void c06_scalarWhereANumberIsMeant_isOnlyDecimalDigits(String text) throws IOException {
    assertThat(problems("functions: {a: {archive: a.jar, instances: {max: " + text + "}}}"))
        .singleElement()
        .asString()
        .contains("expected a whole number within 1 to 1000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "'..'", "a/b", "'\uD83D\uDD25'", "-x"})
  void c07_nameOutsideTheRule_isRefusedByTheRule(String name) throws IOException {
    assertThat(problems("functions:\n  " + name + ": {archive: a.jar}\n"))
        .singleElement()
        .asString()
        .contains("is not allowed; expected 1 to 63 letters");
    assertThat(problems("functions:\n  " + "n".repeat(64) + ": {archive: a.jar}\n")).hasSize(1);
  }

  @Test
  void c07_awkwardButPlainNames_work() throws IOException {
    assertThat(
            read("functions: {con: {archive: a}, healthz: {archive: a}, A: {archive: a}, a: {archive: a}}")
                .functions())
        .containsOnlyKeys("con", "healthz", "A", "a");
  }

  @ParameterizedTest
  @CsvSource({
    "missing, does not exist",
    "empty, is empty",
    "newline, is empty",
    "large, is larger than 64 KiB",
    "binary, is not UTF-8",
    "., is not a regular file"
  })
  void c08_secretFileWithoutASecret_isRefusedByName(String name, String reason) throws IOException {
    Files.writeString(directory.resolve("empty"), "");
    Files.writeString(directory.resolve("newline"), "\n");
    Files.writeString(directory.resolve("large"), "hidden".repeat(20_000));
    Files.write(directory.resolve("binary"), new byte[] {(byte) 0xFF, 1});

    assertThat(problems(pool("password: {file: " + name + "}")))
        .singleElement()
        .asString()
        .contains("pools.db.password.file")
        .contains(reason)
        .doesNotContain("hidden");
  }

  @Test
  void c08_secret_isTrimmedOfOneLineEndAndNeverShown() throws IOException {
    Files.writeString(directory.resolve("secret"), " hunter2 \r\n");

    PoolSettings pool = requireNonNull(read(pool("password: {file: secret}")).pools().get("db"));

    assertThat(requireNonNull(pool.password()).value().reveal()).isEqualTo(" hunter2 ");
    assertThat(pool.toString() + pool.password()).doesNotContain("hunter2");
  }

  @Test
  void c08_mistakeBesideAPassword_doesNotQuoteIt() throws IOException {
    assertThat(problems(pool("password: hunter2, max: ]")).toString()).doesNotContain("hunter2");
    assertThat(problems(pool("password: [hunter2]")).toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "---\n", "[]", "text", "functions: [a]", "functions:\n"})
  void read_noMapping_isRefused(String text) throws IOException {
    assertThat(problems(text)).isNotEmpty();
  }

  @Test
  void read_twoDocuments_isRefused() throws IOException {
    assertThat(problems("functions: {}\n---\nfunctions: {}\n"))
        .containsExactly("hearth.yaml:2:1: only one document is expected");
  }

  @Test
  void read_fileThatIsNotThere_isRefusedByName() {
    assertThat(refusal(directory.resolve("no.yaml")))
        .hasMessageContaining("no.yaml:1:1: the file does not exist");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "minIdle: 11 | minIdle is 11, above max 10",
        "keepalive: 5s | keepalive is 5s; expected 0s, or 30s or longer",
        "keepalive: 40m | expected less than maxLifetime, which is 30m",
        "acquireTimeout: 100ms | it must be within 250ms to",
        "properties: {user: x} | properties has 'user'; set it beside url instead",
        "min: 1 | unknown key 'pools.db.min'"
      })
  void read_poolSettingThatCannotHold_isRefused(String setting, String reason) throws IOException {
    assertThat(problems(pool(setting))).singleElement().asString().contains(reason);
  }

  private static String pool(String more) {
    return "pools: {db: {url: 'jdbc:h2:mem:x', " + more + "}}";
  }

  private HearthSettings read(String text) throws IOException {
    return ConfigFile.read(Files.writeString(directory.resolve("hearth.yaml"), text));
  }

  private List<String> problems(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("hearth.yaml"), text);
    return refusal(file).problems().stream()
        .map(problem -> problem.toString().replace(directory + "/", ""))
        .toList();
  }

  private static ConfigException refusal(Path file) {
    ConfigException refusal =
        catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(file));
    assertThat(refusal).as("refusal of %s", file).isNotNull();
    return refusal;
  }
}
