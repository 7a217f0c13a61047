package dev.hearth.cli;

import dev.hearth.SecretFile;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that ask a running host. */
final class HostOptions {

  @Option(
      names = "--admin",
      paramLabel = "URL",
      description =
          "The host's admin port, as its ready line tells it; else the environment's HEARTH_ADMIN.")
  private @Nullable String admin;

  @Option(
      names = "--admin-token-file",
      paramLabel = "FILE",
      description =
          "A file with the admin token, where the host wants one; else HEARTH_ADMIN_TOKEN_FILE, or HEARTH_ADMIN_TOKEN.")
  private @Nullable Path tokenFile;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show stack traces of errors.")
  @SuppressWarnings("UnusedVariable") // Commands asks picocli for it
  private boolean verbose;

  /**
   * Who is to be asked.
   *
   * @throws UsageException if nobody says
   */
  AdminClient client(Map<String, String> environment) {
    String url = admin == null ? environment.get("HEARTH_ADMIN") : admin;
    if (url == null || url.isBlank()) {
      throw new UsageException(
          "which host? give --admin with the address that its ready line tells as admin=…, or set HEARTH_ADMIN");
    }
    return AdminClient.of(url, token(environment));
  }

  private @Nullable String token(Map<String, String> environment) {
    String named = environment.get("HEARTH_ADMIN_TOKEN_FILE");
    Path file = tokenFile != null || named == null ? tokenFile : Path.of(named);
    if (file == null) {
      return environment.get("HEARTH_ADMIN_TOKEN");
    }
    try {
      return SecretFile.of(file).read();
    } catch (IllegalArgumentException e) {
      throw new UsageException("admin token: " + e.getMessage(), e);
    }
  }
}
