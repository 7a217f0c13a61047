package dev.hearth.signature.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.UnloadAssert;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens once per JVM: first uses, and what is loaded for them. */
@Timeout(120)
final class AzureFreshJvmTest {

  private static final String HELLO =
      """
      @FunctionName("hello")
      public String hello(@HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> request, ExecutionContext context) {
        if (request.getBody().isPresent()) {
          context.getLogger().warning(request.getBody().get());
          ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("loader", new java.lang.ref.WeakReference<>(getClass().getClassLoader()));
        }
        return "hello";
      }
      """;

  @TempDir private Path directory;

  @Test
  void textFunction_toItsFirstAnswer_needsNeitherGsonNorLogging() throws Exception {
    List<String> loaded = run("");

    assertThat(matching(loaded, " acme.F ")).hasSize(1);
    assertThat(matching(loaded, "dev.hearth.signature.azure.AzureInvoker ")).hasSize(1);
    assertThat(matching(loaded, "com.google.gson.")).isEmpty();
    assertThat(matching(loaded, "dev.hearth.signature.cloudevents.")).isEmpty();
    assertThat(matching(loaded, "java.util.logging.LogManager ")).isEmpty();
  }

  @Test
  void loader_ofTheFirstFunctionThatLogs_isCollected() throws Exception {
    assertThat(matching(run("a line"), "java.util.logging.LogManager ")).hasSize(1);
  }

  private static List<String> matching(List<String> lines, String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  private List<String> run(String body) throws Exception {
    Path jar = AzureJar.of(directory).source("acme.F", AzureJar.type("F", HELLO)).build("f.jar");
    Path log = directory.resolve("classes.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:SoftRefLRUPolicyMSPerMB=0",
                "-Xlog:class+load:file=" + log,
                "-Dhearth.root=" + System.getProperty("hearth.root"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                jar.toString(),
                body)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output.txt").toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue())
          .as(Files.readString(directory.resolve("output.txt")))
          .isZero();
      return Files.readAllLines(log);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The process that is looked at. */
  static final class Main {
    @SuppressWarnings("unchecked") // the function puts it there
    public static void main(String[] arguments) {
      TestBag.remove("loader"); // so that it is there
      try (TestHost host = TestHost.deploy(Path.of(arguments[0]), null)) {
        if (!host.post("text/plain", arguments[1]).text().equals("hello")) {
          throw new AssertionError();
        }
        if (!arguments[1].isEmpty()) {
          WeakReference<?> loader = (WeakReference<?>) TestBag.remove("loader");
          host.undeploy();
          UnloadAssert.assertCollected((WeakReference<ClassLoader>) loader);
        }
      }
    }
  }
}
