package dev.hearth.http.contract.lambda;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Start;
import dev.hearth.http.contract.Streams;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.loader.DeployException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The contract over a host in this process, put together as {@code hearth run} does it. */
final class LambdaRun implements AutoCloseable {

  /** Short enough for a test to see them pass. */
  static final ApiBounds SHORT =
      new ApiBounds(
          TimeUnit.SECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(300), 6 * 1024 * 1024 + 100);

  private final Map<String, String> environment;
  private final Hearth hearth;
  private final LambdaContract contract;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private volatile String reason = "";

  private LambdaRun(Map<String, String> environment, ApiBounds bounds) {
    this.environment = environment;
    this.hearth =
        Hearth.builder().providedApis(Handlers.PROVIDED).drainLimit(Duration.ofSeconds(1)).build();
    this.contract = new LambdaContract(new ThisTest(), bounds);
  }

  static LambdaRun start(FakeRuntimeApi api, Path jar, String handler, String... variables) {
    return start(api, ApiBounds.DEFAULT, jar, handler, variables);
  }

  static LambdaRun start(
      FakeRuntimeApi api, ApiBounds bounds, Path jar, String handler, String... variables) {
    LambdaRun run = new LambdaRun(environment(api.address(), jar, handler, variables), bounds);
    run.open();
    return run;
  }

  /** The variables of the conformance cases. */
  static Map<String, String> environment(
      String api, Path jar, String handler, String... variables) {
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_LAMBDA_RUNTIME_API", api);
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "fn1");
    environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256");
    environment.put("LAMBDA_TASK_ROOT", jar.toString());
    environment.put("_HANDLER", handler);
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return environment;
  }

  private void open() {
    try {
      Start start = new LambdaPlatform().start(environment);
      FunctionSpec.Builder spec =
          FunctionSpec.builder(Path.of(environment.get("LAMBDA_TASK_ROOT")))
              .handler(start.handler() == null ? null : start.handler().value())
              .env(start.variables())
              .initTimeout(Duration.ofSeconds(30));
      if (start.concurrency() != null) {
        spec.instances(new InstanceSettings(1, 1, start.concurrency().value(), 1000));
      }
      hearth.deploy("fn1", spec.build());
    } catch (DeployException e) {
      if (!contract.refused(e)) {
        exit.complete(1); // as the command does
        return;
      }
    }
    contract.open();
  }

  LambdaContract contract() {
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
