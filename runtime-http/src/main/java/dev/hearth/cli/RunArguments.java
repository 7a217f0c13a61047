package dev.hearth.cli;

import dev.hearth.cli.config.Suggestions;
import java.io.File;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the command line and the environment say to {@code hearth run}, flag before variable. */
final class RunArguments {

  private final List<Setting<String>> archives = new ArrayList<>();

  private final Map<RunOption, Setting<String>> options = new EnumMap<>(RunOption.class);

  private boolean help;

  private RunArguments() {}

  /**
   * Reads them.
   *
   * @param arguments what follows {@code run}
   * @throws UsageException if an option is unknown, has no value, or stands twice
   */
  static RunArguments parse(List<String> arguments, Map<String, String> environment) {
    RunArguments parsed = new RunArguments();
    parsed.readFlags(arguments);
    parsed.readEnvironment(environment);
    return parsed;
  }

  private void readFlags(List<String> arguments) {
    boolean onlyArchives = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (onlyArchives || !argument.startsWith("-") || argument.equals("-")) {
        archives.add(new Setting<>(argument, "argument"));
      } else if (argument.equals("--")) {
        onlyArchives = true;
      } else if (argument.equals("-h") || argument.equals("--help")) {
        help = true;
      } else {
        i += readFlag(argument, i + 1 < arguments.size() ? arguments.get(i + 1) : null);
      }
    }
  }

  /** Reads one option and says how many of the following arguments were its value. */
  private int readFlag(String argument, @Nullable String next) {
    int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
    String name = equals < 0 ? argument : argument.substring(0, equals);
    RunOption option = option(name);
    if (!option.takesValue()) {
      if (equals >= 0) {
        throw new UsageException("option " + name + " takes no value");
      }
      put(option, "true");
      return 0;
    }
    if (equals >= 0) {
      put(option, argument.substring(equals + 1));
      return 0;
    }
    if (next == null || next.startsWith("--")) {
      throw new UsageException("option " + name + " needs a value");
    }
    put(option, next);
    return 1;
  }

  private void put(RunOption option, String value) {
    if (options.containsKey(option) && option.takesValue()) {
      throw new UsageException("option " + option.flag() + " is given twice");
    }
    options.put(option, new Setting<>(value, "flag " + option.flag()));
  }

  private static RunOption option(String name) {
    if (name.equals("-v")) {
      return RunOption.VERBOSE;
    }
    List<String> known = new ArrayList<>();
    for (RunOption option : RunOption.values()) {
      if (option.flag().equals(name)) {
        return option;
      }
      known.add(option.flag());
    }
    throw new UsageException(
        "unknown option " + Suggestions.shortened(name) + "; " + Suggestions.hint(name, known));
  }

  private void readEnvironment(Map<String, String> environment) {
    for (RunOption option : RunOption.values()) {
      String value = environment.get(option.variable());
      if (value != null && !value.isEmpty() && !options.containsKey(option)) {
        options.put(option, new Setting<>(value, "environment " + option.variable()));
      }
    }
    String paths = environment.get(RunOption.ARCHIVE_VARIABLE);
    if (archives.isEmpty() && paths != null) {
      splitPaths(paths);
    }
  }

  private void splitPaths(String paths) {
    int from = 0;
    while (from <= paths.length()) {
      int to = paths.indexOf(File.pathSeparatorChar, from);
      String path = paths.substring(from, to < 0 ? paths.length() : to);
      if (!path.isEmpty()) {
        archives.add(new Setting<>(path, "environment " + RunOption.ARCHIVE_VARIABLE));
      }
      from = to < 0 ? paths.length() + 1 : to + 1;
    }
  }

  /** Whether help is asked for; then the rest does not matter. */
  boolean help() {
    return help;
  }

  List<Setting<String>> archives() {
    return archives;
  }

  @Nullable Setting<String> get(RunOption option) {
    return options.get(option);
  }

  /**
   * The environment with what flags say that a platform is interested in: what stands for its own variables, and where it is served,
   * which is where it calls if it is one that does.
   */
  Map<String, String> over(Map<String, String> environment) {
    Map<String, String> both = environment;
    for (Map.Entry<RunOption, Setting<String>> option : options.entrySet()) {
      String variable = option.getKey().variable();
      String value = option.getValue().value();
      boolean told =
          option.getKey().isOfPlatform()
              || option.getKey() == RunOption.HOST
              || option.getKey() == RunOption.PORT;
      if (told && !value.equals(environment.get(variable))) {
        both = new HashMap<>(both);
        both.put(variable, value);
      }
    }
    return both;
  }

  /**
   * Whether an option without a value is on.
   *
   * @throws UsageException if its variable is neither {@code true} nor {@code false}
   */
  boolean isOn(RunOption option) {
    Setting<String> setting = get(option);
    if (setting == null || setting.value().equals("false")) {
      return false;
    }
    if (!setting.value().equals("true")) {
      throw new UsageException(
          option.variable() + " is '" + setting.value() + "'; expected true or false");
    }
    return true;
  }
}
