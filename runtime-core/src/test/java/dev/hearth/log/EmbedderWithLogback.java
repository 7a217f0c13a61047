package dev.hearth.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.invoke.Threads;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.WireCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.MDC;

/**
 * Runs in a JVM of its own: a service whose SLF4J backend is logback, with a function that has none. Logback is set up by its file, as
 * services do, and is no dependency of these tests.
 */
final class EmbedderWithLogback {

  private static final String SETTINGS =
      """
      <configuration>
        <appender name="file" class="ch.qos.logback.core.FileAppender">
          <file>%s</file>
          <encoder>
            <pattern>%%level %%logger [%%X{function} %%X{invocation} %%X{trace} %%X{who} %%X{of}] %%msg%%n</pattern>
          </encoder>
        </appender>
        <logger name="hearth.function.f.acme.chatty" level="DEBUG"/>
        <logger name="hearth.function.quiet" level="OFF"/>
        <root level="INFO"><appender-ref ref="file"/></root>
      </configuration>
      """;

  private static final String SOURCE =
      """
      package acme;
      import org.slf4j.*;
      public class F implements java.util.function.Function<String, String> {
        public String apply(String in) {
          MDC.put("who", in);
          LoggerFactory.getLogger("acme.plain").debug("hidden");
          LoggerFactory.getLogger("acme.chatty").debug("{} shown {}", in, "{}");
          LoggerFactory.getLogger("acme.plain").warn("failed", new IllegalStateException("why"));
          for (int i = 0; in.equals("many") && i < 1100; i++) {
            LoggerFactory.getLogger("l" + i).info("many");
          }
          return in;
        }
      }
      """;

  private EmbedderWithLogback() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of("").toAbsolutePath();
    Path written = directory.resolve("service.log");
    Path settings =
        Files.writeString(directory.resolve("logback.xml"), SETTINGS.formatted(written));
    System.setProperty("logback.configurationFile", settings.toString());
    Path jar =
        TestJar.of(directory)
            .source("acme.F", SOURCE)
            .library(TestHost.library("slf4j-api-1.7.36.jar"))
            .buildFat("f.jar");
    FunctionSpec spec =
        FunctionSpec.builder(jar).handler("acme.F").threads(Threads.EVENT_LOOP).build();
    try (Hearth hearth = Hearth.builder().build()) {
      FunctionHandle function = hearth.deploy("f", spec);
      WireCall.post("warm").text(function);
      MDC.put("of", "service");
      MDC.put("function", "service's own");
      WireCall.post("x")
          .id("id-1")
          .traceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
          .text(function);
      assertThat(MDC.getCopyOfContextMap())
          .hasSize(2)
          .containsEntry("of", "service")
          .containsEntry("function", "service's own");
      checkLines(written);
      WireCall.post("y").text(hearth.deploy("quiet", spec));
      WireCall.post("many").text(function);
    }
    checkBounds(written);
  }

  private static void checkLines(Path written) throws IOException {
    List<String> lines = Files.readAllLines(written);
    String origin = " [f id-1 0af7651916cd43dd8448eb211c80319c x service] ";
    assertThat(lines)
        .contains("DEBUG hearth.function.f.acme.chatty" + origin + "x shown {}")
        .contains("WARN hearth.function.f.acme.plain" + origin + "failed")
        .contains("java.lang.IllegalStateException: why")
        .noneMatch(line -> line.contains("hidden"));
  }

  private static void checkBounds(Path written) throws IOException {
    List<String> lines = Files.readAllLines(written);
    assertThat(lines)
        .noneMatch(line -> line.contains("hearth.function.quiet"))
        .anyMatch(line -> line.startsWith("INFO hearth.function.f.l0 "))
        .noneMatch(line -> line.startsWith("INFO hearth.function.f.l1099 "))
        .anyMatch(line -> line.startsWith("INFO hearth.function.f ["));
  }
}
