package dev.hearth.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestionsTest {

  private static final List<String> KNOWN = List.of("archive", "handler", "timeout", "min", "max");

  @Test
  void nearest_typingMistake_findsTheName() {
    assertThat(Suggestions.nearest("archve", KNOWN)).isEqualTo("archive");
    assertThat(Suggestions.nearest("handelr", KNOWN)).isEqualTo("handler");
    assertThat(Suggestions.nearest("Timeout", KNOWN)).isEqualTo("timeout");
    assertThat(Suggestions.nearest("maxx", KNOWN)).isEqualTo("max");
  }

  @Test
  void hint_nothingNear_listsAll() {
    assertThat(Suggestions.hint("colour", KNOWN))
        .isEqualTo("known are archive, handler, timeout, min, max");
    assertThat(Suggestions.nearest("x".repeat(10_000), KNOWN)).isNull();
  }

  @Test
  void shortened_longOrControl_fitsOneLine() {
    assertThat(Suggestions.shortened("a\nb\u0000c")).isEqualTo("a?b?c");
    assertThat(Suggestions.shortened("x".repeat(100))).hasSize(65).endsWith("…");
  }
}
