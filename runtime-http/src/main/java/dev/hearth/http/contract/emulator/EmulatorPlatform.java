package dev.hearth.http.contract.emulator;

import dev.hearth.Hearth;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Printed;
import dev.hearth.http.contract.Start;
import dev.hearth.http.lambda.TaskRoot;
import java.util.HashMap;
import java.util.Map;

/**
 * AWS Lambda's emulator, by the variables that the official one reads. All variables but Hearth's own are the functions'; where an image
 * has its code in {@code LAMBDA_TASK_ROOT}, that is served.
 */
public final class EmulatorPlatform implements Platform {

  private static final String OWN = "HEARTH_";
  private static final String NAME = "AWS_LAMBDA_FUNCTION_NAME";

  @Override
  public String name() {
    return "lambda-emulator";
  }

  @Override
  public boolean needsFunction() {
    return true;
  }

  @Override
  public Printed printed() {
    return Printed.RAW;
  }

  @Override
  public Start start(Map<String, String> environment) {
    EmulatorSettings settings = EmulatorSettings.of(environment);
    Start.Builder start =
        Start.builder()
            .variables(variables(environment, settings))
            .runTimeout(
                settings.timeout(),
                settings.saysTimeout() ? EmulatorSettings.TIMEOUT : "Lambda's default");
    if (TaskRoot.sayTaskRoot(environment, start)) {
      start.behind(TaskRoot.layers(environment));
    }
    TaskRoot.sayHandler(environment, start);
    String name = environment.get(NAME);
    if (name != null && Hearth.isName(name)) {
      start.name(name, NAME);
    }
    if (settings.concurrency() > 0) {
      start.concurrency(settings.concurrency(), EmulatorSettings.CONCURRENCY);
    }
    return start.build();
  }

  private static Map<String, String> variables(
      Map<String, String> environment, EmulatorSettings settings) {
    Map<String, String> variables = new HashMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (!variable.getKey().startsWith(OWN)) {
        variables.put(variable.getKey(), variable.getValue());
      }
    }
    variables.putIfAbsent("AWS_REGION", settings.region());
    variables.putIfAbsent("AWS_DEFAULT_REGION", settings.region());
    variables.putIfAbsent(EmulatorSettings.MEMORY, String.valueOf(settings.megabytes()));
    return variables;
  }

  @Override
  public Contract contract(ContractHost host) {
    return new EmulatorContract(host);
  }
}
