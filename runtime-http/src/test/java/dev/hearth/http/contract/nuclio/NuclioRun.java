package dev.hearth.http.contract.nuclio;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Start;
import dev.hearth.http.contract.Streams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The contract over a host in this process, put together as {@code hearth run} does it. */
final class NuclioRun implements AutoCloseable {

  private final Map<String, String> environment;
  private final Hearth hearth;
  private final NuclioContract contract;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private volatile String reason = "";

  private NuclioRun(Map<String, String> environment) {
    this.environment = environment;
    this.hearth =
        Hearth.builder()
            .providedApis(NuclioJars.PROVIDED)
            .drainLimit(Duration.ofSeconds(1))
            .build();
    this.contract = new NuclioContract(new ThisTest());
  }

  /** Deploys a handler and connects; does not wait for being accepted. */
  static NuclioRun start(FakeProcessor processor, Path jar, String handler, String... variables) {
    return start(processor, spec(jar, handler), variables);
  }

  static FunctionSpec.Builder spec(Path jar, String handler) {
    return FunctionSpec.builder(jar).handler(handler);
  }

  static NuclioRun start(FakeProcessor processor, FunctionSpec.Builder spec, String... variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HEARTH_PORT", String.valueOf(processor.port()));
    environment.put("HEARTH_NUCLIO_WORKER_ID", "3");
    environment.put("NUCLIO_FUNCTION_NAME", "fn1");
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    NuclioRun run = new NuclioRun(environment);
    try {
      Start start = new NuclioPlatform().start(environment);
      run.hearth.deploy("fn1", spec.env(start.variables()).build());
      run.contract.open();
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
    return run;
  }

  NuclioContract contract() {
    return contract;
  }

  Hearth hearth() {
    return hearth;
  }

  /** What the process would have ended with; waits for it. */
  int exitCode() throws Exception {
    return exit.get(60, TimeUnit.SECONDS);
  }

  String reason() {
    return reason;
  }

  boolean isGoing() {
    return !exit.isDone();
  }

  int inFlight() {
    return hearth.function("fn1").orElseThrow().inFlight();
  }

  @Override
  public void close() {
    contract.close();
    hearth.close();
  }

  private final class ThisTest implements ContractHost {
    @Override
    public Hearth hearth() {
      return hearth;
    }

    @Override
    public Map<String, String> environment() {
      return environment;
    }

    @Override
    public Streams streams() {
      return Streams.ofSystem();
    }

    @Override
    public void stop(int exitCode, String why) {
      reason = why;
      exit.complete(exitCode);
    }
  }
}
