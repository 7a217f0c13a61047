package dev.hearth.http.contract.nuclio;

import dev.hearth.Hearth;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nuclio, by what its processor and its image build give: the handler is {@code NUCLIO_FUNCTION_HANDLER}, the code is where {@link
 * FunctionJar} finds it. All variables but Hearth's own are the function's.
 */
public final class NuclioPlatform implements Platform {

  private static final String OWN = "HEARTH_";
  private static final String HANDLER = "NUCLIO_FUNCTION_HANDLER";
  private static final String NAME = "NUCLIO_FUNCTION_NAME";

  /** What the processor waits for a connection; it ends the process then. */
  private static final Duration START = Duration.ofMinutes(2);

  @Override
  public String name() {
    return "nuclio";
  }

  @Override
  public boolean needsFunction() {
    return true;
  }

  @Override
  public boolean ownsProcess() {
    return true;
  }

  @Override
  public Start start(Map<String, String> environment) {
    NuclioSettings.of(environment);
    String handler = handler(environment);
    Start.Builder start =
        Start.builder().variables(variables(environment)).initTimeout(START, "Nuclio's processor");
    if (handler != null) {
      start.handler(handler, HANDLER);
    }
    String name = environment.get(NAME);
    if (name != null && Hearth.isName(name)) {
      start.name(name, NAME);
    }
    archive(environment, start);
    return start.build();
  }

  private static void archive(Map<String, String> environment, Start.Builder start) {
    String asked = environment.getOrDefault("HEARTH_HANDLER", handler(environment));
    Start.Said<Path> found = FunctionJar.find(environment, asked);
    if (found != null) {
      start.archive(found.value(), found.variable());
    } else if (FunctionJar.wrapper(environment) != null
        && !environment.containsKey("HEARTH_ARCHIVE")
        && !environment.containsKey("HEARTH_CONFIG")) {
      throw new IllegalArgumentException(
          "there is no function: handler "
              + asked
              + " is not in the wrapper jar, and none of "
              + FunctionJar.places(environment)
              + " is there; set HEARTH_ARCHIVE to the function's jar");
    }
  }

  /** Of {@code module:handler} the second counts, as for the processor. */
  private static @Nullable String handler(Map<String, String> environment) {
    String said = environment.get(HANDLER);
    if (said == null) {
      return null;
    }
    int colon = said.indexOf(':');
    String handler = said.substring(colon + 1).strip();
    return handler.isEmpty() ? null : handler;
  }

  private static Map<String, String> variables(Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (!variable.getKey().startsWith(OWN)) {
        variables.put(variable.getKey(), variable.getValue());
      }
    }
    return variables;
  }

  @Override
  public Contract contract(ContractHost host) {
    return new NuclioContract(host);
  }
}
