package dev.hearth.signature.fn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Reply;
import dev.hearth.testing.WireCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

/** HTTP triggers and traces, as functions see them. */
@Timeout(120)
final class FnGatewayTest {

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

  private static final String GATEWAY =
      """
      public String f(HTTPGatewayContext g) {
        QueryParameters q = g.getQueryParameters();
        g.setStatusCode(302);
        g.setResponseHeader("location", "http://example.com");
        g.addResponseHeader("X-Many", "1");
        g.addResponseHeader("x-many", "2");
        g.setResponseHeader("X-Gone", "1");
        g.setResponseHeader("X-Gone", null);
        g.setResponseHeader("content-type", "my/ct");
        g.getInvocationContext().setResponseHeader("X-Direct", "d");
        return g.getMethod() + " " + g.getRequestURL() + " " + new TreeMap<>(g.getHeaders().asMap()) + " "
            + q.get("a").orElse("none") + q.getValues("c") + q.getValues("none");
      }
      """;

  @Test
  void fn_case_10_httpTrigger_isToldThroughHeaders_bothWays() {
    Reply<byte[]> reply =
        FnFunctions.call("")
            .header("Fn-Intent", "httprequest")
            .header("Fn-Http-Method", "PATCH")
            .header("Fn-Http-Request-Url", "http://blah.com/t/x?a=b&c=d&c=e")
            .header("Fn-Http-H-", "ignored")
            .header("Fn-Http-H-A", "b")
            .header("fn-http-h-mv", "c")
            .header("fn-http-h-mv", "d")
            .header("X-Other", "not the trigger's")
            .reply(functions.deploy(GATEWAY));

    assertThat(text(reply))
        .isEqualTo("PATCH http://blah.com/t/x?a=b&c=d&c=e {A=[b], Mv=[c, d]} b[d, e][]");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(header(reply, "Fn-Http-Status")).containsExactly("302");
    assertThat(header(reply, "Fn-Http-H-Location")).containsExactly("http://example.com");
    assertThat(header(reply, "Fn-Http-H-X-Many")).containsExactly("1", "2");
    assertThat(header(reply, "Fn-Http-H-Content-Type")).containsExactly("my/ct");
    assertThat(header(reply, "Content-Type")).containsExactly("my/ct");
    assertThat(header(reply, "X-Direct")).containsExactly("d");
    assertThat(reply.headers()).doesNotContainKeys("Fn-Http-H-X-Gone", "Location");
  }

  @Test
  void gateway_ofACallWithoutTrigger_isEmpty() {
    assertThat(FnFunctions.call("").text(functions.deploy(GATEWAY))).isEqualTo("  {} none[][]");
  }

  @Test
  void gateway_ofACallThatIsNotFns_isTheRequestAndResponseThemselves() {
    FunctionHandle function = functions.deploy(GATEWAY);

    Reply<byte[]> reply =
        WireCall.of("PUT", "/any/path?a=b%20c&c=d;c=e")
            .header("Host", "example.com:8080")
            .header("x-in", "1")
            .reply(function);

    assertThat(text(reply))
        .isEqualTo("PUT http://example.com:8080/any/path?a=b%20c&c=d;c=e {X-In=[1]} b c[d, e][]");
    assertThat(reply.status()).isEqualTo(302);
    assertThat(reply.headers()).containsOnlyKeys("Location", "X-Many", "Content-Type", "X-Direct");
    assertThat(header(reply, "Location")).containsExactly("http://example.com");
    assertThat(header(reply, "X-Many")).containsExactly("1", "2");
    assertThat(header(reply, "Content-Type")).containsExactly("my/ct");
    assertThat(WireCall.of("GET", "/p").text(function)).startsWith("GET /p {} none");
  }

  @Test
  void gateway_statusOfACallThatIsNotFns_yieldsToFailure_andIsIgnoredIfNoNumber() {
    Path jar =
        functions.jar(
            """
            public OutputEvent failed(HTTPGatewayContext g) {
              g.setStatusCode(404);
              return OutputEvent.emptyResult(OutputEvent.Status.FunctionTimeout);
            }
            public void odd(InvocationContext c) {
              c.setResponseHeader("Fn-Http-Status", "odd");
              c.setResponseHeader("Fn-Http-Other", "1");
            }
            public String range(HTTPGatewayContext g) {
              StringBuilder refused = new StringBuilder();
              for (int code : new int[] {99, 100, 599, 600}) {
                try {
                  g.setStatusCode(code);
                } catch (IllegalArgumentException e) {
                  refused.append(e.getMessage()).append('|');
                }
              }
              return refused.toString();
            }
            """);

    assertThat(reply(jar, "failed").status()).isEqualTo(504);
    assertThat(reply(jar, "odd").status()).isEqualTo(200);
    assertThat(reply(jar, "odd").headers()).isEmpty();
    assertThat(text(reply(jar, "range")))
        .isEqualTo(
            "status code is 99; it must be within 100 to 599|status code is 600; it must be within 100 to 599|");
  }

  private Reply<byte[]> reply(Path jar, String method) {
    return WireCall.post("").reply(functions.deploy(jar, "F::" + method, Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "www.example.com|{}",
        "www.example.com/route?|{}",
        "www.example.com/route?var|{var=[]}",
        "/r?var&var2|{var=[], var2=[]}",
        "/r?var=val1&var2=val2|{var=[val1], var2=[val2]}",
        "/r?var=val1&var=val2&var2=val&var2=val2|{var=[val1, val2], var2=[val, val2]}",
        "/r?var+blah=val+foo%26%3D%3d|{var blah=[val foo&==]}",
        "/r?var=val;var2=val;var=val2|{var=[val, val2], var2=[val]}",
        "/r?a=b=c&=x&a=|{=x=[], a=[b=c, ]}",
        "/r?a&&b&;|{=[], a=[], b=[]}",
        "/r?%zz=%ä|{%zz=[%ä]}",
        "/r?%C3%A4=%E2%98%83|{ä=[☃]}",
      })
  void queryParameters_areThoseOfTheUrl(String url, String expected) {
    FunctionHandle function =
        functions.deploy(
            """
            public String f(HTTPGatewayContext g) {
              Map<String, List<String>> all = g.getQueryParameters().getAll();
              all.put("changed", new ArrayList<>());
              return new TreeMap<>(g.getQueryParameters().getAll()).toString();
            }
            """);

    assertThat(FnFunctions.call("").header("Fn-Http-Request-Url", url).text(function))
        .isEqualTo(expected);
  }

  private static final String TRACING =
      """
      public String f(TracingContext t, InvocationContext c, RuntimeContext r) {
        return t.isTracingEnabled() + " " + t.getTraceCollectorURL() + " " + t.getTraceId() + " " + t.getSpanId() + " "
            + t.getParentSpanId() + " " + t.isSampled() + " [" + t.getFlags() + "] " + t.getServiceName() + " "
            + t.getAppName() + " " + t.getFunctionName() + " " + (t.getInvocationContext() == c)
            + (t.getRuntimeContext() == r);
      }
      """;

  private static WireCall traced() {
    return FnFunctions.call("")
        .header("X-B3-TraceId", "t")
        .header("x-b3-spanid", "s")
        .header("X-B3-ParentSpanId", "p")
        .header("X-B3-Flags", "f");
  }

  @Test
  void tracingContext_isTheB3HeadersAndTheVariables() {
    FunctionHandle function =
        functions.deploy(
            TRACING,
            Map.of(
                "OCI_TRACE_COLLECTOR_URL",
                "http://collector",
                "OCI_TRACING_ENABLED",
                "1",
                "FN_APP_NAME",
                "App",
                "FN_FN_NAME",
                "Fun"));
    String names = "app::fun App Fun truetrue";

    assertThat(traced().text(function)).isEqualTo("true http://collector t s p true [f] " + names);
    assertThat(traced().header("X-B3-Sampled", "0").text(function))
        .isEqualTo("true http://collector 1 1 1 false [f] " + names);
    assertThat(FnFunctions.call("").text(function))
        .isEqualTo("true http://collector 1 1 1 true [] " + names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OCI_TRACE_COLLECTOR_URL=|OCI_TRACING_ENABLED=1|true http://localhost:9411/api/v2/span t",
        "OCI_TRACE_COLLECTOR_URL=http://c|OCI_TRACING_ENABLED=0|false http://c 1",
        "OCI_TRACE_COLLECTOR_URL=http://c|OCI_TRACING_ENABLED=x|false http://c 1",
        "OCI_TRACE_COLLECTOR_URL=http://c|OTHER=1|false http://c 1",
        "OTHER=1|OCI_TRACING_ENABLED=1|false http://localhost:9411/api/v2/span 1",
      })
  void tracingContext_isEnabledByBothVariables(String one, String two, String expected) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String each : new String[] {one, two}) {
      variables.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
    }

    assertThat(traced().text(functions.deploy(TRACING, variables))).startsWith(expected + " ");
  }
}
