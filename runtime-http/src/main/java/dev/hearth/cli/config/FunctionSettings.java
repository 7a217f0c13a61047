package dev.hearth.cli.config;

import dev.hearth.FunctionSpec;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.invoke.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code functions}. What the file leaves out is null or holds Hearth's default.
 *
 * @param name what it is invoked by
 * @param archive resolved against the file's directory
 * @param handler null to let the archive tell
 * @param instances how many, and how many calls at once
 * @param idle how long an instance beyond the least may be idle; null for the default
 * @param queueTimeout null for the default
 * @param initTimeout null for the default
 * @param runTimeout null for the default
 * @param threads which threads run it
 * @param env the function's variables, in the order of the file
 * @param pools names of the pools it may borrow from
 */
public record FunctionSettings(
    String name,
    Path archive,
    @Nullable String handler,
    InstanceSettings instances,
    @Nullable Duration idle,
    @Nullable Duration queueTimeout,
    @Nullable Duration initTimeout,
    @Nullable Duration runTimeout,
    Threads threads,
    Map<String, String> env,
    List<String> pools) {

  public FunctionSettings {
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    pools = List.copyOf(pools);
  }

  /** The same with Hearth's defaults for all but the archive. */
  public static FunctionSettings of(String name, Path archive, @Nullable String handler) {
    return new FunctionSettings(
        name,
        archive,
        handler,
        InstanceSettings.DEFAULT,
        null,
        null,
        null,
        null,
        Threads.AUTO,
        Map.of(),
        List.of());
  }

  /** The same, from another archive. */
  public FunctionSettings withArchive(Path other) {
    return new FunctionSettings(
        name,
        other,
        handler,
        instances,
        idle,
        queueTimeout,
        initTimeout,
        runTimeout,
        threads,
        env,
        pools);
  }

  /** The same, with another handler. */
  public FunctionSettings withHandler(String other) {
    return new FunctionSettings(
        name,
        archive,
        other,
        instances,
        idle,
        queueTimeout,
        initTimeout,
        runTimeout,
        threads,
        env,
        pools);
  }

  /** What to deploy. */
  public FunctionSpec toSpec() {
    FunctionSpec.Builder spec =
        FunctionSpec.builder(archive)
            .handler(handler)
            .instances(instances)
            .threads(threads)
            .env(env)
            .resources(pools.toArray(new String[0]));
    if (queueTimeout != null) {
      spec.queueTimeout(queueTimeout);
    }
    if (initTimeout != null) {
      spec.initTimeout(initTimeout);
    }
    if (runTimeout != null) {
      spec.runTimeout(runTimeout);
    }
    return spec.build();
  }
}
