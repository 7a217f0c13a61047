package dev.hearth.signature.nuclio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Reply;
import dev.hearth.invoke.Outcome;
import dev.hearth.loader.DeployException;
import dev.hearth.log.LogEvent;
import dev.hearth.testing.RecordingSink;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.WireCall;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nuclio's Java API; the numbers are those of the cases its contract is checked by. */
@Timeout(120)
final class NuclioTest {

  private static final Path API = TestHost.provided("nuclio").resolve("nuclio-api.jar");
  private static final String HANDLER =
      """
      import io.nuclio.*;
      import java.util.*;
      public class Handler implements EventHandler {
        %s
        @Override public Response handleEvent(Context context, Event event) {
          Response response = new Response();
          %s
          return response;
        }
      }
      """;

  @TempDir private Path directory;
  private final RecordingSink log = new RecordingSink(Level.TRACE);
  private final Hearth hearth = Hearth.builder().log(log).build();

  @AfterEach
  void close() {
    hearth.close();
  }

  @Test
  void nuclio_case_2_emptyEvent_isAnsweredWithTheDefaults() {
    Reply<byte[]> reply = WireCall.of("GET", "/").reply(deploy(""));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.headers()).containsOnlyKeys("Content-Type");
    assertThat(reply.headers()).containsEntry("Content-Type", List.of("text/plain"));
  }

  @Test
  void nuclio_case_3_allByteValues_areKept() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }

    Reply<byte[]> reply =
        WireCall.of("POST", "/").body(all).reply(deploy("response.setBody(event.getBody());"));

    assertThat(reply.body()).isEqualTo(all);
  }

  @Test
  void nuclio_case_4_structuredBody_isAMap() {
    FunctionHandle handler =
        deploy(
            """
            Object body = event.getBodyObject();
            response.setBody(body instanceof Map ? "map " + ((Map<?, ?>) body).get("a")
                : body.getClass().getSimpleName());
            """);

    assertThat(json("{\"a\":\"b\"}").text(handler)).isEqualTo("map b");
    assertThat(json("{\"a\":").text(handler)).isEqualTo("byte[]");
    assertThat(WireCall.post("{\"a\":\"b\"}").text(handler)).isEqualTo("byte[]");
  }

  private static WireCall json(String body) {
    return WireCall.post(body).header("Content-Type", "application/json; charset=utf-8");
  }

  @Test
  void nuclio_case_5_absentKeys_haveDefaults() {
    FunctionHandle handler =
        deploy(
            """
            TriggerInfo trigger = event.getTriggerInfo();
            response.setBody("[" + event.getContentType() + "]" + event.getFields()
                + trigger.getKindName() + trigger.getClassName() + event.getShardID()
                + event.getTotalNumShards() + "[" + event.getType() + event.getTypeVersion()
                + event.getVersion() + "]" + (event.getTimestamp().getTime() > 0));
            """);

    assertThat(WireCall.of("GET", "/").text(handler)).isEqualTo("[]{}httpnull00[]true");
  }

  @Test
  void nuclio_case_6_headers_areFoundInAnyCaseAndAsNumbers() {
    FunctionHandle handler =
        deploy(
            """
            response.setBody(event.getHeaderString("x-count") + event.getHeaderLong("X-COUNT")
                + event.getHeaders().get("x-Count") + new String(event.getHeaderBytes("X-Count"))
                + event.getHeaderLong("X-Text") + event.getHeader("absent")
                + event.getHeaderLong("absent") + event.getHeaderBytes("absent"));
            """);

    assertThat(WireCall.of("GET", "/").header("X-Count", "7").header("X-Text", "x").text(handler))
        .isEqualTo("77770null0null");
  }

  @Test
  void nuclio_case_7_fields_areTheQuery() {
    FunctionHandle handler =
        deploy(
            """
            response.setBody(event.getFields() + " " + event.getFieldLong("x")
                + event.getFieldString("x") + new String(event.getFieldBytes("x")) + event.getField("z")
                + event.getFieldLong("z"));
            """);

    assertThat(WireCall.of("GET", "/?x=1&y=a%20b&y=%C3%A4&e&bad=%zz").text(handler))
        .isEqualTo("{x=1, y=ä, e=, bad=%zz} 111null0");
  }

  @Test
  void nuclio_case_8_whatThePlatformSays_isInTheEvent() {
    FunctionHandle handler =
        deploy(
            """
            response.setBody(event.getID() + " " + event.getTimestamp().toInstant() + " "
                + event.getTriggerInfo().getKindName() + event.getShardID() + event.getTotalNumShards()
                + event.getType() + event.getTypeVersion() + event.getVersion() + event.getURL());
            """);

    WireCall call =
        WireCall.post("")
            .id("4711")
            .attribute("nuclio.timestamp", "1700000000")
            .attribute("nuclio.trigger-kind", "kafka")
            .attribute("nuclio.shard-id", "3")
            .attribute("nuclio.num-shards", "8")
            .attribute("nuclio.type", "t")
            .attribute("nuclio.type-version", "v")
            .attribute("nuclio.version", "w")
            .attribute("nuclio.url", "http://nuclio.io/a");

    assertThat(call.text(handler))
        .isEqualTo("4711 2023-11-14T22:13:20Z kafka38tvwhttp://nuclio.io/a");
  }

  @Test
  void nuclio_case_9_10_11_failures_endTheCallAndNothingElse() {
    FunctionHandle handler =
        deploy(
            """
            switch (event.getPath()) {
              case "/exception": throw new IllegalStateException("some error");
              case "/error": throw new NoClassDefFoundError("x/Y");
              case "/null": return null;
              case "/status": return response.setStatusCode(5_000_000_000L);
              default: response.setBody("fine " + event.getMethod() + " " + event.getURL());
            }
            """);

    assertThat(failure(handler, "/exception")).hasMessage("some error");
    assertThat(failure(handler, "/error")).isInstanceOf(NoClassDefFoundError.class);
    assertThat(failure(handler, "/null"))
        .hasMessage("Handler::handleEvent returned null; return a Response");
    assertThat(failure(handler, "/status")).hasMessageContaining("cannot be sent");
    assertThat(WireCall.of("PUT", "/path/to/nowhere?x=1").text(handler))
        .isEqualTo("fine PUT /path/to/nowhere?x=1");
  }

  @Test
  void nuclio_case_12_responseHeaders_areTexts() {
    FunctionHandle handler =
        deploy(
            """
            Map<String, Object> headers = new HashMap<>();
            headers.put("h1", "v1");
            headers.put("h2", 2);
            headers.put("h3", 3L);
            headers.put("h4", true);
            headers.put("h5", null);
            response.setStatusCode(201).setContentType("a/b").setHeaders(headers).setBody("ü");
            """);

    Reply<byte[]> reply = WireCall.of("GET", "/").reply(handler);

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.headers())
        .containsOnlyKeys("Content-Type", "h1", "h2", "h3", "h4")
        .containsEntry("Content-Type", List.of("a/b"))
        .containsEntry("h2", List.of("2"))
        .containsEntry("h4", List.of("true"));
    assertThat(reply.body()).isEqualTo("ü".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void nuclio_case_13_logRecords_haveLevelsAndFields() {
    FunctionHandle handler =
        deploy(
            """
            Logger logger = context.getLogger();
            logger.debug("Debug %d", 1);
            logger.info("Info \\"quoted\\"\\nline");
            logger.warn("100%");
            logger.error("Error %s", "é");
            logger.infoWith("Source", "source", "rabbit", "weight", 7, "none", null, "ok", true);
            """);

    WireCall.post("").id("call-1").text(handler);

    assertThat(log.events())
        .extracting(LogEvent::level, LogEvent::message)
        .containsExactly(
            tuple(Level.DEBUG, "Debug 1"),
            tuple(Level.INFO, "Info \"quoted\"\nline"),
            tuple(Level.WARNING, "100%"),
            tuple(Level.ERROR, "Error é"),
            tuple(Level.INFO, "Source"));
    assertThat(log.events())
        .allSatisfy(event -> assertThat(event.origin().invocation()).isEqualTo("call-1"));
    assertThat(log.events().get(4).fields().toString())
        .isEqualTo("{worker_id=0, source=rabbit, weight=7, none=null, ok=true}");
    assertThat(log.events().get(4).fields().get("weight")).isEqualTo(7);
  }

  @Test
  void logRecord_nameWithoutValue_losesItsValuesAndSaysSo() {
    WireCall.post("").text(deploy("context.getLogger().errorWith(\"Odd\", \"source\");"));

    assertThat(log.messages("f"))
        .containsExactly(
            "log record 'Odd' has a name without value; its values are left out", "Odd");
    assertThat(log.events().get(1).fields()).containsOnlyKeys("worker_id");
  }

  @Test
  void nuclio_case_14_recordsOfManyThreads_areTheCallsAndDoNotMix() {
    FunctionHandle handler =
        deploy(
            """
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
              Thread thread = new Thread(() -> {
                for (int n = 0; n < 100; n++) {
                  context.getLogger().infoWith("record", "n", n);
                }
              });
              thread.start();
              threads.add(thread);
            }
            try {
              for (Thread thread : threads) { thread.join(); }
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            """);

    WireCall.post("").id("call-2").attribute("nuclio.worker-id", "3").text(handler);

    assertThat(log.events())
        .hasSize(800)
        .allSatisfy(
            event -> {
              assertThat(event.fields()).containsEntry("worker_id", "3").containsKey("n");
              assertThat(event.origin().invocation()).isEqualTo("call-2");
            });
  }

  @Test
  void nuclio_case_18_handlerThatIsMissing_isRefusedByName() {
    Path jar = jar("", "").build("f.jar");

    assertThatThrownBy(
            () -> hearth.deploy("f", FunctionSpec.builder(jar).handler("Absent").build()))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("Absent");
  }

  @Test
  void open_initContext_runsOnceBeforeTheFirstEvent() {
    Path jar =
        jar(
                "private String state = \"new\"; private int inits;"
                    + " public void initContext(Context c) { state = \"init\" + ++inits; }",
                "response.setBody(state);")
            .build("init.jar");
    FunctionHandle handler = hearth.deploy("f", FunctionSpec.of(jar));

    assertThat(WireCall.post("").text(handler)).isEqualTo("init1");
    assertThat(WireCall.post("").text(handler)).isEqualTo("init1");
  }

  @Test
  void open_initContextThrows_isRefusedWithItsException() {
    Path jar =
        jar("public void initContext(Context c) { throw new IllegalStateException(\"no\"); }", "")
            .build("init.jar");

    assertThatThrownBy(() -> hearth.deploy("f", FunctionSpec.of(jar)))
        .isInstanceOf(DeployException.class)
        .hasRootCauseMessage("no");
  }

  @Test
  void deploy_archiveBringsTheApi_itsOwnIsUsed() {
    Path fat =
        jar("", "response.setBody(\"provided\");")
            .source(
                "io.nuclio.Response",
                """
                package io.nuclio;
                public class Response {
                  public Response setBody(String body) { return this; }
                  public Response setBody(byte[] body) { return this; }
                  public byte[] getBody() { return "own".getBytes(); }
                  public long getStatusCode() { return 0; }
                  public String getContentType() { return ""; }
                  public java.util.Map<String, Object> getHeaders() { return null; }
                }
                """)
            .library(API)
            .buildFat("fat.jar");

    Reply<byte[]> reply = WireCall.post("").reply(hearth.deploy("fat", FunctionSpec.of(fat)));

    assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("own");
    assertThat(reply.headers()).isEmpty();
    assertThat(WireCall.post("").text(deploy("response.setBody(\"provided\");")))
        .isEqualTo("provided");
  }

  private FunctionHandle deploy(String body) {
    return hearth.deploy("f", FunctionSpec.of(jar("", body).build("f.jar")));
  }

  private TestJar jar(String members, String body) {
    return TestJar.of(directory)
        .source("Handler", HANDLER.formatted(members, body))
        .compileOnly(API);
  }

  private static Throwable failure(FunctionHandle handler, String path) {
    Outcome<?> outcome = WireCall.of("GET", path).outcome(handler);
    assertThat(outcome).isInstanceOf(Outcome.Threw.class);
    return ((Outcome.Threw<?>) outcome).cause();
  }
}
