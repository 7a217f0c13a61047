package dev.hearth.cli;

import java.util.List;
import java.util.Map;

/** {@code hearth run}. */
final class RunCommand {

  private RunCommand() {}

  static int run(List<String> args, Map<String, String> environment) {
    RunArguments arguments = RunArguments.parse(args, environment);
    if (arguments.help()) {
      System.out.print(Commands.runHelp());
      return ExitCode.OK;
    }
    RunPlan plan = RunPlanner.plan(arguments, environment, List.of("native", "fission"));
    if (arguments.isOn(RunOption.PRINT_CONFIG)) {
      System.out.print(PlanText.of(plan, "127.0.0.1", 8080));
    }
    return ExitCode.OK;
  }
}
