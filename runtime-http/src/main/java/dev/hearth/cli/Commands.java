package dev.hearth.cli;

import static java.util.Objects.requireNonNull;

import dev.hearth.cli.config.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** The command as picocli sees it: everything but the serving start. */
@Command(
    name = "hearth",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Commands.Version.class,
    description =
        "Hosts Java functions: loads a jar, keeps it warm, speaks the platform's protocol.",
    footer = {
      "",
      "Try it:",
      "  hearth run hello.jar                       serve it; then curl http://127.0.0.1:8080/hello",
      "  hearth invoke hello.jar --data world       call it once, result on standard output",
      "  hearth train hello.jar --data world        make it start faster on this machine",
      "  hearth verify hello.jar                    see what was found in it, without running it",
      "  hearth apply -f hearth.yaml --admin URL    make a running host serve what a file says",
      "  hearth run --contract fission              wait for Fission to say what to load",
      "",
      "Exit codes: 0 done; 1 the function failed or cannot be served; 2 wrong usage, settings or port;",
      "of run also: 1 calls were cut off; 3 the JVM's memory was used up.",
      "Help on a command: hearth COMMAND --help",
    })
final class Commands implements Runnable {

  private static final int HELP_WIDTH = 110;

  @Spec private @Nullable CommandSpec spec;

  /** Runs a command line that is not the serving start. */
  static int execute(List<String> args) {
    return commandLine().execute(args.toArray(new String[0]));
  }

  /** What {@code hearth run --help} prints. */
  static String runHelp() {
    return requireNonNull(commandLine().getSubcommands().get("run")).getUsageMessage();
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Commands());
    line.addSubcommand(new CommandLine(RunHelp.spec()));
    line.addSubcommand(new InvokeCommand());
    line.addSubcommand(new TrainCommand());
    line.addSubcommand(new VerifyCommand());
    line.addSubcommand(new ValidateCommand());
    line.addSubcommand(new ApplyCommand());
    line.addSubcommand(new DiffCommand());
    line.addSubcommand(new RollbackCommand());
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setParameterExceptionHandler((e, arguments) -> refuse(e));
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> Main.report(e, isVerbose(parsed), System.err));
    return line;
  }

  private static int refuse(CommandLine.ParameterException e) {
    CommandLine command = e.getCommandLine();
    String message =
        e instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unknown(unmatched.getUnmatched().get(0), command)
            : String.valueOf(e.getMessage());
    command
        .getErr()
        .println(
            "hearth: "
                + message
                + "; see '"
                + command.getCommandSpec().qualifiedName()
                + " --help'");
    return ExitCode.USAGE;
  }

  private static String unknown(String argument, CommandLine command) {
    String shown = Suggestions.shortened(argument);
    if (argument.startsWith("-")) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      return "unknown option "
          + Suggestions.shortened(name)
          + "; "
          + Suggestions.hint(name, longNames(command.getCommandSpec()));
    }
    Set<String> commands = command.getSubcommands().keySet();
    return commands.isEmpty()
        ? "argument '" + shown + "' is one too many"
        : "unknown command '" + shown + "'; " + Suggestions.hint(argument, commands);
  }

  private static List<String> longNames(CommandSpec spec) {
    List<String> names = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      names.add(option.longestName());
    }
    return names;
  }

  private static boolean isVerbose(CommandLine.ParseResult parsed) {
    CommandLine.ParseResult last = parsed;
    while (last.subcommand() != null) {
      last = last.subcommand();
    }
    return last.hasMatchedOption("-v");
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "a command is missing; known are " + String.join(", ", spec.subcommands().keySet()));
    }
  }

  /** The version that the jar's manifest tells. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Commands.class.getPackage().getImplementationVersion();
      return new String[] {
        "hearth " + (version == null ? "(built from source)" : version),
        "JDK " + Runtime.version() + " (" + System.getProperty("java.home") + ")",
      };
    }
  }
}
