package dev.hearth.http.contract.openfaas;

import dev.hearth.Hearth;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Printed;
import dev.hearth.http.contract.Start;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** OpenFaaS: behind a real watchdog where its variables say where that forwards to, else in the watchdog's place. */
public final class OpenFaasPlatform implements Platform {

  /** What the official templates' build leaves in their images. */
  private static final Path BUILT = Path.of("/home/app/function-1.0/function-1.0.jar");

  private static final String NAME = "OPENFAAS_NAME";
  private static final String DRAIN = "healthcheck_interval and write_timeout";

  /** Behind a watchdog: the end of what is still under way when it need not be waited for. */
  private static final Duration LAST = Duration.ofSeconds(2);

  @Override
  public String name() {
    return "openfaas";
  }

  @Override
  public boolean needsFunction() {
    return true;
  }

  @Override
  public Start start(Map<String, String> environment) {
    WatchdogSettings settings = new WatchdogSettings(environment);
    Start.Builder start = Start.builder().log("text", "of-watchdog's messages, which are text");
    Duration served = settings.healthcheckInterval().plus(settings.writeTimeout());
    Listen upstream = settings.upstream();
    if (upstream != null) {
      start.listen(upstream, settings.upstreamVariable()).drain(served.plus(LAST), DRAIN);
    } else {
      start.drain(served, DRAIN);
      if (environment.containsKey("port")) {
        start.listen(new Listen("0.0.0.0", settings.port()), "port");
      }
    }
    String name = environment.get(NAME);
    if (name != null && Hearth.isName(name)) {
      start.name(name, NAME);
    }
    if (Files.isRegularFile(BUILT)) {
      start.archive(BUILT, BUILT.toString()).behind(libraries(BUILT.resolveSibling("lib")));
    }
    return start.build();
  }

  private static List<Path> libraries(Path directory) {
    List<Path> jars = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.jar")) {
        for (Path jar : found) {
          jars.add(jar);
        }
      } catch (IOException e) {
        throw new IllegalArgumentException(directory + " cannot be read: " + e.getMessage(), e);
      }
    }
    Collections.sort(jars);
    return jars;
  }

  /** A watchdog in front puts its prefix to what it reads. */
  @Override
  public Printed printed(Map<String, String> environment) {
    WatchdogSettings settings = new WatchdogSettings(environment);
    return settings.isUpstream() || !settings.prefixesLogs() ? Printed.RAW : Printed.STAMPED;
  }

  @Override
  public Contract contract(ContractHost host) {
    WatchdogSettings settings = new WatchdogSettings(host.environment());
    return settings.isUpstream()
        ? new UpstreamContract(host, settings)
        : new WatchdogContract(host, settings);
  }
}
