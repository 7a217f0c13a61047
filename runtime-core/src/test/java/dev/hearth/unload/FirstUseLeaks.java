package dev.hearth.unload;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.invoke.Outcome;
import dev.hearth.invoke.Threads;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Functions that are the first in their JVM to use something. Prints for each whether its loader was collected. */
final class FirstUseLeaks {

  private static final Map<String, String> BODIES = new LinkedHashMap<>();

  static {
    BODIES.put(
        "L11",
        "new CompletableFuture<String>().orTimeout(1, TimeUnit.MILLISECONDS).exceptionally(e ->"
            + " \"\").join(); CompletableFuture.runAsync(() -> {},"
            + " CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS)).join();");
    BODIES.put("L13", "List.of(1, 2, 3, 4).parallelStream().map(i -> i + 1).toList();");
    BODIES.put("L16", "new ProcessBuilder(\"true\").start().waitFor();");
    BODIES.put(
        "L19",
        "java.nio.file.Path file = java.nio.file.Files.createTempFile(\"l19\", null); try (var open"
            + " = java.nio.channels.AsynchronousFileChannel.open(file)) {"
            + " open.read(java.nio.ByteBuffer.allocate(9), 0).get(); }"
            + " java.nio.file.Files.delete(file);");
    BODIES.put("L22", "java.util.prefs.Preferences.userRoot().get(\"x\", \"y\");");
    BODIES.put("L45", "javax.imageio.ImageIO.getReaderFormatNames();");
    BODIES.put("L14", "java.net.http.HttpClient.newHttpClient().version();");
    BODIES.put("L44", "java.rmi.registry.LocateRegistry.createRegistry(0);");
  }

  private FirstUseLeaks() {}

  public static void main(String[] arguments) {
    Path jar = jar(Path.of("").toAbsolutePath());
    try (Hearth hearth = Hearth.builder().build()) {
      for (String number : BODIES.keySet()) {
        WeakReference<ClassLoader> loader = callOnce(hearth, jar, number);
        System.out.println(
            number + " " + (UnloadAssert.isCollected(loader) ? "collected" : "held"));
      }
    }
  }

  private static Path jar(Path directory) {
    TestJar jar = TestJar.of(directory);
    BODIES.forEach(
        (number, body) ->
            jar.source(
                "acme." + number,
                "package acme; import java.util.*; import java.util.concurrent.*; public class "
                    + number
                    + " implements java.util.function.Supplier<Object> { public Object get() { try"
                    + " { "
                    + body
                    + " } catch (Exception e) { throw new IllegalStateException(e); } return"
                    + " getClass().getClassLoader(); } }"));
    return jar.build("first.jar");
  }

  private static WeakReference<ClassLoader> callOnce(Hearth hearth, Path jar, String number) {
    FunctionHandle function =
        hearth.deploy(
            number,
            FunctionSpec.builder(jar).handler("acme." + number).threads(Threads.PLATFORM).build());
    Outcome<?> outcome = function.invokeAsync(null, Duration.ofSeconds(60)).join();
    function.undeploy().toCompletableFuture().join();
    if (outcome instanceof Outcome.Returned<?> returned) {
      return new WeakReference<>((ClassLoader) returned.value());
    }
    throw new AssertionError(number + ": " + outcome);
  }
}
