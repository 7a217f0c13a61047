package dev.hearth.signature.fn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Reply;
import dev.hearth.invoke.Outcome;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.WireCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions are told about their calls and themselves, and what they say through contexts and events. */
@Timeout(120)
final class FnContextTest {

  @TempDir private Path directory;
  private FnFunctions functions;

  @BeforeEach
  void open() {
    functions = new FnFunctions(directory);
  }

  @AfterEach
  void close() {
    functions.close();
  }

  private static String text(Reply<byte[]> reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  private static List<String> header(Reply<byte[]> reply, String name) {
    return reply.headers().getOrDefault(name, List.of());
  }

  @Test
  void runtimeContext_tellsNamesAndConfiguration_withoutWhatIsFns() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("FN_APP_ID", "app-id");
    variables.put("FN_FN_ID", "fn-id");
    variables.put("FN_FN_NAME", "resize");
    variables.put("FN_APP_NAME", "Pictures");
    variables.put("Fn_Path", "/p");
    variables.put("FN_METHOD", "GET");
    variables.put("FN_REQUEST_URL", "u");
    variables.put("FN_CALL_ID", "c");
    variables.put("Content-Length", "1");
    variables.put("HEADER_FOO", "BAR");
    variables.put("header_foo", "BAR");
    variables.put("FN_FORMAT", "http-stream");
    variables.put("FN_LISTENER", "unix:/x");
    variables.put("BUCKET", "b");
    FunctionHandle function =
        functions.deploy(
            """
            public String f(RuntimeContext c) {
              String unmodifiable = "no";
              try {
                c.getConfiguration().put("x", "y");
              } catch (UnsupportedOperationException e) {
                unmodifiable = "yes";
              }
              return c.getAppID() + " " + c.getFunctionID() + " " + c.getAppName() + " " + c.getFunctionName() + " "
                  + new TreeSet<>(c.getConfiguration().keySet()) + c.getConfigurationByKey("BUCKET").get()
                  + c.getConfigurationByKey("HEADER_FOO").isPresent() + unmodifiable;
            }
            """,
            variables);

    assertThat(FnFunctions.call("").text(function))
        .isEqualTo(
            "app-id fn-id Pictures resize [BUCKET, FN_APP_ID, FN_APP_NAME, FN_FN_ID, FN_FN_NAME, FN_LISTENER]bfalseyes");
  }

  @ParameterizedTest
  @CsvSource({
    "FN_FN_ID=i FN_APP_ID=a,           a i a i",
    "FN_NAME=n FN_FN_ID=i FN_APP_ID=a, a i a n",
    "X=y,                              ''",
  })
  void runtimeContext_namesThatAreAbsent_areTheIds(String given, String expected) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String each : given.split(" ")) {
      variables.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
    }
    FunctionHandle function =
        functions.deploy(
            """
            public String f(RuntimeContext c) {
              return c.getAppID() + " " + c.getFunctionID() + " " + c.getAppName() + " " + c.getFunctionName();
            }
            """,
            variables);

    assertThat(FnFunctions.call("").text(function))
        .isEqualTo(expected.isEmpty() ? "   " + function.name() : expected);
  }

  @Test
  void runtimeContext_keepsAttributes_andKnowsItsMethod() {
    Path jar =
        functions.source(
            """
            public class F extends Base<List<String>> {
              int calls;
              public String f(RuntimeContext c) {
                c.setAttribute("gone", "x");
                c.setAttribute("gone", null);
                c.setAttribute("n", c.getAttribute("n", Integer.class).orElse(0) + 1);
                MethodWrapper m = c.getMethod();
                return c.getAttribute("n", Integer.class).get() + " " + c.getAttribute("gone", String.class).isPresent() + " "
                    + m.getTargetClass().getName() + " " + m.getTargetMethod().getName() + " " + m.getLongName() + " "
                    + m.getParameterCount() + " " + m.getParamType(0).getParameterClass().getSimpleName() + " "
                    + m.getReturnType().getParameterClass().getSimpleName();
              }
              public static class Nested extends Base<List<String>> {}
            }
            class Base<T> {
              public int typed(T t, boolean b, RuntimeContext c) { return 0; }
            }
            """);
    FunctionHandle function = functions.deploy(jar, "F::f", Map.of());

    assertThat(FnFunctions.call("").text(function))
        .isEqualTo("1 false F f F::f 1 RuntimeContext String");
    assertThat(FnFunctions.call("").text(function)).startsWith("2 ");
  }

  @Test
  void method_types_areWhatTheClassSaysOfThem() {
    FunctionHandle function =
        functions.deploy(
            functions.source(
                """
                public class F {
                  public static class Parent<T, U> {
                    public U typed(T t, boolean b, char c, List<String> l, RuntimeContext context) {
                      return value(context);
                    }
                    U value(RuntimeContext context) { return null; }
                  }
                  public static class Half<T> extends Parent<T, String> {
                    String value(RuntimeContext context) {
                      MethodWrapper m = context.getMethod();
                      StringBuilder all = new StringBuilder();
                      for (int i = 0; i < m.getParameterCount(); i++) {
                        all.append(m.getParamType(i).getParameterClass().getSimpleName()).append(' ');
                      }
                      return all + m.getReturnType().getParameterClass().getSimpleName();
                    }
                  }
                  public static class Whole extends Half<Integer> {
                    @FnConfiguration public static void configure(RuntimeContext c) {
                      c.addInputCoercion(new InputCoercion<Object>() {
                        public Optional<Object> tryCoerceParam(InvocationContext c, int i, InputEvent e, MethodWrapper m) {
                          switch (i) {
                            case 0: return Optional.of(1);
                            case 1: return Optional.of(true);
                            case 2: return Optional.of('c');
                            case 3: return Optional.of(new ArrayList<>());
                            default: return Optional.empty();
                          }
                        }
                      });
                    }
                  }
                }
                """),
            "F.Whole::typed",
            Map.of());

    assertThat(FnFunctions.call("").text(function))
        .isEqualTo("Integer Boolean Character List RuntimeContext String");
  }

  @Test
  void fn_case_12_repeatedHeaders_surviveBothWays() {
    FunctionHandle function =
        functions.deploy(
            """
            public OutputEvent f(InputEvent event) {
              Headers in = event.getHeaders();
              return OutputEvent.fromBytes(
                  (in.getAllValues("A-n-HEADER") + "" + in.get("a-n-header").get()).getBytes(),
                  OutputEvent.Status.Success, "foo/ct",
                  Headers.emptyHeaders().addHeader("x-out", "1", "2").addHeader("X-Out", "3"));
            }
            """);

    Reply<byte[]> reply =
        FnFunctions.call("")
            .header("a-N-header", "b0o")
            .header("a-N-header", "b10")
            .reply(function);

    assertThat(text(reply)).isEqualTo("[b0o, b10]b0o");
    assertThat(header(reply, "X-Out")).containsExactly("1", "2", "3");
    assertThat(header(reply, "Content-Type")).containsExactly("foo/ct");
  }

  @Test
  void event_hidesHeadersOfTheConnection_andShowsFns() {
    FunctionHandle function =
        functions.deploy(
            "public String f(InputEvent event) { return new TreeSet<>(event.getHeaders().keys()).toString(); }");

    String names =
        FnFunctions.call("")
            .header("Host", "localhost")
            .header("Accept-Encoding", "gzip")
            .header("Transfer-Encoding", "chunked")
            .header("User-Agent", "Go")
            .header("Connection", "keep-alive")
            .header("TE", "trailers")
            .header("Content-Length", "0")
            .header("x-custom", "1")
            .text(function);

    assertThat(names).isEqualTo("[Content-Length, Fn-Call-Id, Fn-Deadline, X-Custom]");
  }

  private static final String WHEN =
      "public String f(InputEvent event) { return event.getCallID() + \" \" + event.getDeadline().equals(event.getDeadline())"
          + " + \" \" + event.getDeadline(); }";

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00Z,      2026-01-01T00:00:00Z",
    "2026-01-01T00:00:00.123Z,  2026-01-01T00:00:00.123Z",
    "2026-01-01T02:00:00+02:00, 2026-01-01T00:00:00Z"
  })
  void fn_case_05_deadline_ofAnyOffset_isTheEvents(String sent, String expected) {
    String told =
        WireCall.post("")
            .header("Fn-Call-Id", "id-1")
            .header("Fn-Deadline", sent)
            .text(functions.deploy(WHEN));

    assertThat(told).isEqualTo("id-1 true " + expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tomorrow", ""})
  void deadline_thatFnDoesNotTell_isTheInvocations(String sent) {
    Path jar = functions.jar(WHEN);
    FunctionSpec spec =
        FunctionSpec.builder(jar).handler("F::f").runTimeout(Duration.ofSeconds(40)).build();
    try (Hearth hearth =
        Hearth.builder().providedApis(TestHost.provided("fn").getParent()).build()) {
      WireCall call = WireCall.post("").id("host-id");
      String[] told =
          (sent.isEmpty() ? call : call.header("Fn-Deadline", sent))
              .text(hearth.deploy("f", spec))
              .split(" ");

      assertThat(told[0]).isEqualTo("host-id");
      assertThat(Duration.between(Instant.now(), Instant.parse(told[2])))
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(40));
    }
    Instant unlimited = Instant.parse(WireCall.post("").text(functions.deploy(WHEN)).split(" ")[2]);
    assertThat(Duration.between(Instant.now(), unlimited))
        .isBetween(Duration.ofMinutes(55), Duration.ofMinutes(60));
  }

  @ParameterizedTest
  @CsvSource({"Success,200", "FunctionError,502", "FunctionTimeout,504", "InternalError,500"})
  void fn_case_09_outputEvent_ofEachStatus_isAnsweredWithItsCode(String status, int code) {
    FunctionHandle function =
        functions.deploy(
            "public OutputEvent f(String s) { return OutputEvent.fromBytes(\"body\".getBytes(),"
                + " OutputEvent.Status.valueOf(s), \"text/x\"); }");

    Reply<byte[]> reply = FnFunctions.call(status).reply(function);

    assertThat(reply.status()).isEqualTo(code);
    assertThat(text(reply)).isEqualTo("body");
    assertThat(header(reply, "Content-Type")).containsExactly("text/x");
  }

  @Test
  void fn_case_11_headersThatAreTheKitsOrTheServers_areIgnored() {
    FunctionHandle function =
        functions.deploy(
            """
            public OutputEvent f(InvocationContext c) {
              c.setResponseHeader("Connection", "close");
              return OutputEvent.emptyResult(OutputEvent.Status.Success).withHeaders(
                  Headers.emptyHeaders().addHeader("Content-Length", "5").addHeader("transfer-encoding", "chunked")
                      .addHeader("Fn-Fdk-Version", "mine").addHeader("fn-fdk-runtime", "mine").addHeader("X-Kept", "1"));
            }
            """);

    Reply<byte[]> reply = FnFunctions.call("").reply(function);

    assertThat(reply.headers()).containsOnlyKeys("X-Kept", "Content-Type");
    assertThat(header(reply, "Content-Type")).containsExactly("application/octet-stream");
  }

  @Test
  void eventOfTheFunctionsOwn_thatFailsToWriteItself_answersNothing() {
    Path jar =
        functions.jar(
            """
            static abstract class Own implements OutputEvent {
              public Status getStatus() { return Status.Success; }
              public Headers getHeaders() { return Headers.emptyHeaders(); }
              public void writeToOutput(OutputStream out) throws IOException { out.write(1); }
            }
            public OutputEvent broken() {
              return new Own() {
                public void writeToOutput(OutputStream out) throws IOException {
                  out.write(new byte[100_000]);
                  throw new IOException("broke off");
                }
              };
            }
            public OutputEvent noStatus() { return new Own() { public Status getStatus() { return null; } }; }
            public OutputEvent noHeaders() { return new Own() { public Headers getHeaders() { return null; } }; }
            public OutputEvent split() {
              return new Own() {
                public Headers getHeaders() { return Headers.emptyHeaders().addHeader("X-A", "1\\r\\nX-B: 2"); }
              };
            }
            public OutputEvent nothing() { return null; }
            """);

    assertThat(threw(jar, "broken")).hasMessage("broke off");
    assertThat(threw(jar, "noStatus"))
        .hasMessage("F::noStatus returned an event that cannot be sent: its status is null");
    assertThat(threw(jar, "noHeaders"))
        .hasMessage("F::noHeaders returned an event that cannot be sent: its headers are null");
    assertThat(threw(jar, "split"))
        .hasMessageContaining("F::split returned an event that cannot be sent: header 'X-A'");
    assertThat(threw(jar, "nothing"))
        .hasMessage("F::nothing returned null; return an OutputEvent, which may be empty");
  }

  private Throwable threw(Path jar, String method) {
    Outcome<?> outcome =
        FnFunctions.call("").outcome(functions.deploy(jar, "F::" + method, Map.of()));
    assertThat(outcome).isInstanceOf(Outcome.Threw.class);
    return ((Outcome.Threw<?>) outcome).cause();
  }

  @Test
  void invocationContext_headers_overrideThoseOfTheEvent() {
    FunctionHandle function =
        functions.deploy(
            """
            public OutputEvent f(InvocationContext c, RuntimeContext r) {
              c.addResponseHeader("x-added", "1");
              c.addResponseHeader("X-ADDED", "2");
              c.setResponseHeader("x-set", "gone");
              c.setResponseHeader("X-Set", "1", "2");
              c.setResponseHeader("X-Taken", "gone");
              c.setResponseHeader("x-taken", null);
              c.setResponseContentType("text/context");
              if (c.getRuntimeContext() != r) throw new IllegalStateException();
              for (Runnable bad : new Runnable[] {
                  () -> c.addResponseHeader("x", null), () -> c.addResponseHeader(null, "x"),
                  () -> c.setResponseHeader(null, "x"), () -> c.setResponseHeader("x", "x", (String) null),
                  () -> c.addListener(null)}) {
                try {
                  bad.run();
                  throw new IllegalStateException("accepted");
                } catch (NullPointerException e) {
                  // refused
                }
              }
              return OutputEvent.fromBytes(c.getRequestHeaders().get("x-in").get().getBytes(), OutputEvent.Status.Success,
                  "text/event", Headers.emptyHeaders().addHeader("X-Added", "event").addHeader("X-Taken", "event"));
            }
            """);

    Reply<byte[]> reply = FnFunctions.call("").header("X-In", "in").reply(function);

    assertThat(text(reply)).isEqualTo("in");
    assertThat(header(reply, "X-Added")).containsExactly("1", "2");
    assertThat(header(reply, "X-Set")).containsExactly("1", "2");
    assertThat(header(reply, "X-Taken")).containsExactly("event");
    assertThat(header(reply, "Content-Type")).containsExactly("text/context");
    assertThat(reply.headers()).doesNotContainKey("X");
  }

  @Test
  void listeners_hearHowTheCallEnded_andChangeNothing() {
    FunctionHandle function =
        functions.deploy(
            """
            static String heard = "";
            public OutputEvent f(String how, InvocationContext c) {
              c.addListener(new InvocationListener() {
                public void onSuccess() { throw new IllegalStateException("ignored"); }
                public void onFailure() { throw new IllegalStateException("ignored"); }
              });
              c.addListener(new InvocationListener() {
                public void onSuccess() { heard += "success "; c.setResponseHeader("X-Heard", "1"); }
                public void onFailure() { heard += "failure "; }
              });
              switch (how) {
                case "throw": throw new IllegalArgumentException("thrown");
                case "error": return OutputEvent.emptyResult(OutputEvent.Status.FunctionError);
                case "null": return null;
                default: return OutputEvent.fromBytes(heard.getBytes(), OutputEvent.Status.Success, "text/plain");
              }
            }
            """);

    assertThat(header(FnFunctions.call("ok").reply(function), "X-Heard")).containsExactly("1");
    assertThat(FnFunctions.call("throw").outcome(function)).isInstanceOf(Outcome.Threw.class);
    assertThat(FnFunctions.call("error").reply(function).status()).isEqualTo(502);
    assertThat(FnFunctions.call("null").outcome(function)).isInstanceOf(Outcome.Threw.class);
    assertThat(FnFunctions.call("ok").text(function)).isEqualTo("success failure failure failure ");
  }

  @Test
  void invokers_comeBeforeTheMethod_theLatestFirst() {
    Path jar =
        functions.jar(
            """
            static FunctionInvoker named(String name, String when) {
              return (context, event) -> {
                String how = event.getHeaders().get("X-How").orElse("");
                if (how.equals("fail")) throw new IllegalStateException("failed in " + name);
                return how.contains(when)
                    ? Optional.of(OutputEvent.fromBytes(name.getBytes(), OutputEvent.Status.Success, "text/plain"))
                    : Optional.empty();
              };
            }
            @FnConfiguration public void configure(RuntimeContext c) {
              c.addInvoker(named("call1", "call"), FunctionInvoker.Phase.Call);
              c.setInvoker(named("call2", "call"));
              c.addInvoker(named("pre1", "pre"), FunctionInvoker.Phase.PreCall);
              c.addInvoker(named("pre2", "pre"), FunctionInvoker.Phase.PreCall);
            }
            public String f(String s) { return "method " + s; }
            """);
    FunctionHandle function = functions.deploy(jar, "F::f", Map.of());

    assertThat(FnFunctions.call("x").text(function)).isEqualTo("method x");
    assertThat(FnFunctions.call("x").header("X-How", "call").text(function)).isEqualTo("call2");
    assertThat(FnFunctions.call("x").header("X-How", "pre call").text(function)).isEqualTo("pre2");
    Outcome<?> failed = FnFunctions.call("x").header("X-How", "fail").outcome(function);
    assertThat(((Outcome.Threw<?>) failed).cause()).hasMessage("failed in pre2");
  }
}
