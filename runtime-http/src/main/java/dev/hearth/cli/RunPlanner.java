package dev.hearth.cli;

import dev.hearth.Hearth;
import dev.hearth.cli.config.ConfigFile;
import dev.hearth.cli.config.Durations;
import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.cli.config.HearthSettings;
import dev.hearth.cli.config.TlsSettings;
import dev.hearth.http.Contracts;
import dev.hearth.http.contract.Start;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Joins flags, environment, file and defaults into a {@link RunPlan}. */
final class RunPlanner {

  /** What calls are given to end when the host is told to stop. */
  static final Duration DEFAULT_DRAIN = Duration.ofSeconds(30);

  private static final List<String> HTTP2 = List.of("on", "off", "auto");

  private final RunArguments arguments;
  private final Map<String, String> environment;
  private final List<String> available;
  private final Map<String, String> origins = new HashMap<>();

  private RunPlanner(
      RunArguments arguments, Map<String, String> environment, List<String> available) {
    this.arguments = arguments;
    this.environment = arguments.over(environment);
    this.available = available;
  }

  /**
   * Makes the plan.
   *
   * @param available contracts that can be served
   * @throws UsageException if a value is wrong or parts do not fit each other
   * @throws dev.hearth.cli.config.ConfigException if the file is refused
   */
  static RunPlan plan(
      RunArguments arguments, Map<String, String> environment, List<String> available) {
    return new RunPlanner(arguments, environment, available).plan();
  }

  private RunPlan plan() {
    Setting<String> asked = arguments.get(RunOption.CONTRACT);
    Setting<String> contract =
        ContractNames.choose(
            asked == null ? Setting.byDefault(ContractNames.AUTO) : asked, available, environment);
    Setting<Integer> adminPort = port(RunOption.ADMIN_PORT);
    Setting<String> config = arguments.get(RunOption.CONFIG);
    HearthSettings file =
        config == null ? HearthSettings.NONE : ConfigFile.read(path(config.value(), "--config"));
    Start start = start(contract.value());
    Map<String, FunctionSettings> functions = functions(file, start);
    return new RunPlan(
        contract,
        start,
        host(),
        port(RunOption.PORT),
        adminPort == null ? Setting.byDefault(0) : adminPort,
        drain(start),
        http2(),
        config,
        new HearthSettings(functions, file.pools(), file.routes(), tls(file)),
        AdminPlan.of(arguments),
        arguments.isOn(RunOption.FLAT) ? FlatJar.of(arguments, functions) : null,
        origins,
        arguments.isOn(RunOption.QUIET),
        arguments.isOn(RunOption.VERBOSE));
  }

  private @Nullable Setting<String> host() {
    Setting<String> host = arguments.get(RunOption.HOST);
    if (host != null && host.value().isBlank()) {
      throw new UsageException(host.origin() + " is empty; expected an address such as 0.0.0.0");
    }
    return host;
  }

  private @Nullable Setting<Integer> port(RunOption option) {
    Setting<String> given = arguments.get(option);
    if (given == null) {
      return null;
    }
    String text = given.value();
    int port = -1;
    if (!text.isEmpty() && text.length() <= 5 && text.charAt(0) != '-' && text.charAt(0) != '+') {
      try {
        port = Integer.parseInt(text);
      } catch (NumberFormatException e) {
        port = -1;
      }
    }
    if (port < 0 || port > 65535) {
      throw new UsageException(
          given.origin()
              + ": '"
              + text
              + "' is not a port; expected 0 to 65535, 0 for any that is free");
    }
    return new Setting<>(port, given.origin());
  }

  private Setting<Duration> drain(Start start) {
    Setting<String> given = arguments.get(RunOption.DRAIN);
    Start.Said<Duration> said = start.drain();
    if (given == null) {
      return said == null
          ? Setting.byDefault(DEFAULT_DRAIN)
          : new Setting<>(said.value(), "environment " + said.variable());
    }
    try {
      return new Setting<>(Durations.parse(given.value(), Duration.ZERO), given.origin());
    } catch (IllegalArgumentException e) {
      throw new UsageException(given.origin() + " " + e.getMessage(), e);
    }
  }

  private Setting<String> http2() {
    Setting<String> given = arguments.get(RunOption.HTTP2);
    if (given == null) {
      return Setting.byDefault("auto");
    }
    if (!HTTP2.contains(given.value())) {
      throw new UsageException(
          given.origin()
              + " is '"
              + given.value()
              + "'; expected one of "
              + String.join(", ", HTTP2));
    }
    return given;
  }

  private @Nullable TlsSettings tls(HearthSettings file) {
    Setting<String> cert = arguments.get(RunOption.TLS_CERT);
    Setting<String> key = arguments.get(RunOption.TLS_KEY);
    if (cert == null && key == null) {
      return file.tls();
    }
    if (cert == null || key == null) {
      Setting<String> alone = Objects.requireNonNull(cert == null ? key : cert);
      throw new UsageException(
          alone.origin() + " stands alone; give both --tls-cert and --tls-key");
    }
    origins.put(RunPlan.TLS, cert.origin());
    return new TlsSettings(path(cert.value(), cert.origin()), path(key.value(), key.origin()));
  }

  private Start start(String contract) {
    try {
      return Contracts.names().contains(contract)
          ? Contracts.platform(contract).start(environment)
          : Start.NOTHING;
    } catch (IllegalArgumentException e) {
      throw new UsageException("contract " + contract + ": " + e.getMessage(), e);
    }
  }

  private Map<String, FunctionSettings> functions(HearthSettings file, Start start) {
    Map<String, FunctionSettings> functions = new LinkedHashMap<>(file.functions());
    if (isOfSeveral(start)) {
      addAllOfPlatform(functions, start);
    } else {
      Map<String, FunctionSettings> given = new LinkedHashMap<>();
      for (Setting<String> archive : arguments.archives()) {
        add(given, archive, functions);
      }
      functions.putAll(given);
    }
    Start.Said<Path> code = start.archive();
    if (functions.isEmpty() && code != null) {
      addOfPlatform(functions, code, start);
    }
    applyHandler(functions);
    Map<String, FunctionSettings> complete = PlatformSettings.apply(start, functions, origins);
    tellFlags();
    return complete;
  }

  /** Whether the platform names its functions, and the user neither names one nor gives several archives. */
  private boolean isOfSeveral(Start start) {
    return !start.functions().isEmpty()
        && arguments.archives().size() <= 1
        && arguments.get(RunOption.NAME) == null
        && arguments.get(RunOption.HANDLER) == null;
  }

  private void addAllOfPlatform(Map<String, FunctionSettings> functions, Start start) {
    Setting<Path> given = null;
    for (Setting<String> archive : arguments.archives()) {
      given =
          new Setting<>(
              ArchiveArgument.require(path(archive.value(), "archive")), archive.origin());
    }
    for (Start.Function function : start.functions()) {
      String name = requireName(function.name(), function.source());
      FunctionSettings before = functions.get(name);
      Setting<Path> archive = given == null && before == null ? archive(function, start) : given;
      if (archive != null) {
        origins.put(name + ".archive", archive.origin());
        before =
            before == null
                ? FunctionSettings.of(name, archive.value(), null)
                : before.withArchive(archive.value());
      }
      FunctionSettings known = Objects.requireNonNull(before);
      String handler = function.handler();
      if (known.handler() == null && handler != null) {
        origins.put(name + ".handler", "file " + function.source());
        known = known.withHandler(handler);
      }
      functions.put(name, known);
    }
  }

  private static Setting<Path> archive(Start.Function function, Start start) {
    Path own = function.archive();
    if (own != null) {
      return new Setting<>(ArchiveArgument.require(own), "file " + function.source());
    }
    Start.Said<Path> all = start.archive();
    if (all == null) {
      throw new UsageException(
          "function '"
              + function.name()
              + "' ("
              + function.source()
              + ") has no archive; give one as argument, or name it there");
    }
    return new Setting<>(ArchiveArgument.require(all.value()), "environment " + all.variable());
  }

  /** What a platform's variable said may have been said by a flag that stands for it. */
  private void tellFlags() {
    for (RunOption option : RunOption.values()) {
      Setting<String> given = option.isOfPlatform() ? arguments.get(option) : null;
      if (given != null) {
        String variable = "environment " + option.variable();
        for (Map.Entry<String, String> origin : origins.entrySet()) {
          if (origin.getValue().equals(variable)) {
            origin.setValue(given.origin());
          }
        }
      }
    }
  }

  private void addOfPlatform(
      Map<String, FunctionSettings> functions, Start.Said<Path> code, Start start) {
    Path path = ArchiveArgument.require(code.value());
    Setting<String> asked = arguments.get(RunOption.NAME);
    Start.Said<String> said = start.name();
    String name =
        asked != null
            ? requireName(asked.value(), asked.origin())
            : said != null ? said.value() : "function";
    FunctionSettings function = FunctionSettings.of(name, path, null).withBehind(start.behind());
    functions.put(name, function);
    origins.put(name + ".archive", "environment " + code.variable());
  }

  private void add(
      Map<String, FunctionSettings> given,
      Setting<String> archive,
      Map<String, FunctionSettings> file) {
    Path path = ArchiveArgument.require(path(archive.value(), "archive"));
    String name = name(path);
    FunctionSettings before = file.get(name);
    FunctionSettings function =
        before == null ? FunctionSettings.of(name, path, null) : before.withArchive(path);
    if (given.put(name, function) != null) {
      throw new UsageException(
          "two archives give the name '" + name + "'; rename one, or list both in a hearth.yaml");
    }
    origins.put(name + ".archive", archive.origin());
  }

  private String name(Path archive) {
    Setting<String> name = arguments.get(RunOption.NAME);
    if (name != null) {
      if (arguments.archives().size() != 1) {
        throw new UsageException(
            name.origin()
                + " names one function, but "
                + arguments.archives().size()
                + " archives are given; name them in a hearth.yaml");
      }
      return requireName(name.value(), name.origin());
    }
    return requireName(nameOf(archive), "the file name of " + archive);
  }

  private static String requireName(String name, String origin) {
    if (!Hearth.isName(name)) {
      throw new UsageException(
          "function name '"
              + name
              + "' (from "
              + origin
              + ") is not allowed; give one with --name: 1 to 63 letters, digits, '-', '_' or '.',"
              + " beginning with a letter or digit");
    }
    return name;
  }

  /** The file's name without its suffix. */
  static String nameOf(Path archive) {
    Path last = archive.toAbsolutePath().normalize().getFileName();
    String file = last == null ? "" : last.toString();
    int dot = file.lastIndexOf('.');
    return dot > 0 && !Files.isDirectory(archive) ? file.substring(0, dot) : file;
  }

  private void applyHandler(Map<String, FunctionSettings> functions) {
    Setting<String> name = arguments.get(RunOption.NAME);
    if (name != null && arguments.archives().isEmpty() && !functions.containsKey(name.value())) {
      throw new UsageException(name.origin() + " names an archive, but none is given");
    }
    Setting<String> handler = arguments.get(RunOption.HANDLER);
    if (handler == null) {
      return;
    }
    if (functions.size() != 1) {
      throw new UsageException(
          handler.origin()
              + " is for one function, but there are "
              + functions.size()
              + "; set each handler in a hearth.yaml");
    }
    FunctionSettings only = functions.values().iterator().next();
    functions.put(only.name(), only.withHandler(handler.value()));
    origins.put(only.name() + ".handler", handler.origin());
  }

  static Path path(String text, String what) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(what + " '" + text + "' is no path: " + e.getReason(), e);
    }
  }
}
