package dev.hearth.cli;

import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.cli.config.HearthSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code hearth run} is to do, each part with who asked for it.
 *
 * @param host null for the contract's own default
 * @param port null for the contract's own default
 * @param config the settings file, or null
 * @param settings functions and pools, the command line's over the file's
 * @param origins who named a function's archive and handler, by {@code name.key}
 */
record RunPlan(
    Setting<String> contract,
    @Nullable Setting<String> host,
    @Nullable Setting<Integer> port,
    Setting<Integer> adminPort,
    Setting<Duration> drain,
    @Nullable Setting<String> config,
    HearthSettings settings,
    Map<String, String> origins,
    boolean verbose) {

  /** Who named this part of a function. */
  String origin(FunctionSettings function, String key) {
    String known = origins.get(function.name() + "." + key);
    return known != null ? known : config == null ? Setting.DEFAULT : "file " + config.value();
  }
}
