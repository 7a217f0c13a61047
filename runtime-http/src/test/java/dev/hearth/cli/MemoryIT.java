package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process whose functions use up its memory, or flood its log. */
@Timeout(300)
final class MemoryIT {

  private static final Map<String, String> SMALL =
      Map.of("HEARTH_JAVA_HOME", System.getProperty("java.home"), "HEARTH_JVM_OPTS", "-Xmx64m");

  @TempDir private Path directory;

  private String jar(String name, String body) {
    return TestJar.of(directory)
        .source(
            "acme.Hoarder",
            """
            package acme;
            import java.util.ArrayList;
            import java.util.List;
            public class Hoarder implements java.util.function.Function<String, String> {
              private static final List<byte[]> KEPT = new ArrayList<>();
              public String apply(String text) {
                %s
              }
            }
            """
                .formatted(body))
        .build(name + ".jar")
        .toString();
  }

  @Test
  void R16_memoryThatStaysUsedUp_endsTheProcessWithACodeOfItsOwn() throws Exception {
    String jar = jar("hoarder", "while (true) KEPT.add(new byte[100_000]);");

    try (HearthProcess process =
        HearthProcess.start(directory, SMALL, "run", jar, "--port", "0", "--admin-port", "0")) {
      process.awaitReady();
      CompletableFuture<?> call = HearthProcess.postLater(process.url(), "x");

      // The line in the log is not asked for: it needs memory, and may be lost.
      assertThat(process.exitCode()).isEqualTo(ExitCode.OUT_OF_MEMORY);
      call.cancel(true);
    }
  }

  @Test
  void R16_memoryThatIsGivenBack_isServedOn() throws Exception {
    String jar =
        jar(
            "greedy",
            "List<byte[]> mine = new ArrayList<>(); while (!text.equals(\"calm\")) mine.add(new byte[100_000]); return text;");

    try (HearthProcess process =
        HearthProcess.start(directory, SMALL, "run", jar, "--port", "0", "--admin-port", "0")) {
      for (int i = 0; i < 3; i++) {
        assertThat(HearthProcess.post(process.url(), "x").statusCode()).isEqualTo(500);
      }
      assertThat(HearthProcess.post(process.url(), "calm").body()).isEqualTo("calm");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> HearthProcess.get(process.adminUrl() + "/readyz").statusCode() == 200);
      assertThat(HearthProcess.post(process.url(), "calm").body()).isEqualTo("calm");
      process.terminate();
      assertThat(process.exitCode()).isZero();
    }
  }

  @Test
  void R19_logFlood_isCutSaidAndLeavesTheAnswerAsItIs() throws Exception {
    String jar =
        jar(
            "chatty",
            "String line = \"y\".repeat(10_000); for (int i = 0; i < 5_000; i++) System.out.println(line); return \"done\";");
    Map<String, String> limited =
        Map.of("HEARTH_JAVA_HOME", System.getProperty("java.home"), "HEARTH_LOG_RATE", "100KiB");

    try (HearthProcess process =
        HearthProcess.start(directory, limited, "run", jar, "--port", "0")) {
      assertThat(HearthProcess.post(process.url(), "x").body()).isEqualTo("done");

      assertThat(process.err())
          .contains("function 'chatty' logs more than HEARTH_LOG_RATE=102400")
          .hasSizeLessThan(20_000_000);
    }
  }

  @Test
  void logRate_thatIsNone_isWrongUsage() throws Exception {
    Map<String, String> wrong =
        Map.of("HEARTH_JAVA_HOME", System.getProperty("java.home"), "HEARTH_LOG_RATE", "fast");

    try (HearthProcess process =
        HearthProcess.start(directory, wrong, "run", "--port", "0", "--admin-port", "0")) {
      assertThat(process.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(process.err())
          .contains("HEARTH_LOG_RATE is 'fast'; expected a whole number with B");
    }
  }
}
