package dev.hearth.cli;

import static java.util.Objects.requireNonNull;

import dev.hearth.cli.config.ConfigFile;
import dev.hearth.cli.config.HearthSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description =
        "Checks a settings file and the secret files it names; reports every problem with its line. Archives"
            + " are not opened: hearth verify does that.",
    footer = {
      "",
      "Example:",
      "  hearth validate -f hearth.yaml",
      "",
      "Exit codes: 0 the file is fine; 2 it is not.",
    })
final class ValidateCommand implements Callable<Integer> {

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The hearth.yaml, in YAML or JSON.")
  private @Nullable Path file;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show stack traces of errors.")
  @SuppressWarnings("UnusedVariable") // Commands asks picocli for it
  private boolean verbose;

  @Override
  public Integer call() {
    Path checked = requireNonNull(file);
    HearthSettings settings = ConfigFile.read(checked);
    System.out.println(
        checked
            + ": fine; functions: "
            + settings.functions().size()
            + ", pools: "
            + settings.pools().size());
    return ExitCode.OK;
  }
}
