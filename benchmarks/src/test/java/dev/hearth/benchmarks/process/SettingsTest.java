package dev.hearth.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SettingsTest {

  @Test
  void none_measuresEverythingWithThisJdk() {
    Settings settings = new Settings();

    assertThat(settings.has("cold")).isTrue();
    assertThat(settings.has("jmh")).isTrue();
    assertThat(settings.n).isEqualTo(20);
    assertThat(settings.jdks).hasSize(1);
  }

  @Test
  void only_somePart_leavesTheOthersOut() {
    Settings settings = new Settings("--quick", "--only", "cold,warm");

    assertThat(settings.has("warm")).isTrue();
    assertThat(settings.has("jmh")).isFalse();
    assertThat(settings.n).isEqualTo(10);
  }

  @Test
  void only_unknownPart_listsTheParts() {
    assertThatThrownBy(() -> new Settings("--only", "cold,lukewarm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'lukewarm'")
        .hasMessageContaining("[cold, functions, growth, jmh, none, specialise, warm]");
  }

  @Test
  void option_unknownOrWithoutValue_isRefused() {
    assertThatThrownBy(() -> new Settings("--fast", "x")).hasMessageContaining("--fast");
    assertThatThrownBy(() -> new Settings("--n")).hasMessageContaining("--n");
    assertThatThrownBy(() -> new Settings("--n", "0")).hasMessageContaining("at least 1");
  }
}
