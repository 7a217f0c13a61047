package dev.hearth.signature.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionSpec;
import dev.hearth.loader.DeployException;
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
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spring Boot applications inside a function's loader. */
@Timeout(300)
final class BootTest {

  private static final String APP =
      """
      package acme;
      import java.util.*;
      import java.util.function.*;
      import org.springframework.beans.factory.annotation.Value;
      import org.springframework.boot.autoconfigure.SpringBootApplication;
      import org.springframework.context.ApplicationContext;
      import org.springframework.context.annotation.Bean;
      @SpringBootApplication
      public class App {
        @Bean Function<String, String> upper() { return in -> in.toUpperCase(); }
        @Bean Function<String, Integer> length() { return in -> in.length(); }
        @Bean Function<List<String>, Map<String, Integer>> lengths() {
          return in -> {
            Map<String, Integer> lengths = new TreeMap<>();
            for (String each : in) { lengths.put(each, each.length()); }
            return lengths;
          };
        }
        @Bean Supplier<String> context(ApplicationContext context, dev.hearth.function.Environment environment,
            @Value("${greeting:none}") String greeting, @Value("${from.file:none}") String file) {
          return () -> context.getClass().getSimpleName() + " " + environment.function() + " " + greeting + " " + file;
        }
        @Bean(destroyMethod = "run") Runnable closing() {
          return () -> ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("boot.closed", String.valueOf(Thread.currentThread().getContextClassLoader() == App.class.getClassLoader()));
        }
      }
      """;

  @TempDir private Path directory;

  private TestJar application() {
    return BootJars.application(TestJar.of(directory).withApi(), "acme.App")
        .source("acme.App", APP)
        .entry(
            "application.properties", "from.file=yes\nspring.main.web-application-type=servlet\n");
  }

  private static TestHost deploy(
      Path archive, @Nullable String handler, Map<String, String> variables) {
    return TestHost.deploy(
        FunctionSpec.builder(archive)
            .handler(handler)
            .env(variables)
            .initTimeout(Duration.ofSeconds(100))
            .build(),
        null);
  }

  private static String post(TestHost host, String path, String body) {
    return host.send(
            "POST",
            path,
            "",
            Map.of("Content-Type", List.of("application/json")),
            body.getBytes(StandardCharsets.UTF_8))
        .text();
  }

  private static String get(TestHost host, String path) {
    return host.send("GET", path, "", Map.of(), new byte[0]).text();
  }

  @Test
  void application_withAWebServer_startsWithoutItAndKnowsItsSettings() {
    TestJar jar = application();
    BootJars.web().forEach(jar::library);
    try (TestHost host =
        deploy(jar.buildSpringBoot("web.jar"), null, Map.of("GREETING", "hello"))) {
      assertThat(host.function().signature()).isEqualTo("spring-boot");
      assertThat(host.function().handler()).isEqualTo("acme.App");
      assertThat(get(host, "/context")).isEqualTo("AnnotationConfigApplicationContext f hello yes");
      assertThat(post(host, "/lengths", "[\"a\",\"bc\"]")).isEqualTo("{\"a\":1,\"bc\":2}");
    }
  }

  @Test
  void handler_selectsTheDefinition_andUndeployClosesTheContext() {
    TestBag.remove("boot.closed");
    Path archive = application().buildSpringBoot("boot.jar");
    try (TestHost host = deploy(archive, "upper|length", Map.of())) {
      assertThat(post(host, "/", "abc")).isEqualTo("3");
      host.undeploy();
      assertThat(TestBag.get("boot.closed")).isEqualTo("true");
    }
    try (TestHost host = deploy(archive, "acme.App::upper", Map.of())) {
      assertThat(post(host, "/", "abc")).isEqualTo("ABC");
    }
  }

  @Test
  void process_afterStartAndStop_isAsItWas() {
    Handler[] handlers = Logger.getLogger("").getHandlers();
    Set<String> properties = System.getProperties().stringPropertyNames();

    TestHost host = deploy(application().buildSpringBoot("boot.jar"), null, Map.of());

    assertThat(Logger.getLogger("").getHandlers()).containsExactlyInAnyOrder(handlers);
    assertThat(System.getProperties().stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(properties);
    host.close();
    assertThat(Logger.getLogger("").getHandlers()).containsExactlyInAnyOrder(handlers);
    assertThat(System.getProperties().stringPropertyNames()).containsAll(properties);
  }

  @Test
  void application_withoutTheCatalogue_hasItsBeansCalled() {
    TestJar jar = TestJar.of(directory).withApi().folders().manifest("Start-Class", "acme.App");
    for (Path library : BootJars.application()) {
      String name = library.getFileName().toString();
      if (!name.startsWith("spring-cloud")
          && !name.startsWith("reactor")
          && !name.startsWith("reactive")
          && !name.startsWith("logback")
          && !name.startsWith("spring-messaging")) {
        jar.library(library);
      }
    }
    Path archive = jar.source("acme.App", APP).buildSpringBoot("plain-boot.jar");
    try (TestHost host = deploy(archive, null, Map.of())) {
      assertThat(post(host, "/upper", "abc")).isEqualTo("ABC");
      assertThat(post(host, "/lengths", "[\"a\",\"bc\"]")).isEqualTo("{\"a\":1,\"bc\":2}");
      assertThat(post(host, "/upper|length", "[\"a\",\"bc\"]")).isEqualTo("[1,2]");
    }
  }

  @Test
  void mainClass_byVariable_startsAnotherApplication() {
    Path archive =
        application()
            .source(
                "acme.other.Other",
                """
                package acme.other;
                @org.springframework.boot.autoconfigure.SpringBootApplication
                public class Other {
                  @org.springframework.context.annotation.Bean
                  java.util.function.Supplier<String> which() { return () -> "other"; }
                }
                """)
            .buildSpringBoot("two.jar");
    try (TestHost host = deploy(archive, null, Map.of("MAIN_CLASS", "acme.other.Other"))) {
      assertThat(get(host, "/which")).isEqualTo("other");
    }
  }

  @Test
  void application_thatRegistersInCode_isStarted() {
    Path archive =
        BootJars.application(TestJar.of(directory), "acme.Registers")
            .source(
                "acme.Registers",
                """
                package acme;
                import java.util.function.Function;
                import org.springframework.boot.SpringBootConfiguration;
                import org.springframework.cloud.function.context.FunctionRegistration;
                import org.springframework.context.ApplicationContextInitializer;
                import org.springframework.context.support.GenericApplicationContext;
                @SpringBootConfiguration
                public class Registers implements ApplicationContextInitializer<GenericApplicationContext> {
                  public void initialize(GenericApplicationContext context) {
                    context.registerBean("shout", FunctionRegistration.class,
                        () -> new FunctionRegistration<Function<String, String>>(in -> in + "!")
                            .type(org.springframework.core.ResolvableType.forClassWithGenerics(
                                Function.class, String.class, String.class).getType()));
                  }
                }
                """)
            .buildSpringBoot("registers.jar");
    try (TestHost host = deploy(archive, null, Map.of())) {
      assertThat(post(host, "/shout", "hey")).isEqualTo("hey!");
    }
  }

  @Test
  void context_thatDoesNotStart_isRefusedWithTheReason() {
    Path archive =
        BootJars.application(TestJar.of(directory), "acme.Broken")
            .source(
                "acme.Broken",
                """
                package acme;
                @org.springframework.boot.autoconfigure.SpringBootApplication
                public class Broken {
                  @org.springframework.context.annotation.Bean
                  java.util.function.Supplier<String> fails() { throw new IllegalStateException("no database"); }
                }
                """)
            .buildSpringBoot("broken.jar");

    assertThatThrownBy(() -> deploy(archive, null, Map.of()))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("acme.Broken")
        .hasMessageContaining("no database");
  }

  @Test
  @SuppressWarnings("unchecked") // the function puts it there
  void reactiveFunctions_areCollectedOrStreamed_andLeaveNoThreads() {
    Path archive =
        BootJars.application(TestJar.of(directory), "acme.Reactive")
            .source(
                "acme.Reactive",
                """
                package acme;
                import java.util.function.*;
                import org.springframework.context.annotation.Bean;
                import reactor.core.publisher.*;
                @org.springframework.boot.autoconfigure.SpringBootApplication
                public class Reactive {
                  @Bean Function<Flux<String>, Flux<String>> upper() { return in -> in.map(String::toUpperCase); }
                  @Bean Supplier<Flux<Integer>> numbers() {
                    return () -> Flux.range(1, 3).delayElements(java.time.Duration.ofMillis(1));
                  }
                  @Bean Function<String, Mono<String>> later() { return in -> Mono.just(in + "!"); }
                  @Bean Supplier<String> loader() {
                    ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("boot.loader",
                        new java.lang.ref.WeakReference<>(Reactive.class.getClassLoader()));
                    return () -> "loader";
                  }
                }
                """)
            .buildSpringBoot("reactive.jar");
    try (TestHost host = deploy(archive, null, Map.of())) {
      assertThat(post(host, "/upper", "\"a\"")).isEqualTo("[\"\\\"A\\\"\"]");
      assertThat(post(host, "/upper", "[\"a\",\"b\"]")).isEqualTo("[\"A\",\"B\"]");
      assertThat(get(host, "/numbers")).isEqualTo("[1,2,3]");
      assertThat(
              host.send(
                      "GET",
                      "/numbers",
                      "",
                      Map.of("Accept", List.of("text/event-stream")),
                      new byte[0])
                  .text())
          .isEqualTo("data:1\n\ndata:2\n\ndata:3\n\n");
      assertThat(post(host, "/later", "x")).isEqualTo("x!");
      WeakReference<?> loader = (WeakReference<?>) TestBag.remove("boot.loader");

      host.undeploy();

      UnloadAssert.assertCollected((WeakReference<ClassLoader>) loader);
    }
  }
}
