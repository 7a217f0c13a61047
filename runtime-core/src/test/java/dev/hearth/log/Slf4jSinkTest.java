package dev.hearth.log;

import dev.hearth.testing.ForkedJvm;
import dev.hearth.testing.TestHost;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an embedder's own backend is given when he says nothing about logs. */
@Timeout(120)
final class Slf4jSinkTest {

  @TempDir private Path directory;

  @Test
  void embedderWithLogback_getsLinesWithLoggerLevelAndMdc() throws Exception {
    ForkedJvm.of(directory, EmbedderWithLogback.class)
        .without("slf4j-nop")
        .with(
            TestHost.library("logback-core-1.4.14.jar"),
            TestHost.library("logback-classic-1.4.14.jar"))
        .run();
  }
}
