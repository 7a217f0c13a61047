package dev.hearth.http.contract.lambda;

import dev.hearth.Hearth;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Start;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * AWS Lambda, by its variables: the code is in {@code LAMBDA_TASK_ROOT}, layers below {@code /opt}, the handler is {@code
 * _HANDLER}. All variables but Hearth's own are the function's.
 */
public final class LambdaPlatform implements Platform {

  /** The only variables that the function does not get are those that are not meant for it. */
  private static final String OWN = "HEARTH_";

  private static final String TASK_ROOT = "LAMBDA_TASK_ROOT";
  private static final String LAYERS = "HEARTH_LAMBDA_LAYERS";
  private static final Set<String> LOG_LEVELS =
      Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "UNDEFINED");

  /** The platform bounds a start by itself: with what a call may take, where it begins again within one. */
  private static final Duration START = Duration.ofMinutes(15);

  /** The platform kills what has not ended two seconds after it was told to, often sooner. */
  private static final Duration DRAIN = Duration.ofSeconds(2);

  @Override
  public String name() {
    return "lambda";
  }

  @Override
  public boolean needsFunction() {
    return true;
  }

  @Override
  public boolean ownsProcess() {
    return true;
  }

  @Override
  public Start start(Map<String, String> environment) {
    LambdaSettings settings = LambdaSettings.of(environment);
    requireLog(environment);
    Start.Builder start =
        Start.builder()
            .variables(variables(environment))
            .initTimeout(START, ApiAddress.VARIABLE)
            .hookLimit(START, ApiAddress.VARIABLE)
            .drain(DRAIN, ApiAddress.VARIABLE);
    archive(environment, start);
    String handler = environment.get("_HANDLER");
    if (handler != null && !handler.isBlank()) {
      start.handler(handler.strip(), "_HANDLER");
    }
    String name = environment.get("AWS_LAMBDA_FUNCTION_NAME");
    if (name != null && Hearth.isName(name)) {
      start.name(name, "AWS_LAMBDA_FUNCTION_NAME");
    }
    if (settings.isConcurrent()) {
      start.concurrency(settings.concurrency(), LambdaSettings.CONCURRENCY);
    }
    return start.behind(layers(environment.getOrDefault(LAYERS, "/opt"))).build();
  }

  /** Where there is no task root, as in images of people's own making, it is the working directory. */
  private static void archive(Map<String, String> environment, Start.Builder start) {
    Path root = path(environment.get(TASK_ROOT));
    Path here = Path.of("").toAbsolutePath();
    if (root != null && Files.isDirectory(root)) {
      start.archive(root, TASK_ROOT);
    } else if (here.getParent() != null) { // nobody means all of the file system
      start.archive(here, "working directory");
    }
  }

  private static @Nullable Path path(@Nullable String text) {
    try {
      return text == null || text.isEmpty() ? null : Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          TASK_ROOT + " is '" + text + "', which is no path: " + e.getReason(), e);
    }
  }

  /** {@code java/lib/*.jar} below it, by name, as the managed runtimes have them. */
  private static List<Path> layers(String layers) {
    File folder = new File(layers, "java/lib");
    String[] names = folder.list();
    List<Path> jars = new ArrayList<>();
    if (names != null) {
      Arrays.sort(names);
      for (String name : names) {
        if (name.endsWith(".jar") && name.length() > ".jar".length()) {
          jars.add(folder.toPath().resolve(name));
        }
      }
    }
    return jars;
  }

  private static Map<String, String> variables(Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>();
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (!variable.getKey().startsWith(OWN)) {
        variables.put(variable.getKey(), variable.getValue());
      }
    }
    return variables;
  }

  /** A mistake in these ends a Lambda runtime before it asks for an event. */
  private static void requireLog(Map<String, String> environment) {
    String level = environment.get("AWS_LAMBDA_LOG_LEVEL");
    if (level != null && !LOG_LEVELS.contains(level.toUpperCase(java.util.Locale.ROOT))) {
      throw new IllegalArgumentException(
          "AWS_LAMBDA_LOG_LEVEL is '"
              + level
              + "'; it must be one of TRACE, DEBUG, INFO, WARN, ERROR, FATAL");
    }
    String format = environment.get("AWS_LAMBDA_LOG_FORMAT");
    if (format != null && !format.equalsIgnoreCase("JSON") && !format.equalsIgnoreCase("TEXT")) {
      throw new IllegalArgumentException(
          "AWS_LAMBDA_LOG_FORMAT is '" + format + "'; it must be JSON or Text");
    }
  }

  @Override
  public Contract contract(ContractHost host) {
    return new LambdaContract(host);
  }
}
