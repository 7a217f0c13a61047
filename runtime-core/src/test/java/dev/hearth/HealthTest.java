package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What functions say about their health. */
@Timeout(120)
final class HealthTest {

  @TempDir Path directory;
  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void stop() {
    hearth.close();
  }

  private FunctionHandle deploy(String handler, String alive, String ready) {
    Path jar =
        TestJar.of(directory)
            .withApi()
            .source(
                "acme.Moody",
                """
                package acme;
                public class Moody implements java.util.function.Function<String, String>, dev.hearth.function.Health {
                  public String apply(String in) { return in; }
                  public boolean alive() { ALIVE }
                  public boolean ready() { READY }
                }
                """
                    .replace("ALIVE", alive)
                    .replace("READY", ready))
            .source(
                "acme.Stream",
                "package acme; public class Stream extends Moody2 implements dev.hearth.function.StreamFunction {"
                    + " public void handle(dev.hearth.function.Request in, dev.hearth.function.Response out,"
                    + " dev.hearth.function.Context context) {} }")
            .source(
                "acme.Moody2",
                "package acme; public class Moody2 implements dev.hearth.function.Health {"
                    + " public boolean ready() { return false; } }")
            .source(
                "acme.Plain",
                "package acme; public class Plain implements java.util.function.Function<String, String> {"
                    + " public String apply(String in) { return in; } }")
            .build("moody.jar");
    return hearth.deploy("moody", FunctionSpec.builder(jar).handler(handler).build());
  }

  private static boolean get(java.util.concurrent.CompletableFuture<Boolean> answer)
      throws Exception {
    return answer.get(60, TimeUnit.SECONDS);
  }

  @Test
  void askReady_ofAFunctionThatHasNothingToSay_isNothing() {
    FunctionHandle plain = deploy("acme.Plain", "return true;", "return true;");

    assertThat(plain.askReady()).isNull();
    assertThat(plain.askAlive()).isNull();
  }

  @Test
  void ask_givesWhatTheHooksSay() throws Exception {
    FunctionHandle moody = deploy("acme.Moody", "return true;", "return false;");

    assertThat(get(moody.askAlive())).isTrue();
    assertThat(get(moody.askReady())).isFalse();
  }

  @Test
  void ask_ofAHookThatThrows_isNo() throws Exception {
    FunctionHandle moody = deploy("acme.Moody", "throw new StackOverflowError();", "return true;");

    assertThat(get(moody.askAlive())).isFalse();
    assertThat(get(moody.askReady())).isTrue();
  }

  @Test
  void ask_runsWithTheContextClassLoaderOfTheFunction() throws Exception {
    FunctionHandle moody =
        deploy(
            "acme.Moody",
            "return Thread.currentThread().getContextClassLoader() == getClass().getClassLoader();",
            "return true;");

    assertThat(get(moody.askAlive())).isTrue();
  }

  @Test
  void ask_ofAComposition_isWhatAllPartsSay() throws Exception {
    FunctionHandle composed = deploy("acme.Plain|acme.Moody", "return true;", "return false;");

    assertThat(get(composed.askAlive())).isTrue();
    assertThat(get(composed.askReady())).isFalse();
  }

  @Test
  void ask_ofAStreamFunction_isWhatItSays() throws Exception {
    FunctionHandle stream = deploy("acme.Stream", "return true;", "return true;");

    assertThat(get(stream.askAlive())).isTrue();
    assertThat(get(stream.askReady())).isFalse();
  }
}
