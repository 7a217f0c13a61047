package dev.hearth.cli;

import static java.util.Objects.requireNonNull;

import dev.hearth.cli.config.ConfigFile;
import dev.hearth.cli.config.FunctionSettings;
import dev.hearth.cli.config.HearthSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description =
        "Makes a running host serve what a file says: deploys what is new, swaps what changed, removes what is"
            + " gone, leaves the rest alone. Calls under way end where they began.",
    footer = {
      "",
      "Example:",
      "  hearth apply -f hearth.yaml --admin http://127.0.0.1:9090",
      "",
      "A host on another machine is sent the archives. Nothing is removed when something else failed.",
      "Exit codes: 0 the host is as the file says; 1 it is not; 2 the file or the command line is wrong.",
    })
final class ApplyCommand implements Callable<Integer> {

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "The hearth.yaml.")
  private @Nullable Path file;

  @Option(
      names = "--upload",
      description =
          "Send the archives, though the host is on this machine; for one in a container.")
  private boolean upload;

  @Mixin private HostOptions host = new HostOptions();

  private int failed;
  private int done;
  private int same;

  @Override
  public Integer call() {
    Path read = requireNonNull(file);
    HearthSettings settings = ConfigFile.read(read);
    Map<String, String> documents = ConfigFile.documents(read);
    AdminClient client = host.client(System.getenv());
    Path base = requireNonNull(read.toAbsolutePath().getParent());
    try {
      Difference difference = Difference.between(settings, client);
      for (Difference.Item item : difference.items()) {
        put(client, item, documents, base);
      }
      if (difference.routes()) {
        step("routes", () -> routed(client, documents));
      }
      for (Difference.Item item : difference.items()) {
        if (item.kind() == Difference.Kind.GONE) {
          remove(client, item.name());
        }
      }
    } catch (RefusedByHostException e) {
      System.err.println("hearth: " + e.getMessage());
      return ExitCode.FAILED;
    }
    System.out.println(
        read + ": " + done + " changed, " + same + " unchanged, " + failed + " failed");
    return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private void put(
      AdminClient client, Difference.Item item, Map<String, String> documents, Path base) {
    FunctionSettings wanted = item.settings();
    if (wanted == null) {
      return;
    }
    if (item.kind() == Difference.Kind.SAME) {
      System.out.println(item.name() + ": unchanged");
      same++;
      return;
    }
    String spec = requireNonNull(documents.get(item.name()));
    step(item.name(), () -> deployed(client, item, wanted.archive(), spec, base));
  }

  private String deployed(
      AdminClient client, Difference.Item item, Path archive, String spec, Path base)
      throws IOException {
    if (client.isHere() && !upload) {
      return client.put(item.name(), spec, base, item.hash());
    }
    if (Files.isDirectory(archive)) {
      throw new RefusedByHostException(
          "archive " + archive + " is a directory, which is not sent; name a jar or zip");
    }
    return client.upload(item.name(), spec, base, item.hash(), archive);
  }

  private static String routed(AdminClient client, Map<String, String> documents) {
    client.routes(documents.getOrDefault("", "{}"));
    return "changed";
  }

  private void remove(AdminClient client, String name) {
    if (failed > 0) {
      System.out.println(name + ": kept, because something else failed");
      return;
    }
    step(
        name,
        () -> {
          client.remove(name);
          return "removed";
        });
  }

  private interface Step {
    String run() throws IOException;
  }

  /** One change; a failure is told and counted, and the next one is tried. */
  private void step(String what, Step step) {
    try {
      System.out.println(what + ": " + step.run());
      done++;
    } catch (RefusedByHostException | IOException e) {
      System.out.println(what + ": failed: " + e.getMessage());
      failed++;
    }
  }
}
