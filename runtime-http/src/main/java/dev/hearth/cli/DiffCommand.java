package dev.hearth.cli;

import static java.util.Objects.requireNonNull;

import dev.hearth.cli.config.ConfigFile;
import dev.hearth.loader.DeployException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Shows what 'hearth apply' would do to a running host, and does nothing.",
    footer = {
      "",
      "Example:",
      "  hearth diff -f hearth.yaml --admin http://127.0.0.1:9090",
      "",
      "A line each: + new, ~ changed, - gone, = the same.",
      "Exit codes: 0 nothing would change; 1 something would; 2 that cannot be told.",
    })
final class DiffCommand implements Callable<Integer> {

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The hearth.yaml.")
  private @Nullable Path file;

  @Mixin private HostOptions host = new HostOptions();

  @Override
  public Integer call() {
    Difference difference;
    try {
      difference =
          Difference.between(ConfigFile.read(requireNonNull(file)), host.client(System.getenv()));
    } catch (RefusedByHostException | DeployException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    for (Difference.Item item : difference.items()) {
      System.out.println(
          (item.kind().sign + " " + item.name() + "  " + item.reason()).stripTrailing());
    }
    if (difference.routes()) {
      System.out.println("~ routes");
    }
    return difference.isNone() ? ExitCode.OK : ExitCode.FAILED;
  }
}
