package dev.hearth.cli;

import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.cli.config.HearthSettings;
import dev.hearth.cli.config.TlsSettings;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Start;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code hearth run} is to do, each part with who asked for it.
 *
 * @param start what the platform's variables say
 * @param host null for the contract's own default
 * @param port null for the contract's own default
 * @param http2 {@code on}, {@code off} or {@code auto}
 * @param config the settings file, or null
 * @param settings functions and pools, the command line's over the file's
 * @param admin how the host is operated
 * @param flat the jar that is on the class path as well, or null
 * @param origins who named a function's archive and handler, by {@code name.key}
 * @param quiet whether nothing is printed when calls can be served
 */
record RunPlan(
    Setting<String> contract,
    Start start,
    @Nullable Setting<String> host,
    @Nullable Setting<Integer> port,
    Setting<Integer> adminPort,
    Setting<Duration> drain,
    Setting<String> http2,
    @Nullable Setting<String> config,
    HearthSettings settings,
    AdminPlan admin,
    @Nullable Setting<Path> flat,
    Map<String, String> origins,
    boolean quiet,
    boolean verbose) {

  /** The name of TLS among the origins; none that a function's part can have. */
  static final String TLS = "tls";

  /** Who named the certificate. */
  String origin(TlsSettings tls) {
    String known = origins.get(TLS);
    return known != null ? known : config == null ? Setting.DEFAULT : "file " + config.value();
  }

  /** Where to listen: as the user says, else as the platform's variables say, else as its contract expects. */
  Setting<Listen> listen(Listen expected) {
    Start.Said<Listen> said = start.listen();
    Setting<Listen> base =
        said == null
            ? Setting.byDefault(expected)
            : new Setting<>(said.value(), "environment " + said.variable());
    Listen at =
        base.value().at(host == null ? null : host.value(), port == null ? null : port.value());
    return new Setting<>(at, base.origin());
  }

  /** Who named this part of a function. */
  String origin(FunctionSettings function, String key) {
    String known = origins.get(function.name() + "." + key);
    return known != null ? known : config == null ? Setting.DEFAULT : "file " + config.value();
  }
}
