package dev.hearth.signature.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionSpec;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The glue is compiled against Spring Boot 3; applications of Spring Boot 4 run by it as well. */
@Timeout(300)
final class Boot4Test {

  @TempDir private Path directory;

  @Test
  @SuppressWarnings("unchecked") // the function puts it there
  void application_ofSpringBoot4_isServedAndCollected() {
    Path archive =
        BootJars.application(TestJar.of(directory), "acme.App", BootJars.application4())
            .source(
                "acme.App",
                """
                package acme;
                import java.util.function.*;
                import org.springframework.context.annotation.Bean;
                @org.springframework.boot.autoconfigure.SpringBootApplication
                public class App {
                  public record Point(int x, int y) {}
                  @Bean Function<Point, Point> mirror() { return in -> new Point(in.y(), in.x()); }
                  @Bean Function<String, String> upper() { return in -> in.toUpperCase(); }
                  @Bean Supplier<String> version() {
                    ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("boot4.loader",
                        new java.lang.ref.WeakReference<>(App.class.getClassLoader()));
                    return () -> org.springframework.boot.SpringBootVersion.getVersion();
                  }
                }
                """)
            .buildSpringBoot("boot4.jar");
    FunctionSpec spec = FunctionSpec.builder(archive).initTimeout(Duration.ofSeconds(100)).build();
    try (TestHost host = TestHost.deploy(spec, null)) {
      assertThat(host.send("GET", "/version", "", Map.of(), new byte[0]).text()).startsWith("4.");
      assertThat(json(host, "/mirror", "{\"x\":1,\"y\":2}")).isEqualTo("{\"x\":2,\"y\":1}");
      assertThat(json(host, "/upper", "[\"a\",\"b\"]")).isEqualTo("[\"A\",\"B\"]");
      assertThat(host.send("POST", "/nobody", "", Map.of(), new byte[0]).refused())
          .hasMessageContaining("no function of this path");
      WeakReference<?> loader = (WeakReference<?>) TestBag.remove("boot4.loader");

      host.undeploy();

      UnloadAssert.assertCollected((WeakReference<ClassLoader>) loader);
    }
  }

  private static String json(TestHost host, String path, String body) {
    return host.send(
            "POST",
            path,
            "",
            Map.of("Content-Type", List.of("application/json")),
            body.getBytes(StandardCharsets.UTF_8))
        .text();
  }
}
