package dev.hearth.cli;

/**
 * The options of {@code hearth run}; each has an environment variable, {@code HEARTH_} and its name. Those by which Google's Functions
 * Framework is started mean what its variables mean.
 */
enum RunOption {
  HANDLER("--handler", true),
  NAME("--name", true),
  CONTRACT("--contract", true),
  HOST("--host", true),
  PORT("--port", true),
  ADMIN_PORT("--admin-port", true),
  ADMIN_HOST("--admin-host", true),
  ADMIN_TOKEN("--admin-token", true),
  ADMIN_TOKEN_FILE("--admin-token-file", true),
  ADMIN_ARCHIVES("--admin-archives", true),
  STORE("--store", true),
  KEEP_VERSIONS("--keep-versions", true),
  CONFIG("--config", true),
  DRAIN("--drain", true),
  TARGET("--target", "FUNCTION_TARGET"),
  SIGNATURE_TYPE("--signature-type", "FUNCTION_SIGNATURE_TYPE"),
  CLASSPATH("--classpath", "FUNCTION_CLASSPATH"),
  HTTP2("--http2", true),
  TLS_CERT("--tls-cert", true),
  TLS_KEY("--tls-key", true),
  /** The launcher reads it. */
  AUTO_TRAIN("--auto-train", true),
  /** The launcher puts the archive on the class path. */
  FLAT("--flat", false),
  PRINT_CONFIG("--print-config", false),
  QUIET("--quiet", false),
  VERBOSE("--verbose", false);

  /** What is given without an option. */
  static final String ARCHIVE_VARIABLE = "HEARTH_ARCHIVE";

  private final String flag;
  private final boolean takesValue;
  private final String variable;
  private final boolean ofPlatform;

  RunOption(String flag, boolean takesValue) {
    this.flag = flag;
    this.takesValue = takesValue;
    this.variable = "HEARTH_" + name();
    this.ofPlatform = false;
  }

  RunOption(String flag, String platformsVariable) {
    this.flag = flag;
    this.takesValue = true;
    this.variable = platformsVariable;
    this.ofPlatform = true;
  }

  String flag() {
    return flag;
  }

  boolean takesValue() {
    return takesValue;
  }

  String variable() {
    return variable;
  }

  /** Whether it only says what a platform's variable says. */
  boolean isOfPlatform() {
    return ofPlatform;
  }
}
