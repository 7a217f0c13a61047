package dev.hearth.cli;

/** The options of {@code hearth run}; each has an environment variable, {@code HEARTH_} and its name. */
enum RunOption {
  HANDLER("--handler", true),
  NAME("--name", true),
  CONTRACT("--contract", true),
  HOST("--host", true),
  PORT("--port", true),
  ADMIN_PORT("--admin-port", true),
  CONFIG("--config", true),
  DRAIN("--drain", true),
  PRINT_CONFIG("--print-config", false),
  QUIET("--quiet", false),
  VERBOSE("--verbose", false);

  /** What is given without an option. */
  static final String ARCHIVE_VARIABLE = "HEARTH_ARCHIVE";

  private final String flag;
  private final boolean takesValue;

  RunOption(String flag, boolean takesValue) {
    this.flag = flag;
    this.takesValue = takesValue;
  }

  String flag() {
    return flag;
  }

  boolean takesValue() {
    return takesValue;
  }

  String variable() {
    return "HEARTH_" + name();
  }
}
