package dev.hearth.signature.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Reply;
import dev.hearth.invoke.Outcome;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import dev.hearth.testing.WireCall;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain functions that take and give {@code io.cloudevents.CloudEvent} of the SDK they bring. */
@Timeout(120)
final class VendorEventsTest {

  private static final String ANSWER =
      """
      package acme;
      import io.cloudevents.CloudEvent;
      import io.cloudevents.core.builder.CloudEventBuilder;
      import java.net.URI;
      import java.util.function.Function;
      public class Answer implements Function<CloudEvent, CloudEvent> {
        public CloudEvent apply(CloudEvent in) {
          if (in.getType().equals("nothing")) return null;
          return CloudEventBuilder.v1(in).withType("acme.answer").withSource(URI.create("/acme"))
              .withTime(java.time.OffsetDateTime.parse("2018-04-05T03:56:00Z"))
              .withSubject(String.valueOf(in.getSubject()) + " \\u20ac").withExtension("n", 5).build();
        }
      }
      """;

  private static final String TELL =
      """
      package acme;
      import io.cloudevents.CloudEvent;
      import java.util.Map;
      public class Tell {
        public String tell(CloudEvent in, Map<String, String> headers) {
          return in.getClass().getClassLoader() + " " + in.getId() + " " + headers.get("x-more");
        }
        public String type(CloudEvent in) {
          CloudEvent.class.cast(in);
          return in.getType() + " " + in.getTime() + " " + (in.getData() == null ? "-" : new String(in.getData().toBytes()));
        }
      }
      """;

  @TempDir Path directory;

  private Path jar(String version) {
    return TestJar.of(directory)
        .library(TestHost.library("cloudevents-api-" + version + ".jar"))
        .library(TestHost.library("cloudevents-core-" + version + ".jar"))
        .source("acme.Answer", ANSWER)
        .source("acme.Tell", TELL)
        .buildFat("events-" + version + ".jar");
  }

  private static WireCall binary(String type) {
    return WireCall.post("data")
        .header("ce-specversion", "1.0")
        .header("ce-id", "1")
        .header("ce-type", type)
        .header("ce-source", "/s")
        .header("ce-subject", "a%20b")
        .header("Content-Type", "text/plain");
  }

  private static String header(Reply<byte[]> reply, String name) {
    List<String> lines = reply.headers().get(name);
    return lines == null ? "" : String.join("|", lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.5.0", "4.0.1"})
  void function_ofEvents_answersWithAnEvent(String version) {
    try (Hearth hearth = Hearth.builder().build()) {
      var function =
          hearth.deploy("f", FunctionSpec.builder(jar(version)).handler("acme.Answer").build());

      Reply<byte[]> reply = binary("t").reply(function);

      assertThat(header(reply, "ce-type")).isEqualTo("acme.answer");
      assertThat(header(reply, "ce-id")).isEqualTo("1");
      assertThat(header(reply, "ce-source")).isEqualTo("/acme");
      assertThat(header(reply, "ce-subject")).isEqualTo("a%20b%20%E2%82%AC");
      assertThat(header(reply, "ce-time")).isEqualTo("2018-04-05T03:56:00Z");
      assertThat(header(reply, "ce-n")).isEqualTo("5");
      assertThat(header(reply, "Content-Type")).isEqualTo("text/plain");
      assertThat(new String(reply.body(), UTF_8)).isEqualTo("data");
      assertThat(binary("nothing").reply(function).body()).isEmpty();
    }
  }

  @Test
  void function_ofEvents_readsStructuredOnes() {
    try (Hearth hearth = Hearth.builder().build()) {
      var function =
          hearth.deploy("f", FunctionSpec.builder(jar("4.0.1")).handler("acme.Tell::type").build());

      assertThat(
              WireCall.post(
                      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"data\":{\"a\":1},"
                          + "\"time\":\"2018-04-05T03:56:24Z\"}")
                  .header("Content-Type", "application/cloudevents+json")
                  .text(function))
          .isEqualTo("t 2018-04-05T03:56:24Z {\"a\":1}");
    }
  }

  @Test
  void method_takesAnEventAndTheHeaders() {
    try (Hearth hearth = Hearth.builder().build()) {
      var function =
          hearth.deploy("f", FunctionSpec.builder(jar("4.0.1")).handler("acme.Tell::tell").build());

      assertThat(binary("t").header("X-More", "more").text(function)).endsWith(" 1 more");
    }
  }

  @Test
  void request_thatIsNoEvent_isRefusedWithoutACall() {
    try (Hearth hearth = Hearth.builder().build()) {
      var function =
          hearth.deploy("f", FunctionSpec.builder(jar("4.0.1")).handler("acme.Answer").build());

      Outcome<?> outcome =
          WireCall.post("{}").header("Content-Type", "application/json").outcome(function);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused ->
                  assertThat(refused.cause()).hasMessageContaining("specversion is missing"));
    }
  }

  @Test
  void undeploy_afterEventsWereMet_letsTheLoaderGo() throws Exception {
    try (Hearth hearth = Hearth.builder().build()) {
      WeakReference<ClassLoader> loader = callAndUndeploy(hearth);

      UnloadAssert.assertCollected(loader);
    }
  }

  private WeakReference<ClassLoader> callAndUndeploy(Hearth hearth) throws Exception {
    Path jar =
        TestJar.of(directory)
            .library(TestHost.library("cloudevents-api-4.0.1.jar"))
            .library(TestHost.library("cloudevents-core-4.0.1.jar"))
            .source("acme.Answer", ANSWER)
            .source(
                "acme.Own",
                "package acme; public class Own implements java.util.function.Function<io.cloudevents.CloudEvent, Object> {"
                    + " public Object apply(io.cloudevents.CloudEvent in) { return new Answer().apply(in); }"
                    + " static { ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent(\"hearth.test.bag\", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put(\"acme.loader\", new java.lang.ref.WeakReference<>("
                    + "Own.class.getClassLoader())); } }")
            .buildFat("own.jar");
    var function = hearth.deploy("f", FunctionSpec.builder(jar).handler("acme.Own").build());
    assertThat(header(binary("t").reply(function), "ce-type")).isEqualTo("acme.answer");
    function.undeploy().toCompletableFuture().get(60, TimeUnit.SECONDS);
    @SuppressWarnings("unchecked") // put there by the function
    WeakReference<ClassLoader> loader = (WeakReference<ClassLoader>) TestBag.remove("acme.loader");
    return loader;
  }
}
