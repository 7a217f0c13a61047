package dev.hearth.log.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code java.util.logging} and {@link System.Logger}, each in a JVM that is set up for it. */
@Timeout(120)
final class JdkLoggingTest {

  private static final String MANAGER =
      "-Djava.util.logging.manager=" + FunctionLogManager.class.getName();

  @TempDir private Path directory;

  private Path finderService() throws Exception {
    Path services = Files.createDirectories(directory.resolve("finder/META-INF/services"));
    Files.writeString(
        services.resolve("java.lang.System$LoggerFinder"), FunctionLoggerFinder.class.getName());
    return directory.resolve("finder");
  }

  @Test
  void julAndSystemLogger_endInTheHostsLogUnmixedAndLeaveNothing() throws Exception {
    String output =
        ForkedJvm.of(directory, TalkingWithTheJdk.class)
            .options(MANAGER)
            .with(finderService())
            .run();

    assertThat(output).isEmpty();
  }

  @Test
  void jul_eachFunction_hasLoggersLevelsAndHandlersOfItsOwn() throws Exception {
    ForkedJvm.of(directory, JulIsolation.class).options(MANAGER).with(finderService()).run();
  }

  @Test
  void jul_inAnEmbedder_isLeftAsItIs() throws Exception {
    ForkedJvm.of(directory, JulOfEmbedder.class).run();
  }
}
