package dev.hearth.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.contract.Printed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.event.Level;

/** What functions print, behind date, time and the stream's name. Replaces the process's streams meanwhile. */
@Timeout(60)
final class StampedOutputTest {

  private static final String STAMP = "\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d ";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream outBefore = System.out;
  private ProcessLog log;

  @BeforeEach
  void capture() {
    log = ProcessLog.to(out, err, ProcessLog.Format.JSON, Level.INFO);
    log.captureOutput(Printed.STAMPED);
  }

  @AfterEach
  void giveBack() {
    log.close();
    assertThat(System.out).isSameAs(outBefore);
  }

  @Test
  void lines_areStampedOnTheStreamTheyWerePrintedTo() {
    System.out.println("one \"two\" ❄");
    System.err.println("three");

    assertThat(out.toString(StandardCharsets.UTF_8)).matches(STAMP + "stdout: one \"two\" ❄\n");
    assertThat(err.toString(StandardCharsets.UTF_8)).matches(STAMP + "stderr: three\n");
  }

  @Test
  void line_thatIsTooLong_isCutAndCounted() {
    System.out.println("a".repeat(LineBuffer.MAX_LINE + 5));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .matches(STAMP + "stdout: a{" + LineBuffer.MAX_LINE + "}… \\(5 bytes more\\)\n");
  }

  @Test
  void streams_otherLines_areNotStamped() {
    log.streams().err("as it is");

    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("as it is\n");
  }

  @Test
  void slashed_isTheDateAsGoWritesIt() {
    Bytes bytes = new Bytes();

    Timestamp.slashed(bytes, 1_795_482_123_999L);

    assertThat(bytes.utf8()).isEqualTo("2026/11/24 01:02:03");
  }
}
