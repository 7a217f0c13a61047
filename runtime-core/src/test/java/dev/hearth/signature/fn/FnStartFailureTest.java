package dev.hearth.signature.fn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionHandle;
import dev.hearth.invoke.Outcome;
import dev.hearth.loader.DeployException;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions that cannot be made ready: their calls fail until they can be. */
@Timeout(120)
final class FnStartFailureTest {

  private static final Map<String, String> UNDER_FN =
      Map.of("FN_LISTENER", "unix:/tmp/iofs/lsnr.sock");

  /** A function that fails twice in one of its phases, then works. */
  private static final String FAILING =
      """
      static int tries;
      static int closed;
      static void failTwice(String where) {
        if (++tries < 3) throw new IllegalStateException(where + tries);
      }
      """;

  @TempDir private Path directory;
  private FnFunctions functions;

  @BeforeEach
  void open() {
    functions = new FnFunctions(directory);
  }

  @AfterEach
  void close() {
    functions.close();
  }

  private static String answer(FunctionHandle function) {
    return FnFunctions.call("").text(function);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refusal(String members) {
    return assertThatThrownBy(() -> functions.deploy(members))
        .isInstanceOf(DeployException.class)
        .hasMessageMatching("[^\\n]+");
  }

  private static Throwable failure(FunctionHandle function) {
    Outcome<?> outcome = FnFunctions.call("").outcome(function);
    assertThat(outcome).isInstanceOf(Outcome.Threw.class);
    return ((Outcome.Threw<?>) outcome).cause();
  }

  @Test
  void fn_case_07_constructorThrows_failsEachCall_untilItDoesNot() {
    FunctionHandle function =
        functions.deploy(
            FAILING
                + "public F() { failTwice(\"made\"); } public String f(InputEvent e) { return \"OK\" + tries; }",
            UNDER_FN);

    assertThat(failure(function))
        .hasMessage(
            "the constructor of function class F failed: java.lang.IllegalStateException: made1")
        .hasRootCauseMessage("made1");
    assertThat(failure(function)).hasRootCauseMessage("made2");
    assertThat(answer(function)).isEqualTo("OK3");
    assertThat(answer(function)).isEqualTo("OK3");
  }

  @Test
  void fn_case_07_configurationThrows_failsEachCall_andEachTryBeginsAnew() {
    FunctionHandle function =
        functions.deploy(
            FAILING
                + """
                static int made;
                public F() { made++; }
                @FnConfiguration public void configure(RuntimeContext c) {
                  c.setAttribute("times", c.getAttribute("times", Integer.class).orElse(0) + 1);
                  failTwice("configured");
                }
                public String f(RuntimeContext c) {
                  return "OK " + made + " " + c.getAttribute("times", Integer.class).get();
                }
                """,
            UNDER_FN);

    assertThat(failure(function))
        .hasMessage(
            "configuration method F::configure failed: java.lang.IllegalStateException: configured1")
        .hasRootCauseMessage("configured1");
    assertThat(failure(function)).hasRootCauseMessage("configured2");
    assertThat(answer(function)).isEqualTo("OK 3 1");
  }

  @Test
  void configurationThrows_theInstanceMadeForIt_isClosed() {
    Path jar =
        functions.source(
            """
            public class F implements AutoCloseable {
            """
                + FAILING
                + """
                  @FnConfiguration public void configure() { failTwice("configured"); }
                  public void close() { closed++; }
                  public String f() { return closed + " closed"; }
                }
                """);
    FunctionHandle function = functions.deploy(jar, "F::f", UNDER_FN);

    failure(function);
    failure(function);

    assertThat(answer(function)).isEqualTo("2 closed");
  }

  @Test
  void error_inTheConstructor_passesUnchanged() {
    FunctionHandle function =
        functions.deploy(
            "public F(RuntimeContext c) { throw new AssertionError(\"bad\"); } public void f() {}",
            UNDER_FN);

    assertThat(failure(function)).isExactlyInstanceOf(AssertionError.class).hasMessage("bad");
    assertThat(failure(function)).isExactlyInstanceOf(AssertionError.class).hasMessage("bad");
  }

  @Test
  void staticInitialiserThrows_failsEachCall_namingTheClass() {
    FunctionHandle function =
        functions.deploy(
            "static final int N = fail(); static int fail() { throw new IllegalStateException(\"bad\"); }"
                + " public static void f(InputEvent e) {}",
            UNDER_FN);

    assertThat(failure(function))
        .hasMessage("function class F cannot be initialised: java.lang.IllegalStateException: bad");
    assertThat(failure(function))
        .isInstanceOf(NoClassDefFoundError.class)
        .rootCause()
        .hasMessageContaining("java.lang.IllegalStateException: bad");
  }

  @Test
  void start_elsewhereThanUnderFn_thatFails_refusesTheDeployment() {
    refusal(
            "public F() { throw new IllegalStateException(\"no db\"); } public void f(InputEvent e) {}")
        .hasMessageContaining("the constructor of function class F failed")
        .hasRootCauseMessage("no db");
    refusal(
            "@FnConfiguration public void c() { throw new IllegalStateException(\"no db\"); } public void f() {}")
        .hasMessageContaining("configuration method F::c failed")
        .hasRootCauseMessage("no db");
  }
}
