package dev.hearth.cli;

import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for Nuclio's Java wrapper: the main class of {@code lib/nuclio-wrapper.jar}, which the processor starts as {@code java -jar
 * FILE -handler CLASS -port PORT -workerid ID} (its {@code pkg/processor/runtime/java/runtime.go}), FILE being {@code
 * NUCLIO_WRAPPER_JAR}. It becomes {@code hearth run --contract nuclio}.
 */
public final class NuclioWrapper {

  private static final String USAGE =
      """
      usage: java -jar nuclio-wrapper.jar -handler HANDLER -port PORT -workerid ID [-verbose]
        -handler   the function's class, or class::method; empty: the archive tells
        -port      the TCP port of this machine on which the processor waits
        -workerid  the worker's id, for log records
        -verbose   tell more
      HEARTH_ARCHIVE names the function's jar where Nuclio's build has not put it into its place.""";

  private static final int MOST_PORT = 65535;

  private NuclioWrapper() {}

  /** Runs the worker and ends the process. */
  public static void main(String[] args) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    List<String> command;
    try {
      command = command(args, environment, System.getProperty("java.class.path"));
    } catch (UsageException e) {
      System.err.println("nuclio-wrapper: " + e.getMessage());
      System.err.println(USAGE);
      System.exit(ExitCode.FAILED);
      return;
    }
    Main.exit(Main.run(command, environment));
  }

  /**
   * Turns the wrapper's command line into Hearth's.
   *
   * @param environment takes what has no option
   * @param classPath the jar that was started, if it was started as one
   * @throws UsageException if an argument is missing or makes no sense
   */
  static List<String> command(
      String[] args, Map<String, String> environment, @Nullable String classPath) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      String name = args[i].startsWith("--") ? args[i].substring(1) : args[i];
      switch (name) {
        case "-verbose" -> given.put(name, "true");
        case "-handler", "-port", "-workerid" -> {
          if (i + 1 == args.length) {
            throw new UsageException("option " + name + " needs a value");
          }
          given.put(name, args[++i]);
        }
        default -> throw new UsageException("unknown argument '" + args[i] + "'");
      }
    }
    environment.put("HEARTH_PORT", port(required(given, "-port")));
    environment.put("HEARTH_NUCLIO_WORKER_ID", required(given, "-workerid"));
    if (classPath != null
        && classPath.endsWith(".jar")
        && classPath.indexOf(File.pathSeparatorChar) < 0) {
      environment.put("HEARTH_NUCLIO_WRAPPER", classPath);
    }
    List<String> command = new ArrayList<>(List.of("run", "--contract", "nuclio"));
    String handler = required(given, "-handler").strip();
    if (!handler.isEmpty()) {
      environment.put("HEARTH_HANDLER", handler);
    }
    if (given.containsKey("-verbose")) {
      command.add("-v");
      environment.putIfAbsent("HEARTH_LOG_LEVEL", "debug");
    }
    return command;
  }

  private static String required(Map<String, String> given, String name) {
    String value = given.get(name);
    if (value == null) {
      throw new UsageException("option " + name + " is missing");
    }
    return value;
  }

  private static String port(String text) {
    int port;
    try {
      port = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      port = 0;
    }
    if (port < 1 || port > MOST_PORT) {
      throw new UsageException(
          "-port is '" + text + "'; it must be a number within 1 to " + MOST_PORT);
    }
    return text;
  }
}
