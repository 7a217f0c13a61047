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

  /** What a platform puts into the environment, the more particular before the more general. */
  private static final String[][] SIGNS = {
    {"lambda", "AWS_LAMBDA_RUNTIME_API"},
    {"fn", "FN_LISTENER"},
    {"azure", "FUNCTIONS_CUSTOMHANDLER_PORT"},
    {"azure", "FUNCTIONS_HTTPWORKER_PORT"}, // older hosts know only this one, newer ones set both
    {"kubeless", "FUNC_HANDLER", "MOD_NAME"},
    {"gcf", "FUNCTION_TARGET"},
    {"knative", "K_SERVICE"},
    {"openwhisk", "__OW_API_HOST"},
  };

  private static Setting<String> detect(Map<String, String> environment) {
    String[] first = null;
    for (String[] sign : SIGNS) {
      if (isThere(sign, environment)) {
        if (first != null && !includes(first[0], sign[0])) {
          throw conflict(environment);
        }
        first = first == null ? sign : first;
      }
    }
    return first == null
        ? new Setting<>(NATIVE, "auto")
        : new Setting<>(first[0], "auto, by " + variables(first));
  }

  private static boolean isThere(String[] sign, Map<String, String> environment) {
    for (int i = 1; i < sign.length; i++) {
      if (!environment.containsKey(sign[i])) {
        return false;
      }
    }
    return true;
  }

  /** Google's functions run on its Knative service, which says so as well; some platforms have several signs. */
  private static boolean includes(String platform, String other) {
    return platform.equals(other) || (platform.equals("gcf") && other.equals("knative"));
  }

  private static UsageException conflict(Map<String, String> environment) {
    StringBuilder seen = new StringBuilder();
    for (String[] sign : SIGNS) {
      if (isThere(sign, environment)) {
        seen.append(seen.length() == 0 ? "" : ", ")
            .append(variables(sign))
            .append(" (")
            .append(sign[0])
            .append(')');
      }
    }
    return new UsageException(
        "the environment has the signs of several platforms: "
            + seen
            + "; choose one with --contract or HEARTH_CONTRACT");
  }

  private static String variables(String[] sign) {
    return sign.length == 2 ? sign[1] : sign[1] + " and " + sign[2];
  }
}
