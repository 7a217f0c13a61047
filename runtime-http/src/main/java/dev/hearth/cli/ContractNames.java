package dev.hearth.cli;

import dev.hearth.cli.config.Suggestions;
import java.util.List;
import java.util.Map;

/** The platforms' names as {@code --contract} takes them. */
final class ContractNames {

  static final String AUTO = "auto";
  static final String NATIVE = "native";

  /** Every name there is, in the order they are listed to the user. */
  static final List<String> ALL =
      List.of(
          AUTO,
          NATIVE,
          "fission",
          "knative",
          "gcf",
          "openfaas",
          "openwhisk",
          "fn",
          "nuclio",
          "kubeless",
          "lambda",
          "lambda-emulator",
          "azure");

  private ContractNames() {}

  /** Checks what the user named, or finds the platform by what it puts into the environment. */
  static Setting<String> choose(
      Setting<String> asked, List<String> available, Map<String, String> environment) {
    if (!ALL.contains(asked.value())) {
      throw new UsageException(
          "contract '"
              + Suggestions.shortened(asked.value())
              + "' is unknown; "
              + Suggestions.hint(asked.value(), ALL));
    }
    Setting<String> chosen = asked.value().equals(AUTO) ? detect(environment) : asked;
    if (!available.contains(chosen.value())) {
      throw new UsageException(
          "contract '"
              + chosen.value()
              + "' ("
              + chosen.origin()
              + ") is not available yet; available are "
              + String.join(", ", available));
    }
    return chosen;
  }

  private static Setting<String> detect(Map<String, String> environment) {
    String[][] signs = {
      {"AWS_LAMBDA_RUNTIME_API", "lambda"},
      {"FN_LISTENER", "fn"},
      {"FUNCTIONS_CUSTOMHANDLER_PORT", "azure"},
      {"FUNC_HANDLER", "kubeless"},
      {"FUNCTION_TARGET", "gcf"},
      {"K_SERVICE", "knative"},
      {"__OW_API_HOST", "openwhisk"},
    };
    for (String[] sign : signs) {
      boolean there = environment.containsKey(sign[0]);
      if (sign[1].equals("kubeless")) {
        there &= environment.containsKey("MOD_NAME");
      }
      if (there) {
        return new Setting<>(sign[1], "auto, by " + sign[0]);
      }
    }
    return new Setting<>(NATIVE, "auto");
  }
}
