package dev.hearth.http.contract.fn;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Printed;
import dev.hearth.http.contract.Start;
import dev.hearth.invoke.Call;
import dev.hearth.loader.DeployException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Fn's variables and headers mean. */
final class FnPlatformTest {

  private static final long SECOND = 1_000_000_000L;

  private static Start start(String... variables) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return new FnPlatform().start(environment);
  }

  @Test
  void fn_case_01_noListener_isRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> start())
        .withMessageContaining("FN_LISTENER is not set")
        .withMessageContaining("unix:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tcp:localhost:80", "unix:", "unix:tmp/s", "/tmp/s", "unix:/\0"})
  void fn_case_01_listenerThatIsNoSocket_isRefused(String listener) {
    assertThatThrownBy(() -> start("FN_LISTENER", listener))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FN_LISTENER is ");
  }

  @Test
  void fn_case_01_pathTooLong_isRefused() {
    String longest = "/" + "x".repeat(106);

    assertThat(requireNonNull(start("FN_LISTENER", "unix:" + longest).listen()).value())
        .isEqualTo(Listen.unix(Path.of(longest)));
    assertThatThrownBy(() -> start("FN_LISTENER", "unix:" + longest + "x"))
        .hasMessageContaining("108 bytes")
        .hasMessageContaining("107");
  }

  @Test
  void format_otherThanStreams_isRefused() {
    String[] streams = {"FN_LISTENER", "unix:/tmp/s", "FN_FORMAT", "http-stream"};
    String[] json = {"FN_LISTENER", "unix:/tmp/s", "FN_FORMAT", "json"};

    assertThat(start(streams).listen()).isNotNull();
    assertThatThrownBy(() -> start(json))
        .hasMessageContaining("FN_FORMAT is 'json'")
        .hasMessageContaining("http-stream");
  }

  @Test
  void variables_areTheFunctions_butHearthsOwn() {
    Start start =
        start(
            "FN_LISTENER",
            "unix:/tmp/s",
            "FN_FN_NAME",
            "greet",
            "COLOUR",
            "red",
            "HEARTH_LOG",
            "x");

    assertThat(start.variables())
        .containsOnlyKeys("FN_LISTENER", "FN_FN_NAME", "COLOUR")
        .containsEntry("COLOUR", "red");
    assertThat(requireNonNull(start.name()).value()).isEqualTo("greet");
    assertThat(requireNonNull(start.drain()).value()).hasSeconds(5);
  }

  @Test
  void process_isTheFunctionsAndItsOutputGoesToStandardError() {
    FnPlatform platform = new FnPlatform();

    assertThat(platform.ownsProcess()).isTrue();
    assertThat(platform.needsFunction()).isTrue();
    assertThat(platform.printed()).isEqualTo(Printed.RAW_TO_ERROR);
  }

  @Test
  void open_severalFunctions_isRefused(@TempDir Path directory) {
    Path jar = FnJar.build(directory);
    try (Hearth hearth = Hearth.builder().providedApis(FnJar.PROVIDED).build()) {
      FnContract contract = new FnContract(ContractHost.of(hearth, Map.of()));
      assertThat(contract.notReady()).isEqualTo("no function can be called");
      hearth.deploy("a", FunctionSpec.builder(jar).handler("t.Upper").build());
      contract.open();
      assertThat(contract.notReady()).isNull();

      hearth.deploy("b", FunctionSpec.builder(jar).handler("t.Upper").build());

      assertThatExceptionOfType(DeployException.class)
          .isThrownBy(contract::open)
          .withMessageContaining("2 are deployed");
    }
  }

  /** Nanoseconds from now on until a call must have been answered. */
  private static long left(String deadline, String now) throws MalformedCallException {
    return Deadline.parse(deadline).nanoTime(Instant.parse(now), 0);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:00:10.500Z, 9450000000",
    "2026-01-31T14:00:10.500+02:00, 9450000000",
    "2026-01-31T06:30:10.5-05:30, 9450000000",
    "2026-01-31t12:00:10.500000000z, 9450000000",
    "2026-01-31T12:00:01.1Z, 90000000",
    "2026-01-31T12:00:00.9Z, -100000000"
  })
  void deadline_withFraction_isAMomentBefore(String deadline, long left) throws Exception {
    assertThat(left(deadline, "2026-01-31T12:00:01Z")).isEqualTo(left);
  }

  /** A limit of a second, whenever in a second it begins. */
  @ParameterizedTest
  @ValueSource(strings = {"00.000", "00.010", "00.500", "00.999"})
  void deadline_truncated_leavesTheWholeLimit(String begin) throws Exception {
    Instant sent = Instant.parse("2026-01-31T12:00:" + begin + "Z");
    String deadline = sent.plusSeconds(1).toString().substring(0, 19) + "Z";

    long left = left(deadline, sent.plusMillis(5).toString());

    assertThat(left).isBetween(SECOND * 9 / 10, SECOND * 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2002-10-02T10:00:00.992Z", "2026-01-31T10:00:00Z", "2099-01-01T00:00:00Z"})
  void deadline_farAway_saysNothing(String deadline) throws Exception {
    assertThat(left(deadline, "2026-01-31T12:00:00Z")).isEqualTo(Call.NO_DEADLINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tomorrow",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-01-31 12:00:00Z",
        "2026-13-31T12:00:00Z",
        "2026-02-29T12:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:60:00Z",
        "2026-01-31T12:00:00+2",
        "2026-01-31T12:00:00+24:00",
        "2026-01-31T12:00:00Zx",
        "2026-01-31T12:00:00.Z"
      })
  void deadline_thatIsNone_isRefused(String deadline) {
    assertThatExceptionOfType(MalformedCallException.class)
        .isThrownBy(() -> Deadline.parse(deadline))
        .withMessageContaining("'" + deadline + "'")
        .withMessageContaining("2026-01-31T12:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:8/t/app/x/y?q=1&r=%20#f, h:8, /t/app/x/y, q=1&r=%20, /t/app",
    "https://h, h, /, '', ''",
    "http://h?q, h, /, q, ''",
    "/a/b, '', /a/b, '', ''",
    "/t/app, '', /t/app, '', ''",
    "'', '', /, '', ''"
  })
  void url_isTakenApart(String url, String host, String path, String query, String base) {
    RequestUrl parts = RequestUrl.of(url);

    assertThat(parts).isEqualTo(new RequestUrl(host, path, query));
    assertThat(parts.basePath()).isEqualTo(base);
  }
}
