package dev.hearth.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Describes {@code hearth run} for its help; {@link RunArguments} reads it. */
final class RunHelp {

  private static final String[] FOOTER = {
    "",
    "Examples:",
    "  hearth run hello.jar                         POST and GET http://127.0.0.1:8080/hello",
    "  hearth run a.jar b.jar --port 0              two functions, a free port",
    "  hearth run hello.jar --handler com.acme.Hello::greet",
    "  hearth run --config hearth.yaml              functions and pools from a file",
    "  hearth run --contract fission                a generic Fission container on port 8888",
    "",
    "Every option is also an environment variable: HEARTH_PORT, HEARTH_ADMIN_PORT, HEARTH_CONFIG …",
    "and HEARTH_ARCHIVE for the archives. A flag goes before the environment, the environment before",
    "the file, the file before the default; --print-config shows who said what.",
    "",
    "Logs are JSON lines on standard error, text on a terminal: HEARTH_LOG=json|text|cloud|auto,",
    "HEARTH_LOG_LEVEL=trace|debug|info|warn|error; of each function at most HEARTH_LOG_RATE=4MiB a second.",
    "",
    "SIGTERM and SIGINT stop taking calls and let running ones end within --drain: exit code 0, or 1 when",
    "calls were cut off. A second signal ends the process at once: exit code 143 or 130.",
    "Exit code 3: the JVM's memory was used up and stayed so for five seconds."
  };

  private RunHelp() {}

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("run");
    spec.usageMessage().description("Serves functions until SIGTERM.").footer(FOOTER);
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("ARCHIVE")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .arity("0..*")
            .description("Jar, zip or directory; each is one function, named after its file.")
            .build());
    for (RunOption option : RunOption.values()) {
      spec.addOption(describe(option));
    }
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this.").build());
    return spec;
  }

  private static OptionSpec describe(RunOption option) {
    OptionSpec.Builder described =
        option == RunOption.VERBOSE
            ? OptionSpec.builder("-v", option.flag())
            : OptionSpec.builder(option.flag());
    if (option.takesValue()) {
      described.type(String.class).paramLabel(label(option));
    }
    return described.description(description(option)).build();
  }

  private static String label(RunOption option) {
    return switch (option) {
      case CONFIG, TLS_CERT, TLS_KEY, ADMIN_TOKEN_FILE -> "FILE";
      case STORE, AUTO_TRAIN -> "DIR";
      case ADMIN_ARCHIVES -> "URLS";
      case HTTP2 -> "on|off|auto";
      default -> option.name().substring(0, 1);
    };
  }

  private static String description(RunOption option) {
    return switch (option) {
      case HANDLER ->
          "pkg.Class or pkg.Class::method, with one function. By default the archive tells.";
      case NAME -> "The function's name, with one archive.";
      case CONTRACT ->
          "The platform's protocol: "
              + String.join(", ", ContractNames.ALL)
              + ". Default: auto, by the environment.";
      case HOST ->
          "The address to serve on. Default: 127.0.0.1 for native, every interface for a platform.";
      case PORT ->
          "The port to serve on, 0 for any that is free. Default: 8080, or as the platform has it.";
      case ADMIN_PORT ->
          "The admin port: /healthz, /readyz, /functions, and changes to them. Default: 0, any that is free.";
      case ADMIN_HOST ->
          "The address of the admin port. Default: 127.0.0.1; any other needs a token.";
      case ADMIN_TOKEN ->
          "What requests to the admin port must bring as a bearer token; better from a file.";
      case ADMIN_TOKEN_FILE -> "A file with that token, read again when it changes.";
      case ADMIN_ARCHIVES ->
          "URLs of folders, with commas between, from which archives may be fetched. Default: none.";
      case STORE ->
          "A directory that keeps the archives, and what was deployed by the admin port, for the next start.";
      case KEEP_VERSIONS ->
          "How many replaced versions of each function stay warm for a rollback. Default: 1.";
      case CONFIG -> "A hearth.yaml.";
      case DRAIN -> "How long running calls may take to end when told to stop. Default: 30s.";
      case TARGET, SIGNATURE_TYPE, CLASSPATH ->
          "As " + option.variable() + "; by these flags Google's Functions Framework is started.";
      case HTTP2 ->
          "on: HTTP/2 without TLS as well; off: never; auto, the default: as the platform speaks it.";
      case TLS_CERT -> "Serve by TLS with this certificate chain, a PEM file; with --tls-key.";
      case TLS_KEY -> "The certificate's private key, a PEM file in PKCS#8.";
      case AUTO_TRAIN ->
          "Where a JVM's cache of classes is made, and taken from, if the distribution has none for the JDK.";
      case FLAT ->
          "Put the one jar given on the JVM's own class path, for faster starts with a cache; it is not isolated then.";
      case PRINT_CONFIG -> "Print each value and where it came from, and serve nothing.";
      case QUIET ->
          "Print no ready line, for platforms that take all that is printed for the function's.";
      case VERBOSE -> "Tell more: the JDK in use, stack traces of errors.";
    };
  }
}
