package dev.hearth.cli.config;

import dev.hearth.route.Route;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a settings file says.
 *
 * @param functions by name, in the order of the file
 * @param pools by name, in the order of the file
 * @param routes by the name that callers use, in the order of the file
 * @param tls the certificate to serve with; null to serve without TLS
 */
public record HearthSettings(
    Map<String, FunctionSettings> functions,
    Map<String, PoolSettings> pools,
    Map<String, Route> routes,
    @Nullable TlsSettings tls) {

  /** What holds when there is no file. */
  public static final HearthSettings NONE = new HearthSettings(Map.of(), Map.of(), Map.of(), null);

  public HearthSettings {
    functions = Collections.unmodifiableMap(new LinkedHashMap<>(functions));
    pools = Collections.unmodifiableMap(new LinkedHashMap<>(pools));
    routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
  }
}
