package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Functions that bring the libraries the host itself is built on, in versions other than the host's and other than each
 * other's (A12).
 */
@Timeout(120)
final class LibrariesOfFunctionsTest {

  private static final Path LIBRARIES =
      Path.of(
          Objects.requireNonNull(System.getProperty("hearth.root")),
          "runtime-core/target/libraries");

  /** Uses each library for what it is for, and tells the version each one says it is. */
  private static final String SOURCE =
      """
      package acme;

      import ch.qos.logback.classic.Logger;
      import ch.qos.logback.classic.LoggerContext;
      import ch.qos.logback.classic.spi.ILoggingEvent;
      import ch.qos.logback.core.read.ListAppender;
      import com.fasterxml.jackson.databind.ObjectMapper;
      import com.google.common.collect.ImmutableMap;
      import io.netty.buffer.ByteBuf;
      import io.netty.buffer.Unpooled;
      import java.io.InputStream;
      import java.util.Map;
      import java.util.Properties;
      import java.util.function.Function;
      import org.slf4j.LoggerFactory;

      public class Versions implements Function<String, String> {
        @Override public String apply(String input) {
          try {
            return netty(input) + " " + jackson() + " " + guava() + " " + logging();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        }

        private static String netty(String input) {
          ByteBuf buffer = Unpooled.copiedBuffer(input, java.nio.charset.StandardCharsets.UTF_8);
          try {
            require(buffer.toString(java.nio.charset.StandardCharsets.UTF_8).equals(input));
          } finally {
            buffer.release();
          }
          return "netty-" + io.netty.util.Version.identify(Versions.class.getClassLoader())
              .get("netty-common").artifactVersion();
        }

        private static String jackson() throws Exception {
          ObjectMapper mapper = new ObjectMapper();
          Map<?, ?> read = mapper.readValue("{\\"a\\":[1,2]}", Map.class);
          require(mapper.writeValueAsString(read).equals("{\\"a\\":[1,2]}"));
          return "jackson-" + mapper.version();
        }

        private static String guava() throws Exception {
          require(ImmutableMap.of("a", 1).get("a") == 1);
          return "guava-" + maven("com.google.guava/guava");
        }

        private static String logging() throws Exception {
          LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
          Logger logger = context.getLogger("acme");
          ListAppender<ILoggingEvent> appender = new ListAppender<>();
          appender.start();
          logger.setAdditive(false);
          logger.addAppender(appender);
          LoggerFactory.getLogger("acme").info("hello {}", "there");
          logger.detachAppender(appender);
          require(appender.list.get(0).getFormattedMessage().equals("hello there"));
          return "slf4j-" + maven("org.slf4j/slf4j-api")
              + " logback-" + maven("ch.qos.logback/logback-classic");
        }

        private static String maven(String artifact) throws Exception {
          Properties properties = new Properties();
          try (InputStream in = Versions.class.getResourceAsStream(
              "/META-INF/maven/" + artifact + "/pom.properties")) {
            properties.load(in);
          }
          return properties.getProperty("version");
        }

        private static void require(boolean holds) {
          if (!holds) {
            throw new IllegalStateException("a library does not work");
          }
        }
      }
      """;

  @TempDir Path directory;

  private TestJar function(String... libraries) throws Exception {
    TestJar jar = TestJar.of(directory).source("acme.Versions", SOURCE);
    for (String library : libraries) {
      Path file = LIBRARIES.resolve(library + ".jar");
      assertThat(file).isRegularFile();
      jar.library(file);
    }
    return jar;
  }

  private Path older() throws Exception {
    return function(
            "netty-common-4.1.118.Final",
            "netty-buffer-4.1.118.Final",
            "jackson-core-2.15.4",
            "jackson-annotations-2.15.4",
            "jackson-databind-2.15.4",
            "guava-31.1-jre",
            "failureaccess-1.0.1",
            "slf4j-api-1.7.36",
            "logback-core-1.2.13",
            "logback-classic-1.2.13")
        .buildFat("older.jar");
  }

  private Path newer() throws Exception {
    return function(
            "netty-common-4.2.1.Final",
            "netty-buffer-4.2.1.Final",
            "jackson-core-2.18.2",
            "jackson-annotations-2.18.2",
            "jackson-databind-2.18.2",
            "guava-33.4.0-jre",
            "failureaccess-1.0.1",
            "slf4j-api-2.0.9",
            "logback-core-1.4.14",
            "logback-classic-1.4.14")
        .buildSpringBoot("newer.jar");
  }

  @Test
  void deploy_A12_twoFunctionsWithOtherVersionsOfOurLibraries_eachUsesItsOwn() throws Exception {
    String ours = org.slf4j.LoggerFactory.getILoggerFactory().getClass().getName();
    try (Hearth hearth = Hearth.builder().store(directory.resolve("store")).build()) {
      FunctionHandle older = hearth.deploy("older", spec(older()));
      FunctionHandle newer = hearth.deploy("newer", spec(newer()));

      for (int round = 0; round < 3; round++) {
        assertThat(older.invoke("one", String.class))
            .isEqualTo(
                "netty-4.1.118.Final jackson-2.15.4 guava-31.1-jre slf4j-1.7.36 logback-1.2.13");
        assertThat(newer.invoke("two", String.class))
            .isEqualTo(
                "netty-4.2.1.Final jackson-2.18.2 guava-33.4.0-jre slf4j-2.0.9 logback-1.4.14");
      }
    }
    assertThat(org.slf4j.LoggerFactory.getILoggerFactory().getClass().getName()).isEqualTo(ours);
  }

  @Test
  void deploy_A21_sameArchiveUnderTwoNames_isStoredOnceAndEachStandsAlone() throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Count",
                "package acme; public class Count implements java.util.function.Function<String,"
                    + " String> { int calls; public String apply(String in) { return in + ++calls; }"
                    + " }")
            .build("count.jar");
    FunctionSpec spec = FunctionSpec.builder(jar).handler("acme.Count").build();
    Path store = directory.resolve("store");
    try (Hearth hearth = Hearth.builder().store(store).build()) {
      FunctionHandle one = hearth.deploy("one", spec);
      FunctionHandle two = hearth.deploy("two", spec);
      assertThat(one.invoke("a", String.class)).isEqualTo("a1");

      one.undeploy().toCompletableFuture().get(30, TimeUnit.SECONDS);

      assertThat(two.invoke("b", String.class)).isEqualTo("b1");
      try (Stream<Path> files = Files.list(store)) {
        assertThat(files).hasSize(1);
      }
    }
  }

  private static FunctionSpec spec(Path archive) {
    return FunctionSpec.builder(archive).handler("acme.Versions").build();
  }
}
