package dev.hearth.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.testing.RecordingSink;
import dev.hearth.testing.TalkingFunctions;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.WireCall;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions log with SLF4J and with nothing, in a host whose log is recorded. */
@Timeout(120)
final class FunctionLoggingTest {

  private static final String SLF4J =
      """
      static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(Talk.class);
      static void begin(String who) { org.slf4j.MDC.put("who", who); }
      static void info(String text) { LOG.info("{} {}", text.split(" ")); LOG.debug("hidden"); }
      static void fail(String text, Throwable error) { LOG.error("{} fails", text.split(" ")[0], error); }
      """;

  @TempDir private Path directory;
  private final RecordingSink log = new RecordingSink(Level.INFO);
  private final Hearth hearth = Hearth.builder().log(log).build();

  @AfterEach
  void close() {
    hearth.close();
  }

  private Path talking(String file, String slf4j) {
    return TalkingFunctions.function(directory, SLF4J)
        .library(TestHost.library(slf4j + ".jar"))
        .buildFat(file);
  }

  @Test
  void slf4j17And20_withoutBackend_endInTheHostsLogUnmixedAndLeaveNothing() throws Exception {
    TalkingFunctions.check(
        hearth,
        log,
        talking("one.jar", "slf4j-api-1.7.36"),
        talking("two.jar", "slf4j-api-2.0.9"),
        "acme.Talk",
        true);
  }

  @Test
  void ownLog_withoutLibrary_endsInTheHostsLogUnmixedAndLeavesNothing() throws Exception {
    String methods =
        """
        static final dev.hearth.function.Log LOG = dev.hearth.function.Log.of(Talk.class);
        static void begin(String who) {}
        static void info(String text) {
          LOG.write(System.Logger.Level.INFO, "acme", text, null, java.util.Map.of());
        }
        static void fail(String text, Throwable error) {
          LOG.write(System.Logger.Level.ERROR, "acme", text, error, java.util.Map.of());
        }
        """;
    TalkingFunctions.check(
        hearth,
        log,
        TalkingFunctions.function(directory, methods).build("one.jar"),
        TalkingFunctions.function(directory, methods).build("two.jar"),
        "acme",
        false);
  }

  private FunctionHandle deploy(String slf4j, String members, String body) {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.F",
                """
                package acme;
                import org.slf4j.*;
                public class F implements java.util.function.Function<String, String> {
                  static final Logger LOG = LoggerFactory.getLogger("acme");
                  %s
                  public String apply(String in) { %s return in; }
                }
                """
                    .formatted(members, body))
            .library(TestHost.library(slf4j + ".jar"))
            .buildFat("f.jar");
    return hearth.deploy("f", FunctionSpec.of(jar));
  }

  @ParameterizedTest
  @ValueSource(strings = {"slf4j-api-1.7.36", "slf4j-api-2.0.9"})
  void mdc_leftBehindByACall_isNotInTheNext(String slf4j) {
    FunctionHandle function =
        deploy(
            slf4j,
            "static { MDC.put(\"init\", \"yes\"); LOG.info(\"loaded\"); }",
            "LOG.info(in + \" \" + MDC.get(\"left\")); MDC.put(\"left\", in); LOG.info(in);");

    for (int i = 0; i < 20; i++) {
      WireCall.post("call" + i).text(function);
    }

    assertThat(log.events().get(0).fields()).isEqualTo(Map.of("init", "yes"));
    assertThat(log.events().get(0).origin().invocation()).isNull();
    for (int i = 0; i < 20; i++) {
      LogEvent before = log.events().get(1 + 2 * i);
      assertThat(before.message()).isEqualTo("call" + i + " null");
      assertThat(before.fields()).isEmpty();
      assertThat(log.events().get(2 + 2 * i).fields()).isEqualTo(Map.of("left", "call" + i));
    }
  }

  @Test
  void fluentApi_pairs_becomeFields() {
    FunctionHandle function =
        deploy(
            "slf4j-api-2.0.9",
            "",
            "LOG.atWarn().setMessage(\"{} sold\").addArgument(3).addKeyValue(\"left\", 4)"
                + ".addKeyValue(\"shop\", in).setCause(new Error(\"e\")).log();");

    WireCall.post("north").text(function);

    LogEvent event = log.events().get(0);
    assertThat(event.level()).isEqualTo(Level.WARNING);
    assertThat(event.message()).isEqualTo("3 sold");
    assertThat(event.fields()).containsEntry("left", 4).containsEntry("shop", "north");
    assertThat(event.error()).startsWith("java.lang.Error: e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"slf4j-api-1.7.36", "slf4j-api-2.0.9"})
  void slf4j_eachLevelAndForm_arrives(String slf4j) {
    FunctionHandle function =
        deploy(
            slf4j,
            "",
            """
            Marker marker = MarkerFactory.getMarker("m");
            LOG.trace("t"); LOG.debug("d {}", 1);
            LOG.info(marker, "i {} {}", 1, 2); LOG.warn("w {} {} {}", 1, 2, 3);
            LOG.error("e {}", "x", new RuntimeException("r")); LOG.info(null);
            if (LOG.isDebugEnabled() || !LOG.isInfoEnabled(marker)) LOG.error("wrong");
            LOG.info("{}", new Object() { public String toString() { throw new Error("no"); } });
            """);

    WireCall.post("").text(function);

    assertThat(log.messages("f"))
        .containsExactly("i 1 2", "w 1 2 3", "e x", "null", "[FAILED toString()]");
    assertThat(log.events())
        .extracting(LogEvent::level)
        .startsWith(Level.INFO, Level.WARNING, Level.ERROR, Level.INFO);
    assertThat(log.events().get(2).error()).startsWith("java.lang.RuntimeException: r");
  }

  @Test
  void field_thatCannotBeText_doesNotFailTheCall() {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.F",
                """
                package acme;
                public class F implements java.util.function.Function<String, String> {
                  public String apply(String in) {
                    Object bad = new Object() {
                      public String toString() { throw new IllegalStateException(); }
                    };
                    java.util.Map<String, Object> fields = new java.util.LinkedHashMap<>();
                    fields.put("bad", bad);
                    fields.put("nan", Double.NaN);
                    fields.put("real", 1.5);
                    dev.hearth.function.Log.of(F.class)
                        .write(System.Logger.Level.ALL, "acme", null, null, fields);
                    dev.hearth.function.Log.of(F.class)
                        .write(System.Logger.Level.ERROR, "acme", null, null, fields);
                    return in;
                  }
                }
                """)
            .withApi()
            .build("f.jar");

    assertThat(WireCall.post("x").text(hearth.deploy("f", FunctionSpec.of(jar)))).isEqualTo("x");

    LogEvent event = log.events().get(0);
    assertThat(log.events()).hasSize(1);
    assertThat(event.message()).isEqualTo("null");
    assertThat(event.fields().get("bad").toString()).startsWith("acme.F$1 (cannot be turned");
    assertThat(event.fields()).containsEntry("nan", "NaN").containsEntry("real", 1.5);
  }

  @Test
  void backendOfItsOwn_isUsedAndNoneProvided() {
    for (List<String> libraries :
        List.of(
            List.of("slf4j-api-1.7.36", "logback-core-1.2.13", "logback-classic-1.2.13"),
            List.of("slf4j-api-2.0.9", "logback-core-1.4.14", "logback-classic-1.4.14"))) {
      TestJar jar =
          TestJar.of(directory)
              .source(
                  "acme.F",
                  """
                  package acme;
                  public class F implements java.util.function.Function<String, String> {
                    public String apply(String in) {
                      org.slf4j.LoggerFactory.getLogger(F.class).error("mine");
                      org.slf4j.MDC.put("a", "b");
                      Object provided = F.class.getResource("/dev/hearth/slf4j/HearthLogger.class");
                      return org.slf4j.LoggerFactory.getILoggerFactory().getClass().getName() + " " + provided;
                    }
                  }
                  """);
      libraries.forEach(library -> jar.library(TestHost.library(library + ".jar")));
      String name = libraries.get(1);
      FunctionHandle function =
          hearth.deploy(
              name, FunctionSpec.builder(jar.buildFat(name + ".jar")).handler("acme.F").build());

      assertThat(WireCall.post("").text(function))
          .isEqualTo("ch.qos.logback.classic.LoggerContext null");
    }
    assertThat(log.events()).isEmpty();
  }

  @Test
  void log4j_ofItsOwn_isUsedAndNoneProvided() {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.F",
                """
                package acme;
                public class F implements java.util.function.Function<String, String> {
                  static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(F.class);
                  public String apply(String in) {
                    java.io.StringWriter text = new java.io.StringWriter();
                    org.apache.logging.log4j.core.LoggerContext context =
                        (org.apache.logging.log4j.core.LoggerContext)
                            org.apache.logging.log4j.LogManager.getContext(false);
                    var appender = org.apache.logging.log4j.core.appender.WriterAppender.newBuilder()
                        .setTarget(text).setName("text").build();
                    appender.start();
                    context.getConfiguration().getRootLogger().addAppender(
                        appender, org.apache.logging.log4j.Level.INFO, null);
                    context.updateLoggers();
                    LOG.error("to log4j {}", in);
                    return LOG.getClass().getName() + " " + text.toString().strip();
                  }
                }
                """)
            .library(TestHost.library("slf4j-api-2.0.9.jar"))
            .library(TestHost.library("log4j-api-2.24.3.jar"))
            .library(TestHost.library("log4j-core-2.24.3.jar"))
            .library(TestHost.library("log4j-slf4j2-impl-2.24.3.jar"))
            .buildSpringBoot("f.jar");
    FunctionHandle function =
        hearth.deploy("f", FunctionSpec.builder(jar).handler("acme.F").build());

    assertThat(WireCall.post("x").text(function))
        .isEqualTo("org.apache.logging.slf4j.Log4jLogger to log4j x");
    assertThat(log.events()).isEmpty();
  }

  @Test
  void callThatTakesItsLines_getsThemUntilItHasEnded() throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.F",
                """
                package acme;
                import dev.hearth.function.*;
                public class F implements ContextFunction<String, String> {
                  public String apply(String in, Context context) throws Exception {
                    Thread aside = new Thread(() -> line(context.log(), "aside"));
                    aside.start();
                    aside.join();
                    line(Log.of(F.class), "own");
                    return in;
                  }
                  private static void line(Log log, String text) {
                    log.write(System.Logger.Level.INFO, "acme", text, null, java.util.Map.of());
                  }
                }
                """)
            .withApi()
            .build("f.jar");
    FunctionHandle function = hearth.deploy("f", FunctionSpec.of(jar));
    RecordingSink ofCall = new RecordingSink(Level.INFO);

    WireCall.post("x").log(ofCall).text(function);
    WireCall.post("x").text(function);

    assertThat(ofCall.messages("f")).containsExactly("aside", "own");
    assertThat(log.messages("f")).containsExactly("aside", "own");
    assertThat(ofCall.events().get(0).origin().invocation()).isNotNull();
  }
}
