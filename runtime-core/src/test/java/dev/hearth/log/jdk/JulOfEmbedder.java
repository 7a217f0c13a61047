package dev.hearth.log.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.testing.RecordingSink;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import dev.hearth.testing.WireCall;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Runs in a JVM of its own: a service with its own settings of {@code java.util.logging}, and a function. */
final class JulOfEmbedder {

  private JulOfEmbedder() {}

  private static final class Kept extends Handler {
    final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void publish(LogRecord record) {
      lines.add(record.getLoggerName() + " " + record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  public static void main(String[] args) throws Exception {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    Kept kept = new Kept();
    root.addHandler(kept);
    Path jar =
        TestJar.of(Path.of("").toAbsolutePath())
            .source(
                "acme.F",
                """
                package acme;
                public class F implements java.util.function.Function<String, String> {
                  public String apply(String in) {
                    java.util.logging.Logger.getLogger("acme").info("jul");
                    System.getLogger("acme").log(System.Logger.Level.INFO, "platform");
                    ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("loader", new java.lang.ref.WeakReference<>(F.class.getClassLoader()));
                    return in;
                  }
                }
                """)
            .build("f.jar");
    RecordingSink log = new RecordingSink(System.Logger.Level.INFO);
    try (Hearth hearth = Hearth.builder().log(log).build()) {
      FunctionHandle function = hearth.deploy("f", FunctionSpec.of(jar));
      WireCall.post("x").text(function);
      function.undeploy().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
    assertThat(kept.lines).containsExactly("acme jul", "acme platform");
    assertThat(root.getHandlers()).containsExactly(kept);
    assertThat(LogManager.getLogManager().getClass()).isSameAs(LogManager.class);
    assertThat(log.events()).isEmpty();
    WeakReference<?> loader = (WeakReference<?>) TestBag.remove("loader");
    UnloadAssert.assertCollected(asLoader(loader));
  }

  @SuppressWarnings("unchecked") // the function puts it there
  private static WeakReference<ClassLoader> asLoader(WeakReference<?> loader) {
    return (WeakReference<ClassLoader>) loader;
  }
}
