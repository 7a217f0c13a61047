package dev.hearth.http.contract.openfaas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the watchdog's variables say. */
final class OpenFaasPlatformTest {

  private static Map<String, String> map(String... pairs) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return environment;
  }

  private static Start start(String... pairs) {
    return new OpenFaasPlatform().start(map(pairs));
  }

  private static WatchdogSettings settings(String... pairs) {
    return new WatchdogSettings(map(pairs));
  }

  private static <T> T value(Start.@Nullable Said<T> said) {
    return Objects.requireNonNull(said).value();
  }

  @Test
  void platform_isThereByItsName() {
    assertThat(Contracts.names()).contains("openfaas");
    assertThat(Contracts.platform("openfaas").name()).isEqualTo("openfaas");
    assertThat(Contracts.platform("openfaas").needsFunction()).isTrue();
  }

  @Test
  void start_nothingSet_standsInTheWatchdogsPlace() {
    Start start = start();

    assertThat(start.listen()).as("its contract says 8080").isNull();
    assertThat(value(start.drain())).isEqualTo(Duration.ofSeconds(60));
    assertThat(value(start.log())).isEqualTo("text");
    assertThat(start.runTimeout()).as("counts for each request, streams apart").isNull();
    assertThat(start.name()).isNull();
  }

  @Test
  void start_variables_sayWhereAndHowLong() {
    Start start =
        start(
            "port", "9090",
            "healthcheck_interval", "2s",
            "write_timeout", "5",
            "OPENFAAS_NAME", "greeter");

    assertThat(value(start.listen()).port()).isEqualTo(9090);
    assertThat(value(start.drain())).isEqualTo(Duration.ofSeconds(7));
    assertThat(value(start.name())).isEqualTo("greeter");
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8082,127.0.0.1,8082",
    "http://127.0.0.1:8082/,127.0.0.1,8082",
    "http://localhost:3000,127.0.0.1,3000",
    "http://localhost,127.0.0.1,80",
    "http://[::1]:5000,::1,5000",
    "http://function:5000,0.0.0.0,5000"
  })
  void openfaas_case_21_upstreamUrl_isWhereToListen(String url, String host, int port) {
    Start start = start("mode", "http", "fprocess", "hearth run", "upstream_url", url, "port", "1");

    assertThat(value(start.listen())).isEqualTo(new Listen(host, port));
    assertThat(value(start.drain())).isEqualTo(Duration.ofSeconds(62));
  }

  @Test
  void start_bothUpstreamUrls_theSecondWins() {
    Start start =
        start("upstream_url", "http://127.0.0.1:1", "http_upstream_url", "http://127.0.0.1:2");

    assertThat(value(start.listen()).port()).isEqualTo(2);
    assertThat(Objects.requireNonNull(start.listen()).variable()).isEqualTo("http_upstream_url");
  }

  @ParameterizedTest
  @CsvSource({
    "upstream_url,https://127.0.0.1:8082,must be a URL",
    "upstream_url,127.0.0.1:8082,must be a URL",
    "upstream_url,http://127.0.0.1:x,must be a URL",
    "upstream_url,http://127.0.0.1:70000,must be a URL",
    "upstream_url,http://:8082,must be a URL",
    "mode,streaming,must be 'http'",
    "port,http,within 0 to 65535",
    "max_inflight,many,within 0 to",
    "max_inflight,-1,within 0 to",
    "HEARTH_METRICS_PORT,70000,within 0 to 65535",
    "jwt_auth,true,put of-watchdog in front",
    "write_timeout,0,longer than zero",
    "write_timeout,0s,longer than zero"
  })
  void openfaas_case_20_whatCannotBeHad_isRefusedByName(
      String variable, String value, String expected) {
    assertThatThrownBy(() -> start(variable, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(variable)
        .hasMessageContaining(expected);
  }

  @Test
  void start_jwtBehindAWatchdog_isTheWatchdogsBusiness() {
    assertThat(start("jwt_auth", "true", "upstream_url", "http://127.0.0.1:8082").listen())
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'',30000",
    "5,5000",
    "0,0",
    "300ms,300",
    "1m30s,90000",
    "1h,3600000",
    "1.5h,5400000",
    "+2s,2000",
    "1.5s500ms,2000",
    "2000us,2",
    "soon,30000",
    "-5,30000",
    "-5s,30000",
    "5x,30000",
    "5 s,30000",
    "99999999h,30000",
    "999999h,31536000000",
    "99999999999999999999,31536000000"
  })
  void settings_durations_areSecondsOrGos(String text, long millis) {
    assertThat(settings("exec_timeout", text).execTimeout()).hasMillis(millis);
  }

  @ParameterizedTest
  @CsvSource({"500,500ms", "0,0s", "2000,2s", "2500,2.5s", "90000,1m30s", "3605000,1h0m5s"})
  void goDuration_text_isAsGoPrintsIt(long millis, String expected) {
    assertThat(GoDuration.text(Duration.ofMillis(millis))).isEqualTo(expected);
  }

  @Test
  void settings_defaults_areTheWatchdogs() {
    WatchdogSettings settings = settings();

    assertThat(settings.execTimeout()).hasSeconds(30);
    assertThat(settings.readTimeout()).hasSeconds(30);
    assertThat(settings.writeTimeout()).hasSeconds(30);
    assertThat(settings.healthcheckInterval()).hasSeconds(30);
    assertThat(settings("write_timeout", "7").healthcheckInterval()).hasSeconds(7);
    assertThat(settings("write_timeout", "7", "healthcheck_interval", "x").healthcheckInterval())
        .hasSeconds(7);
    assertThat(settings.maxInflight()).isZero();
    assertThat(settings.readyPath()).isNull();
    assertThat(settings.lock()).isEqualTo(Path.of("/tmp/.lock"));
    assertThat(settings.metrics()).isEqualTo(new Listen("0.0.0.0", 8081));
    assertThat(settings.suppressesLock()).isFalse();
    assertThat(settings.logsCallId()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"true,true", "1,true", "TRUE,false", "yes,false", "'',false", "false,false"})
  void settings_switches_areTrueOrOne(String text, boolean expected) {
    assertThat(settings("suppress_lock", text).suppressesLock()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"buffer_http,1,true", "http_buffer_req_body,true,true", "buffer_http,yes,false"})
  void settings_buffers_byEitherName(String variable, String text, boolean expected) {
    assertThat(settings(variable, text).buffersRequests()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'',STAMPED",
    "true,STAMPED",
    "nonsense,STAMPED",
    "false,RAW",
    "0,RAW",
    "F,RAW",
    "False,RAW"
  })
  void openfaas_case_17_prefixLogs_decidesHowOutputLooks(String text, Printed expected) {
    assertThat(new OpenFaasPlatform().printed(map("prefix_logs", text))).isEqualTo(expected);
    assertThat(
            new OpenFaasPlatform()
                .printed(map("prefix_logs", text, "upstream_url", "http://127.0.0.1:8082")))
        .as("the watchdog does that")
        .isEqualTo(Printed.RAW);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0B",
    "13,13B",
    "999,999B",
    "1000,1kB",
    "1500,1.5kB",
    "1234567,1.235MB",
    "999999,1000kB",
    "-1,-1B"
  })
  void accessLog_sizes_haveFourDigits(long bytes, String expected) {
    assertThat(AccessLog.size(bytes)).isEqualTo(expected);
  }

  @Test
  void seconds_text_hasItsDecimals() {
    assertThat(Seconds.text(959_000, 6)).isEqualTo("0.000959");
    assertThat(Seconds.text(12_345_678_901L, 4)).isEqualTo("12.3456");
  }
}
