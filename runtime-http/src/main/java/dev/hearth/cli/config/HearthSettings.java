package dev.hearth.cli.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a settings file says.
 *
 * @param functions by name, in the order of the file
 * @param pools by name, in the order of the file
 */
public record HearthSettings(
    Map<String, FunctionSettings> functions, Map<String, PoolSettings> pools) {

  /** What holds when there is no file. */
  public static final HearthSettings NONE = new HearthSettings(Map.of(), Map.of());

  public HearthSettings {
    functions = Collections.unmodifiableMap(new LinkedHashMap<>(functions));
    pools = Collections.unmodifiableMap(new LinkedHashMap<>(pools));
  }
}
