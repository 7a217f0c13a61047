package dev.hearth.http.contract.knative;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.HttpLimits;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Functions that take events, in one archive with the vendor's SDK, and hosts that serve them. */
final class EventJar {

  private static final Path LIBRARIES =
      Path.of(
          Objects.requireNonNull(System.getProperty("hearth.root")),
          "runtime-core/target/libraries");

  private EventJar() {}

  /** Sends back the event it got, through headers and body. */
  private static final String ECHO =
      """
      package e;
      import dev.hearth.function.*;
      public class Echo implements StreamFunction {
        public void handle(Request in, Response out, Context context) throws Exception {
          for (String name : in.headers().names()) {
            String lower = name.toLowerCase();
            if (lower.startsWith("ce-") || lower.equals("content-type")) {
              out.header(name, in.headers().first(name).get());
            }
          }
          out.body().write(in.bytes());
        }
      }
      """;

  /** Sends back the event it got, as the vendor's type. */
  private static final String SDK_ECHO =
      """
      package e;
      import io.cloudevents.CloudEvent;
      public class SdkEcho implements java.util.function.Function<CloudEvent, CloudEvent> {
        public CloudEvent apply(CloudEvent in) { return in; }
      }
      """;

  /** Tells what it got, as an answer to no event in particular. */
  private static final String TELL =
      """
      package e;
      import dev.hearth.function.*;
      public class Tell {
        public Reply<String> tell(byte[] body, Context context, java.util.Map<String, String> headers) throws Exception {
          StringBuilder text = new StringBuilder();
          text.append("id=").append(context.id()).append('\\n');
          text.append("traceparent=").append(context.traceparent().orElse("-")).append('\\n');
          new java.util.TreeMap<>(context.attributes()).forEach((k, v) -> text.append(k).append('=').append(v).append('\\n'));
          new java.util.TreeMap<>(headers).forEach((k, v) -> text.append("header ").append(k).append('=').append(v).append('\\n'));
          text.append("body=").append(new String(body, "UTF-8"));
          return Reply.of(text.toString());
        }
      }
      """;

  /** Does what the data says, and counts. */
  private static final String DO =
      """
      package e;
      import dev.hearth.function.*;
      public class Do implements ContextFunction<String, Object> {
        public static final java.util.List<String> SEEN = new java.util.concurrent.CopyOnWriteArrayList<>();
        public Object apply(String what, Context context) throws Exception {
          ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("e.seen", ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).getOrDefault("e.seen", "") + what + ";");
          if (what.startsWith("status ")) return Reply.status(Integer.parseInt(what.substring(7))).body("told");
          return switch (what) {
            case "throw" -> throw new IllegalStateException("no".repeat(2000));
            case "reply" -> Reply.of("data").header("ce-type", "acme.reply").header("ce-subject", "Euro \\u20ac 100%")
                .header("ce-source", "/acme").header("ce-id", "r1").header("ce-time", "2018-04-05T03:56:24Z")
                .header("X-Other", "kept").header("ce-n", "5");
            case "onlyHeaders" -> Reply.status(200).header("ce-type", "acme.reply").header("ce-id", "r2");
            case "badReply" -> Reply.of("data").header("ce-time", "yesterday");
            case "structured" -> Reply.of("{\\"specversion\\":\\"1.0\\",\\"id\\":\\"s1\\",\\"source\\":\\"/s\\",\\"type\\":\\"s\\",\\"data\\":[1, 2]}")
                .header("Content-Type", "application/cloudevents+json");
            case "badStructured" -> Reply.of("{}").header("Content-Type", "application/cloudevents+json");
            case "batch" -> Reply.of("[]").header("Content-Type", "application/cloudevents-batch+json");
            case "json" -> java.util.Map.of("a", 1);
            case "bytes" -> new byte[] {0, 1, 2};
            case "big" -> new byte[17 << 20];
            case "empty" -> "";
            case "nothing" -> null;
            default -> what;
          };
        }
      }
      """;

  private static final String SINK =
      """
      package e;
      public class Sink implements java.util.function.Consumer<String> {
        public void accept(String in) { ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("e.sink", ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).getOrDefault("e.sink", "") + in + ";"); }
      }
      """;

  private static final String HEALTH =
      """
      package e;
      import dev.hearth.function.*;
      public class Moody implements java.util.function.Function<String, String>, Health {
        public String apply(String in) { return in; }
        public boolean ready() {
          if (!"e.Moody".equals(getClass().getName())
              || Thread.currentThread().getContextClassLoader() != getClass().getClassLoader()) throw new Error("loader");
          return Boolean.getBoolean("e.ready");
        }
        public boolean alive() {
          if (Boolean.getBoolean("e.fails")) throw new IllegalStateException("no");
          return true;
        }
      }
      """;

  static Path build(Path directory) {
    return TestJar.of(directory)
        .withApi()
        .library(LIBRARIES.resolve("cloudevents-api-4.0.1.jar"))
        .library(LIBRARIES.resolve("cloudevents-core-4.0.1.jar"))
        .source("e.Echo", ECHO)
        .source("e.SdkEcho", SDK_ECHO)
        .source("e.Tell", TELL)
        .source("e.Do", DO)
        .source("e.Sink", SINK)
        .source("e.Moody", HEALTH)
        .buildFat("events.jar");
  }

  /** A host with some of these functions, each under its handler's name in lower case, served as Knative's. */
  static TestHost serve(Path directory, Map<String, String> environment, String... handlers)
      throws IOException {
    return serve(directory, environment, spec -> spec, handlers);
  }

  static TestHost serve(
      Path directory,
      Map<String, String> environment,
      UnaryOperator<FunctionSpec.Builder> settings,
      String... handlers)
      throws IOException {
    Hearth hearth = Hearth.builder().drainLimit(Duration.ofSeconds(5)).build();
    Path jar = build(directory);
    for (String handler : handlers) {
      String name =
          handler.substring(2).replaceFirst("::.*", "").toLowerCase(java.util.Locale.ROOT);
      hearth.deploy(name, settings.apply(FunctionSpec.builder(jar).handler(handler)).build());
    }
    return TestHost.serve(
        hearth, new KnativeContract(hearth, new HashMap<>(environment)), HttpLimits.defaults());
  }

  /** A request with headers and a body in UTF-8. */
  static String request(String method, String target, String headers, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: x\r\n"
        + headers
        + (headers.isEmpty() || headers.endsWith("\r\n") ? "" : "\r\n")
        + "Content-Length: "
        + bytes.length
        + "\r\n\r\n"
        + new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The four headers every event has. */
  static String event(String... more) {
    return "ce-specversion: 1.0\r\nce-id: 1\r\nce-source: /s\r\nce-type: t\r\n"
        + (more.length == 0 ? "" : String.join("\r\n", more) + "\r\n");
  }

  static Answered binary(TestHost host, String data, String... more) throws IOException {
    return host.ask(request("POST", "/", event(more), data));
  }

  static Answered structured(TestHost host, String members) throws IOException {
    return post(
        host,
        "application/cloudevents+json",
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"" + members + "}");
  }

  static Answered post(TestHost host, String contentType, String body) throws IOException {
    return host.ask(request("POST", "/", "Content-Type: " + contentType, body));
  }

  /** The header lines of an answer that belong to an event. */
  static Map<String, String> attributes(Answered answer) {
    Map<String, String> attributes = new HashMap<>();
    for (String line : answer.headers()) {
      int colon = line.indexOf(": ");
      String name = line.substring(0, colon).toLowerCase(java.util.Locale.ROOT);
      if (name.startsWith("ce-") || name.equals("content-type")) {
        attributes.put(name, line.substring(colon + 2));
      }
    }
    return attributes;
  }
}
