package dev.hearth.http.contract.fn;

import dev.hearth.Hearth;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Printed;
import dev.hearth.http.contract.Start;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fn, by its variables: where to listen, and which of its protocols to speak. All variables but Hearth's own are the function's
 * configuration. Where nothing else is named, the code is where Fn's own images for Java have it.
 */
public final class FnPlatform implements Platform {

  private static final String LISTENER = "FN_LISTENER";
  private static final String FORMAT = "FN_FORMAT";
  private static final String STREAM = "http-stream";
  private static final String SCHEME = "unix:";
  private static final int LONGEST_PATH = 107;
  private static final String OWN = "HEARTH_";
  private static final Path CODE = Path.of("/function/app");

  /** Who ends a container has no calls for it any more. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  @Override
  public String name() {
    return "fn";
  }

  @Override
  public boolean needsFunction() {
    return true;
  }

  @Override
  public boolean ownsProcess() {
    return true;
  }

  /** As Fn's kit does. */
  @Override
  public Printed printed() {
    return Printed.RAW_TO_ERROR;
  }

  @Override
  public Start start(Map<String, String> environment) {
    requireStream(environment.get(FORMAT));
    Start.Builder start =
        Start.builder()
            .listen(Listen.unix(socket(environment.get(LISTENER))), LISTENER)
            .drain(DRAIN, LISTENER)
            .variables(variables(environment));
    if (Files.isDirectory(CODE)) {
      start.archive(CODE, "the directory of Fn's images");
    }
    for (String variable : new String[] {"FN_NAME", "FN_FN_NAME"}) {
      String name = environment.get(variable);
      if (name != null && Hearth.isName(name)) {
        start.name(name, variable);
      }
    }
    return start.build();
  }

  private static void requireStream(@Nullable String format) {
    if (format != null && !format.isEmpty() && !format.equals(STREAM)) {
      throw new IllegalArgumentException(
          FORMAT + " is '" + format + "'; it must be " + STREAM + ", or not set");
    }
  }

  private static Path socket(@Nullable String listener) {
    String expected = "; it must be unix: and the absolute path of a socket, as Fn's agent sets it";
    if (listener == null || listener.isEmpty()) {
      throw new IllegalArgumentException(LISTENER + " is not set" + expected);
    }
    if (!listener.startsWith(SCHEME + "/")) {
      throw new IllegalArgumentException(LISTENER + " is '" + listener + "'" + expected);
    }
    String path = listener.substring(SCHEME.length());
    int bytes = path.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_PATH) {
      throw new IllegalArgumentException(
          LISTENER
              + " is '"
              + listener
              + "', whose path has "
              + bytes
              + " bytes; it may have "
              + LONGEST_PATH);
    }
    try {
      return Path.of(path);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(LISTENER + " is '" + listener + "'" + expected, e);
    }
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

  @Override
  public Contract contract(ContractHost host) {
    return new FnContract(host);
  }
}
