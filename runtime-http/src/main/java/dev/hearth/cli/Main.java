package dev.hearth.cli;

import dev.hearth.cli.config.ConfigException;
import dev.hearth.cli.log.ProcessLog;
import dev.hearth.loader.DeployException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The entry of the {@code hearth} command. */
public final class Main {

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    exit(run(Arrays.asList(args), System.getenv()));
  }

  /** Ends the process. */
  static void exit(int code) {
    ProcessLog.installMissing(); // JDK 21 and later log every exit, by SLF4J here
    System.exit(code);
  }

  /** Runs the command; gives its exit code. */
  static int run(List<String> args, Map<String, String> environment) {
    boolean run = !args.isEmpty() && args.get(0).equals("run");
    PrintStream err = System.err;
    try {
      return run
          ? RunCommand.run(args.subList(1, args.size()), environment)
          : Commands.execute(args);
    } catch (RuntimeException | LinkageError e) {
      boolean verbose = args.contains("-v") || args.contains("--verbose");
      return report(e, verbose, err);
    }
  }

  /** Tells what went wrong, in one line for each problem; with a stack trace only when asked. */
  static int report(Throwable failure, boolean verbose, PrintStream err) {
    if (verbose) {
      failure.printStackTrace(err);
    }
    if (failure instanceof ConfigException refused) {
      err.println(refused.getMessage());
      return ExitCode.USAGE;
    }
    if (failure instanceof UsageException) {
      err.println("hearth: " + failure.getMessage());
      return ExitCode.USAGE;
    }
    if (failure instanceof DeployException || failure instanceof RefusedByHostException) {
      err.println("hearth: " + failure.getMessage());
      return ExitCode.FAILED;
    }
    err.println("hearth: " + failure + (verbose ? "" : "; run again with -v for the stack trace"));
    return ExitCode.FAILED;
  }
}
