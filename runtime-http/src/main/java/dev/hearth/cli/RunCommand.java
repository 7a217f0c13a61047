package dev.hearth.cli;

import dev.hearth.Hearth;
import dev.hearth.cli.log.ProcessLog;
import dev.hearth.http.Contracts;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Platform;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** {@code hearth run}. */
final class RunCommand {

  private RunCommand() {}

  /**
   * Serves until the process is told to stop, whereupon a shutdown hook ends it; returns only when there is
   * nothing to serve.
   *
   * @throws UsageException if what is asked for is wrong, or a port cannot be opened
   * @throws dev.hearth.loader.DeployException if a function cannot be served
   */
  static int run(List<String> args, Map<String, String> environment) {
    RunArguments arguments = RunArguments.parse(args, environment);
    if (arguments.help()) {
      System.out.print(Commands.runHelp());
      return ExitCode.OK;
    }
    RunPlan plan = RunPlanner.plan(arguments, environment, Contracts.names());
    if (arguments.isOn(RunOption.PRINT_CONFIG)) {
      System.out.print(PlanText.of(plan, defaults(plan, arguments.over(environment))));
      return ExitCode.OK;
    }
    if (plan.settings().functions().isEmpty()
        && !isForLater(plan)
        && Contracts.platform(plan.contract().value()).needsFunction()) {
      throw new UsageException(
          "nothing to serve: give an ARCHIVE, --config with functions, or --admin-port to deploy later; see"
              + " 'hearth run --help'");
    }
    serve(plan, arguments.over(environment));
    return ExitCode.OK;
  }

  /** Whether functions are to come by the admin port, or from what came by it before. */
  private static boolean isForLater(RunPlan plan) {
    return plan.admin().store() != null || !plan.adminPort().origin().equals(Setting.DEFAULT);
  }

  private static Listen defaults(RunPlan plan, Map<String, String> environment) {
    try (Hearth hearth = Hearth.builder().build()) {
      return Contracts.create(plan.contract().value(), hearth, environment).defaults();
    }
  }

  /** A host that is not asked for details loads no logger for this. */
  private static void tellChoice(RunPlan plan, Map<String, String> environment) {
    String level = environment.getOrDefault("HEARTH_LOG_LEVEL", "");
    if (level.equals("debug") || level.equals("trace")) {
      LoggerFactory.getLogger(RunCommand.class)
          .debug("contract {}: {}", plan.contract().value(), plan.contract().origin());
    }
  }

  private static void serve(RunPlan plan, Map<String, String> environment) {
    PrintStream err = System.err;
    ProcessLog log = LogSettings.install(environment, plan.start());
    Platform platform = Contracts.platform(plan.contract().value());
    if (platform.ownsProcess()) {
      log.plainOutput(platform.printed());
    } else {
      log.captureOutput(platform.printed(environment));
    }
    Selectors.takeTheJdks();
    Serving serving = new Serving(plan, environment, log);
    Shutdown shutdown = Shutdown.install(serving, plan.drain().value());
    serving.stopThrough(shutdown);
    try {
      String ready = serving.start();
      tellChoice(plan, environment);
      if (!plan.quiet()) {
        err.println(ready);
      }
      if (System.getProperty(AutoTraining.PROPERTY) != null) {
        AutoTraining.start();
      }
      rehearse(plan, environment, serving);
    } catch (RuntimeException | LinkageError e) {
      if (shutdown.cancel()) {
        serving.stop();
        throw e;
      }
      // It failed because it is being stopped; the hook tells how that ends.
    }
    shutdown.await();
  }

  /** Only where a platform is to say what to serve, and has not begun with it. */
  private static void rehearse(RunPlan plan, Map<String, String> environment, Serving serving) {
    String name = plan.contract().value();
    if (Contracts.platform(name).isSpecialised()
        && serving.isEmpty()
        && !"off".equals(environment.get(Rehearsal.VARIABLE))) {
      Rehearsal.start(name, environment, serving);
    }
  }
}
