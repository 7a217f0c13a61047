package dev.hearth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.log.LogEvent;
import dev.hearth.log.Origin;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** How much of what functions log is written. */
final class LineBudgetTest {

  private static final long SECOND = 1_000_000_000;

  private final LineBudget budget = new LineBudget("chatty", 1000, 0);

  @Test
  void take_withinTheRate_isWrittenForEver() {
    for (int second = 1; second < 1000; second++) {
      assertThat(budget.take(1000, second * SECOND)).isEqualTo(LineBudget.Verdict.WRITTEN);
    }
  }

  @Test
  void R19_aboveTheRate_isLeftOutSaidOnceAndCounted() {
    int written = 0;
    int notices = 0;
    for (int i = 0; i < 10_000; i++) {
      LineBudget.Verdict verdict = budget.take(10, 1);
      written += verdict.admitted() ? 1 : 0;
      notices += verdict.notice() == null ? 0 : 1;
    }

    assertThat(written).isEqualTo(200);
    assertThat(notices).isEqualTo(1);
    LineBudget.Verdict after = budget.take(10, 2 * SECOND);
    assertThat(after.admitted()).isTrue();
    assertThat(after.notice())
        .isEqualTo(
            "function 'chatty': 9800 lines of 98000 bytes were left out, above HEARTH_LOG_RATE=1000 bytes a second");
    assertThat(budget.take(10, 2 * SECOND)).isEqualTo(LineBudget.Verdict.WRITTEN);
  }

  @Test
  void R19_floodForMinutes_isWrittenInRunsOfAboutTheRate() {
    long written = 0;
    int notices = 0;
    for (int step = 0; step < 60_000; step++) {
      LineBudget.Verdict verdict = budget.take(100, step * (SECOND / 1000));
      written += verdict.admitted() ? 100 : 0;
      notices += verdict.notice() == null ? 0 : 1;
    }

    assertThat(written).isBetween(50_000L, 63_000L);
    assertThat(notices).isBetween(60, 125);
  }

  @Test
  void take_oneLineLongerThanAll_isWrittenAndPaidForAfterwards() {
    assertThat(budget.take(5000, 1).admitted()).isTrue();
    assertThat(budget.take(1, 2).admitted()).isFalse();
    assertThat(budget.take(1, 3 * SECOND).admitted()).isFalse();
    assertThat(budget.take(1, 5 * SECOND).admitted()).isTrue();
  }

  @Test
  void R19_floodOfOneFunction_leavesTheLinesOfAnotherAndTheHosts() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Sink sink =
        ProcessLog.to(written, ProcessLog.Format.TEXT, Level.INFO).limitFunctions(4096).sink();
    for (int i = 0; i < 2000; i++) {
      sink.write(line("chatty", "x".repeat(100)));
    }
    sink.write(line("calm", "calm line"));
    sink.write(Entry.logged("INFO", "host", "host line", null, null));

    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).filteredOn(line -> line.contains("xxx")).hasSizeBetween(40, 45);
    assertThat(lines)
        .filteredOn(line -> line.contains("function 'chatty' logs more than HEARTH_LOG_RATE="))
        .hasSize(1);
    assertThat(lines).anyMatch(line -> line.contains("calm line"));
    assertThat(lines).anyMatch(line -> line.contains("host line"));
  }

  @Test
  void R19_floodOfEmptyLinesOrOfTraces_isCutAsWell() {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Sink sink =
        ProcessLog.to(written, ProcessLog.Format.JSON, Level.INFO).limitFunctions(4096).sink();
    Origin origin = new Origin("chatty", "v1", null, null);
    for (int i = 0; i < 5000; i++) {
      sink.write(Entry.printed("out", new byte[0], 0, 0, origin));
      sink.write(
          Entry.logged(
              new LogEvent(
                  System.Logger.Level.INFO,
                  "acme.Chatty",
                  "",
                  "e".repeat(1000),
                  Map.of("f", "v".repeat(1000)),
                  origin)));
    }

    assertThat(written.size()).isLessThan(20_000);
  }

  private static Entry line(String function, String text) {
    return Entry.logged(
        new LogEvent(
            System.Logger.Level.INFO,
            "acme.Chatty",
            text,
            null,
            Map.of(),
            new Origin(function, "v1", null, null)));
  }
}
