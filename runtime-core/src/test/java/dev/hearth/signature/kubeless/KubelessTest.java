package dev.hearth.signature.kubeless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.invoke.Outcome;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.WireCall;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kubeless' Java API; the numbers are those of the cases its contract is checked by. */
@Timeout(120)
final class KubelessTest {

  private static final Path API = TestHost.provided("kubeless").resolve("kubeless-api.jar");
  private static final String FUNCTION =
      """
      package io.kubeless;
      public class Foo {
        private int calls;
        private static int allCalls;
        public String foo(io.kubeless.Event event, io.kubeless.Context context) throws Exception {
          %s
        }
      }
      """;

  @TempDir private Path directory;
  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  @Test
  void kubeless_case_2_anyPath_callsTheFunction() {
    FunctionHandle function = deploy("return \"Hello world!\";");

    assertThat(WireCall.of("GET", "/").text(function)).isEqualTo("Hello world!");
    assertThat(WireCall.of("GET", "/any/deep/path?x=1").text(function)).isEqualTo("Hello world!");
    assertThat(function.signature()).isEqualTo("Kubeless function");
  }

  @Test
  void kubeless_case_3_body_isTextByteForByte() {
    FunctionHandle function = deploy("return event.Data;");

    for (String body : new String[] {"{\"its\": \"alive\"}", "a\nb\r\n\nc ☃ ü\n", ""}) {
      assertThat(WireCall.post(body).header("Content-Type", "application/json").text(function))
          .isEqualTo(body);
    }
  }

  @Test
  void kubeless_case_4_eventHeaders_areFieldsInAnyCase() {
    FunctionHandle function =
        deploy(
            """
            return event.EventID + "|" + event.EventType + "|" + event.EventTime + "|"
                + event.EventNamespace;
            """);

    assertThat(WireCall.post("").text(function)).isEqualTo("|||");
    assertThat(
            WireCall.post("")
                .header("Event-Id", "1")
                .header("EVENT-TYPE", "application/json")
                .header("event-time", "2026-01-01T00:00:00Z")
                .header("event-namespace", "cli.kubeless.io")
                .text(function))
        .isEqualTo("1|application/json|2026-01-01T00:00:00Z|cli.kubeless.io");
  }

  @Test
  void kubeless_case_5_context_isTheVariables() {
    Path jar =
        jar("""
                return context.functionName + "|" + context.timeout + "|" + context.runtime + "|"
                    + context.memoryLimit;
                """)
            .build("f.jar");
    FunctionHandle with =
        hearth.deploy(
            "with",
            FunctionSpec.builder(jar)
                .env(
                    Map.of(
                        "FUNC_HANDLER", "bar",
                        "FUNC_TIMEOUT", "5",
                        "FUNC_RUNTIME", "java11",
                        "FUNC_MEMORY_LIMIT", "128Mi"))
                .build());
    FunctionHandle without = hearth.deploy("without", FunctionSpec.of(jar));

    assertThat(WireCall.post("").text(with)).isEqualTo("bar|5|java11|128Mi");
    assertThat(WireCall.post("").text(without))
        .isEqualTo("foo|180|java" + Runtime.version().feature() + "|0");
  }

  @Test
  void kubeless_case_6_7_exceptionsAndErrors_failTheCallOnly() {
    FunctionHandle function =
        deploy(
            """
            if (event.Data.equals("exception")) { throw new java.io.IOException("boom"); }
            if (event.Data.equals("error")) { throw new AssertionError("bang"); }
            return "fine";
            """);

    assertThat(failure(function, "exception"))
        .isExactlyInstanceOf(java.io.IOException.class)
        .hasMessage("boom");
    assertThat(failure(function, "error")).isExactlyInstanceOf(AssertionError.class);
    assertThat(WireCall.post("").text(function)).isEqualTo("fine");
  }

  @Test
  void kubeless_case_8_nullResult_isAnEmptyAnswer() {
    assertThat(WireCall.post("").reply(deploy("return null;")).body()).isEmpty();
  }

  @Test
  void kubeless_case_13_whatIsNotThere_isRefusedByName() {
    Path jar = jar("return \"\";").build("f.jar");

    assertThatThrownBy(() -> deploy(jar, "io.kubeless.Absent::foo"))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("io.kubeless.Absent");
    assertThatThrownBy(() -> deploy(jar, "io.kubeless.Foo::absent"))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("absent");
  }

  @Test
  void kubeless_case_17_cloudEvents_fillTheEvent() {
    FunctionHandle function =
        deploy(
            """
            return event.EventID + "|" + event.EventType + "|" + event.EventTime + "|"
                + event.EventNamespace + "|" + event.Data;
            """);

    WireCall binary =
        WireCall.post("{\"hello\":1}")
            .header("ce-type", "test-binary")
            .header("ce-source", "contract-test")
            .header("ce-id", "7");
    WireCall structured =
        WireCall.post(
                """
                {"specversion":"1.0","id":"8","type":"test-structured","source":"contract-test",
                 "time":"2026-01-01T00:00:00Z","data":{"hello":"you"}}
                """)
            .header("Content-Type", "application/cloudevents+json; charset=utf-8");
    WireCall half = WireCall.post("x").header("ce-type", "only-one");

    assertThat(binary.text(function)).isEqualTo("7|test-binary||contract-test|{\"hello\":1}");
    assertThat(structured.text(function))
        .isEqualTo("8|test-structured|2026-01-01T00:00:00Z|contract-test|{\"hello\":\"you\"}");
    assertThat(half.text(function)).isEqualTo("||||x");
    assertThat(
            WireCall.post("[]")
                .header("Content-Type", "application/cloudevents+json")
                .outcome(function))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void kubeless_case_22_state_survivesBetweenCalls() {
    FunctionHandle function = deploy("return ++calls + \" \" + ++allCalls;");

    assertThat(WireCall.post("").text(function)).isEqualTo("1 1");
    assertThat(WireCall.post("").text(function)).isEqualTo("2 2");
  }

  @Test
  void kubeless_case_23_codeCompiledAgainstPackagePrivateFields_works() {
    TestJar vendors =
        TestJar.of(directory)
            .source(
                "io.kubeless.Event",
                """
                package io.kubeless;
                public class Event {
                  String Data, EventID, EventType, EventTime, EventNamespace;
                  public Event(String a, String b, String c, String d, String e) {
                    Data = "own " + a; EventID = b; EventType = c; EventTime = d; EventNamespace = e;
                  }
                }
                """)
            .source(
                "io.kubeless.Context",
                """
                package io.kubeless;
                public class Context {
                  String functionName, timeout, runtime, memoryLimit;
                  public Context(String a, String b, String c, String d) {
                    functionName = a; timeout = b; runtime = c; memoryLimit = d;
                  }
                }
                """);
    Path params = vendors.build("params.jar");
    TestJar function =
        TestJar.of(directory)
            .source(
                "io.kubeless.Foo", FUNCTION.formatted("return event.Data + context.functionName;"))
            .library(params);

    FunctionHandle thin = deploy(function.build("thin.jar"), "io.kubeless.Foo::foo");
    FunctionHandle fat = deploy(function.buildFat("fat.jar"), "io.kubeless.Foo::foo");

    assertThat(WireCall.post("x").text(thin)).isEqualTo("xfoo");
    assertThat(WireCall.post("x").text(fat)).isEqualTo("own xfoo");
    FunctionHandle withPublisher =
        hearth.deploy(
            "publishing",
            FunctionSpec.builder(function.buildFat("again.jar"))
                .handler("io.kubeless.Foo::foo")
                .env("PUBLISHER_PROXY_ADDRESS", "http://127.0.0.1:9/publish")
                .build());
    assertThat(WireCall.post("x").text(withPublisher)).isEqualTo("own xfoo");
  }

  @Test
  void deploy_otherPackageAndStaticMethod_areServed() {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Any",
                """
                package acme;
                import io.kubeless.*;
                public class Any {
                  public static String one(Event event, Context context) { return "1" + event.Data; }
                  public String two(Event event, Context context) { return "2" + event.Data; }
                }
                """)
            .compileOnly(API)
            .build("any.jar");

    assertThat(WireCall.post("x").text(deploy(jar, "acme.Any::one"))).isEqualTo("1x");
    assertThat(WireCall.post("x").text(deploy(jar, "acme.Any::two"))).isEqualTo("2x");
    assertThatThrownBy(() -> deploy(jar, "acme.Any"))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("several functions (one, two); name one, as acme.Any::one");
  }

  @Test
  void kubeless_case_18_emit_isAStructuredCloudEventAtThePublisher() throws Exception {
    Path jar =
        jar("""
                event.emitCloudEvent("send-check", "contract-test",
                    java.util.Map.of("hello", event.Data), java.util.Map.of("eventtypeversion", "v1alpha2"));
                event.emitCloudEvent("text-check", "contract-test", "plain");
                return "sent";
                """)
            .build("f.jar");
    try (OneShotServer publisher = new OneShotServer("HTTP/1.1 204 No Content\r\n\r\n")) {
      FunctionHandle function =
          hearth.deploy(
              "f",
              FunctionSpec.builder(jar).env("PUBLISHER_PROXY_ADDRESS", publisher.url()).build());
      String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

      assertThat(WireCall.post("☃").header("traceparent", trace).text(function)).isEqualTo("sent");

      assertThat(publisher.next())
          .startsWith("POST /publish HTTP/1.1")
          .containsIgnoringCase("content-type: application/cloudevents+json")
          .contains(trace)
          .contains(
              "\"specversion\":\"1.0\"",
              "\"type\":\"send-check\"",
              "\"source\":\"contract-test\"",
              "\"id\":\"",
              "\"datacontenttype\":\"application/json\"",
              "\"eventtypeversion\":\"v1alpha2\"",
              "\"data\":{\"hello\":\"☃\"}");
      assertThat(publisher.next())
          .contains("\"datacontenttype\":\"text/plain\"", "\"data\":\"plain\"");
    }
  }

  @Test
  void emit_publisherThatRefuses_isTheFunctionsException() throws Exception {
    Path jar = jar("event.emitCloudEvent(\"t\", \"s\", \"d\"); return \"sent\";").build("f.jar");
    try (OneShotServer publisher =
        new OneShotServer("HTTP/1.1 400 Bad\r\nContent-Length: 2\r\n\r\nno")) {
      FunctionHandle function =
          hearth.deploy(
              "f",
              FunctionSpec.builder(jar).env("PUBLISHER_PROXY_ADDRESS", publisher.url()).build());

      assertThat(failure(function, ""))
          .isInstanceOf(java.io.IOException.class)
          .hasMessageContaining("did not take event of type 't': status 400, no");
    }
  }

  @Test
  void emit_withoutAPublisher_isRefused() {
    FunctionHandle function = deploy("event.emitCloudEvent(\"t\", \"s\", \"d\"); return \"sent\";");

    assertThat(failure(function, ""))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("PUBLISHER_PROXY_ADDRESS is not set");
  }

  private FunctionHandle deploy(String body) {
    return hearth.deploy("f", FunctionSpec.of(jar(body).build("f.jar")));
  }

  private FunctionHandle deploy(Path jar, String handler) {
    String name = "f" + hearth.functions().size();
    return hearth.deploy(name, FunctionSpec.builder(jar).handler(handler).build());
  }

  private TestJar jar(String body) {
    return TestJar.of(directory)
        .source("io.kubeless.Foo", FUNCTION.formatted(body))
        .compileOnly(API);
  }

  private static Throwable failure(FunctionHandle function, String body) {
    Outcome<?> outcome = WireCall.post(body).outcome(function);
    assertThat(outcome).isInstanceOf(Outcome.Threw.class);
    return ((Outcome.Threw<?>) outcome).cause();
  }
}
