package dev.hearth.cli;

import static java.util.Objects.requireNonNull;

import dev.hearth.Hearth;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description = "Has a running host go back to the version of a function before the present one.",
    footer = {
      "",
      "Example:",
      "  hearth rollback resize --admin http://127.0.0.1:9090",
      "",
      "Exit codes: 0 the version before takes the calls; 1 there is none, or it cannot be served.",
    })
final class RollbackCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "NAME", description = "The function.")
  private @Nullable String name;

  @Mixin private HostOptions host = new HostOptions();

  @Override
  public Integer call() {
    String function = requireNonNull(name);
    if (!Hearth.isName(function)) {
      throw new UsageException("'" + function + "' is no function's name");
    }
    System.out.println(function + ": version " + host.client(System.getenv()).rollback(function));
    return ExitCode.OK;
  }
}
