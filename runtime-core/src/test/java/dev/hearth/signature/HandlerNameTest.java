package dev.hearth.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.loader.DeployException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HandlerNameTest {

  @ParameterizedTest
  @CsvSource({
    "a.B, a.B,",
    "' a.B ', a.B,",
    "a.B::run, a.B, run",
    "a.B#run, a.B, run",
    "a.B :: run, a.B, run",
    "a.B.C::run, a.B.C, run"
  })
  void parse_wellFormed_givesClassAndMethod(String text, String type, String method) {
    assertThat(HandlerName.parse(text)).isEqualTo(new HandlerName(type, method));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "::run", "a.B::", "#", "a.B|", "|", "a.B,,a.C"})
  void parseAll_partMissing_isRefusedWithTheText(String text) {
    assertThatThrownBy(() -> HandlerName.parseAll(text))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("is incomplete; expected pkg.Class");
  }

  @Test
  void parseAll_barsAndCommas_meanTheSame() {
    assertThat(HandlerName.parseAll("a.A | a.B::run,a.C"))
        .containsExactly(
            new HandlerName("a.A", null),
            new HandlerName("a.B", "run"),
            new HandlerName("a.C", null));
  }
}
