package dev.hearth.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {

  @Test
  void parse_eachUnit_isExact() {
    assertThat(Durations.parse("500ms", Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
    assertThat(Durations.parse("1s", Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Durations.parse("10m", Duration.ZERO)).isEqualTo(Duration.ofMinutes(10));
    assertThat(Durations.parse("8760h", Duration.ZERO)).isEqualTo(Duration.ofDays(365));
    assertThat(Durations.parse("0s", Duration.ZERO)).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "1", "-1s", "+1s", "1e3s", "1.5s", "s", " 1s", "1 s", "1S", "1d", "1_0s", "٣s"
      })
  void parse_anotherForm_isRefusedWithTheForm(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text, Duration.ZERO))
        .withMessageContaining("expected a whole number with ms, s, m or h");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "99999999999h",
        "999999999999h",
        "9999999999999999999999ms",
        "8761h",
        "31536000001ms"
      })
  void parse_longerThanAYear_isRefusedWithTheRange(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text, Duration.ZERO))
        .withMessageContaining("it must be within 0ms to 8760h");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1ms", "1500ms", "1s", "90s", "2m", "3h", "0ms"})
  void write_whatWasParsed_givesItBack(String text) {
    assertThat(Durations.write(Durations.parse(text, Duration.ZERO))).isEqualTo(text);
  }
}
