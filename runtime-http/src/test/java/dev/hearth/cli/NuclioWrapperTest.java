package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wrapper's command line as Hearth's. */
class NuclioWrapperTest {

  private final Map<String, String> environment = new HashMap<>();

  private List<String> command(String arguments, String classPath) {
    return NuclioWrapper.command(arguments.split(" "), environment, classPath);
  }

  @Test
  void command_ofTheProcessor_runsTheContract() {
    assertThat(command("-handler acme.Hello -port 4000 -workerid 3", "/opt/x/w.jar"))
        .containsExactly("run", "--contract", "nuclio");
    assertThat(environment)
        .isEqualTo(
            Map.of(
                "HEARTH_HANDLER", "acme.Hello",
                "HEARTH_PORT", "4000",
                "HEARTH_NUCLIO_WORKER_ID", "3",
                "HEARTH_NUCLIO_WRAPPER", "/opt/x/w.jar"));
  }

  @Test
  void command_verboseAndTwoDashes_areUnderstood() {
    assertThat(command("--workerid 0 --verbose --port 1 --handler h", "a.jar:b.jar"))
        .containsExactly("run", "--contract", "nuclio", "-v");
    assertThat(environment)
        .containsEntry("HEARTH_LOG_LEVEL", "debug")
        .doesNotContainKey("HEARTH_NUCLIO_WRAPPER");
  }

  @Test
  void command_handlerEmpty_leavesItToTheArchive() {
    NuclioWrapper.command(
        new String[] {"-handler", "", "-port", "1", "-workerid", "0"}, environment, null);

    assertThat(environment).doesNotContainKey("HEARTH_HANDLER");
  }

  @ParameterizedTest
  @CsvSource({
    "-port 1 -workerid 3, -handler",
    "-handler h -workerid 3, -port",
    "-handler h -port 1, -workerid",
    "-handler h -port 1 -workerid, -workerid needs a value",
    "-handler h -port x -workerid 3, 'x'",
    "-handler h -port 0 -workerid 3, '0'",
    "-handler h -port 65536 -workerid 3, '65536'",
    "-handler h -port 1 -workerid 3 more, 'more'",
    "-what, '-what'"
  })
  void nuclio_case_19_argumentsThatMakeNoSense_areNamed(String arguments, String named) {
    assertThatThrownBy(() -> command(arguments, "w.jar"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(named);
  }
}
