package dev.hearth.http.contract.gcf;

import dev.hearth.Hearth;
import dev.hearth.http.contract.Contract;
import dev.hearth.http.contract.ContractHost;
import dev.hearth.http.contract.Listen;
import dev.hearth.http.contract.Platform;
import dev.hearth.http.contract.Start;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Google's Functions Framework. Its variables are those of the framework's contract ({@code FUNCTION_TARGET}, {@code
 * FUNCTION_SIGNATURE_TYPE}, {@code PORT}), of its Java runtime ({@code FUNCTION_CLASSPATH}, {@code CLOUD_RUN_TIMEOUT_SECONDS}) and of
 * Cloud Run's container contract ({@code K_SERVICE}).
 */
public final class GcfPlatform implements Platform {

  /** Where the platform's builder puts the function, when no variable says otherwise. */
  private static final Path BUILT = Path.of("function", "function.jar");

  private static final String TARGET = "FUNCTION_TARGET";
  private static final String CLASSPATH = "FUNCTION_CLASSPATH";
  private static final String TIMEOUT = "CLOUD_RUN_TIMEOUT_SECONDS";

  /** Set on the platform, and nowhere else. */
  private static final String SERVICE = "K_SERVICE";

  /** Cloud Run kills ten seconds after SIGTERM, and the command takes up to five more to close what is left. */
  private static final Duration DRAIN = Duration.ofSeconds(4);

  @Override
  public String name() {
    return "gcf";
  }

  @Override
  public boolean needsFunction() {
    return true;
  }

  @Override
  public Start start(Map<String, String> environment) {
    Start.Builder start = Start.builder();
    code(environment, start);
    String target = environment.get(TARGET);
    if (target != null && !target.isEmpty()) {
      start.handler(target, TARGET);
    }
    String port = environment.get("PORT");
    if (port != null && !port.isEmpty()) {
      start.listen(new Listen("0.0.0.0", number("PORT", port, 0, 65535)), "PORT");
    }
    String timeout = environment.get(TIMEOUT);
    if (timeout != null && !timeout.isEmpty()) {
      int seconds = number(TIMEOUT, timeout, 1, Integer.MAX_VALUE);
      start.runTimeout(Duration.ofSeconds(seconds), TIMEOUT);
    }
    String type = environment.get(SignatureType.VARIABLE);
    if (type != null && SignatureType.of(environment) != null) {
      start.variables(Map.of(SignatureType.VARIABLE, type));
    }
    onPlatform(environment.get(SERVICE), start);
    return start.build();
  }

  private static void code(Map<String, String> environment, Start.Builder start) {
    String classPath = environment.get(CLASSPATH);
    if (classPath != null && !classPath.isEmpty()) {
      List<Path> entries = ClassPath.parse(CLASSPATH, classPath);
      start.archive(entries.get(0), CLASSPATH).behind(entries.subList(1, entries.size()));
    } else if (Files.exists(BUILT)) {
      start.archive(BUILT, BUILT.toString());
    }
  }

  private static void onPlatform(@Nullable String service, Start.Builder start) {
    if (service == null) {
      return;
    }
    start.log("cloud", SERVICE).drain(DRAIN, SERVICE);
    if (Hearth.isName(service)) {
      start.name(service, SERVICE);
    }
  }

  private static int number(String variable, String text, int least, int most) {
    long value = -1;
    for (int i = 0; i < text.length() && text.length() <= 10; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        value = -1;
        break;
      }
      value = Math.max(value, 0) * 10 + (c - '0');
    }
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          variable
              + " is '"
              + text
              + "'; it must be a whole number"
              + (most == Integer.MAX_VALUE ? " from " + least : " from " + least + " to " + most));
    }
    return (int) value;
  }

  @Override
  public Contract contract(ContractHost host) {
    return new GcfContract(host.hearth(), host.environment());
  }
}
