package dev.hearth.log.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.Hearth;
import dev.hearth.testing.RecordingSink;
import dev.hearth.testing.TalkingFunctions;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.logging.LogManager;

/** Runs in a JVM of its own: functions that log by what the JDK has, in a process that is Hearth's. */
final class TalkingWithTheJdk {

  private static final String JUL =
      """
      static final java.util.logging.Logger LOG = java.util.logging.Logger.getLogger("acme.jdk");
      static void begin(String who) {}
      static void info(String text) {
        LOG.log(java.util.logging.Level.INFO, "{0}", text);
        LOG.fine("hidden");
      }
      static void fail(String text, Throwable error) {
        LOG.log(java.util.logging.Level.SEVERE, text, error);
      }
      """;

  private static final String PLATFORM =
      """
      static final System.Logger LOG = System.getLogger("acme.jdk");
      static void begin(String who) {}
      static void info(String text) {
        LOG.log(System.Logger.Level.INFO, "{0}", text);
        LOG.log(System.Logger.Level.DEBUG, "hidden");
      }
      static void fail(String text, Throwable error) {
        LOG.log(System.Logger.Level.ERROR, text, error);
      }
      """;

  private TalkingWithTheJdk() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of("").toAbsolutePath();
    RecordingSink log = new RecordingSink(Level.INFO);
    try (Hearth hearth = Hearth.builder().log(log).build()) {
      Path jul = TalkingFunctions.function(directory, JUL).build("jul.jar");
      Path platform = TalkingFunctions.function(directory, PLATFORM).build("platform.jar");
      TalkingFunctions.check(hearth, log, jul, jul, "acme.jdk", false);
      RecordingSink second = new RecordingSink(Level.INFO);
      try (Hearth other = Hearth.builder().log(second).build()) {
        TalkingFunctions.check(other, second, platform, platform, "acme.jdk", false);
      }
    }
    assertThat(LogManager.getLogManager()).isInstanceOf(FunctionLogManager.class);
  }
}
