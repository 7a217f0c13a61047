package dev.hearth.cli;

import dev.hearth.SecretFile;
import dev.hearth.cli.config.Secret;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a host is to be operated.
 *
 * @param host where the admin port listens
 * @param token what its requests must bring; null for none
 * @param tokenFile where that is read from instead; null for none
 * @param archives URLs of folders from which archives may be fetched; null for none
 * @param store where archives and what was deployed are kept; null for nowhere
 * @param keepVersions how many replaced versions stay warm
 */
record AdminPlan(
    Setting<String> host,
    @Nullable Setting<Secret> token,
    @Nullable Setting<Path> tokenFile,
    @Nullable Setting<String> archives,
    @Nullable Setting<Path> store,
    Setting<Integer> keepVersions) {

  static final String LOOPBACK = "127.0.0.1";
  static final int KEEP_VERSIONS = 1;
  private static final int MOST_VERSIONS = 10;

  /**
   * Reads it from the options.
   *
   * @throws UsageException if a value is wrong, or the port would be open to others without a token
   */
  static AdminPlan of(RunArguments arguments) {
    Setting<String> host = arguments.get(RunOption.ADMIN_HOST);
    Setting<String> text = arguments.get(RunOption.ADMIN_TOKEN);
    Setting<Path> file = path(arguments.get(RunOption.ADMIN_TOKEN_FILE));
    Setting<Secret> token = text == null ? null : token(text);
    if (token != null && file != null) {
      throw new UsageException(
          file.origin() + " and " + token.origin() + " both give the admin token; give one");
    }
    if (host != null && token == null && file == null && !isLoopback(host.value())) {
      throw new UsageException(
          host.origin()
              + ": '"
              + host.value()
              + "' opens the admin port to other machines; give --admin-token-file, or leave it on 127.0.0.1");
    }
    if (file != null) {
      requireUsable(file);
    }
    return new AdminPlan(
        host == null ? Setting.byDefault(LOOPBACK) : host,
        token,
        file,
        arguments.get(RunOption.ADMIN_ARCHIVES),
        path(arguments.get(RunOption.STORE)),
        keep(arguments.get(RunOption.KEEP_VERSIONS)));
  }

  private static Setting<Secret> token(Setting<String> text) {
    if (text.value().isBlank()) {
      throw new UsageException(text.origin() + " is empty; expected a token that nobody guesses");
    }
    return new Setting<>(Secret.of(text.value()), text.origin());
  }

  private static void requireUsable(Setting<Path> file) {
    try {
      SecretFile.of(file.value()).read();
    } catch (IllegalArgumentException e) {
      throw new UsageException(file.origin() + ": " + e.getMessage(), e);
    }
  }

  private static boolean isLoopback(String host) {
    return host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
  }

  private static @Nullable Setting<Path> path(@Nullable Setting<String> text) {
    return text == null
        ? null
        : new Setting<>(RunPlanner.path(text.value(), text.origin()), text.origin());
  }

  private static Setting<Integer> keep(@Nullable Setting<String> given) {
    if (given == null) {
      return Setting.byDefault(KEEP_VERSIONS);
    }
    int versions = -1;
    try {
      versions = Integer.parseInt(given.value());
    } catch (NumberFormatException e) {
      versions = -1;
    }
    if (versions < 0 || versions > MOST_VERSIONS) {
      throw new UsageException(
          given.origin()
              + ": '"
              + given.value()
              + "' is no number of versions; expected 0 to "
              + MOST_VERSIONS);
    }
    return new Setting<>(versions, given.origin());
  }

  /** The token for each request; null where none is needed. */
  @Nullable Supplier<String> tokens() {
    if (tokenFile != null) {
      return new FromFile(SecretFile.of(tokenFile.value()));
    }
    return token == null ? null : new Fixed(token.value());
  }

  private record Fixed(Secret token) implements Supplier<String> {
    @Override
    public String get() {
      return token.reveal();
    }
  }

  private record FromFile(SecretFile file) implements Supplier<String> {
    @Override
    public String get() {
      return file.read();
    }
  }
}
