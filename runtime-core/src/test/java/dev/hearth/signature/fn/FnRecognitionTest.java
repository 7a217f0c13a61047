package dev.hearth.signature.fn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionHandle;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.WireCall;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which methods are Fn's functions, and what is said of those that do not keep its rules. */
@Timeout(120)
final class FnRecognitionTest {

  private static final Map<String, String> UNDER_FN =
      Map.of("FN_LISTENER", "unix:/tmp/iofs/lsnr.sock", "FN_FORMAT", "http-stream");

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "public class F { public String f(InputEvent event) { return \"\"; } }",
        "public class F { public OutputEvent f() { return OutputEvent.emptyResult(OutputEvent.Status.Success); } }",
        "public class F { public void f(HTTPGatewayContext context) {} }",
        "public class F { public void f(String body, InvocationContext context) {} }",
        "public class F { public F(RuntimeContext context) {} public void f() {} }",
        "public class F { @FnConfiguration public void configure() {} public void f() {} }",
        "public class F { @OutputBinding(coercion = C.class) public int f() { return 1; } } class C implements"
            + " OutputCoercion { public Optional<OutputEvent> wrapFunctionResult(InvocationContext c, MethodWrapper m,"
            + " Object v) { return Optional.empty(); } }",
        "public class F { public void f(@InputBinding(coercion = C.class) String s) {} } class C implements"
            + " InputCoercion<String> { public Optional<String> tryCoerceParam(InvocationContext c, int i, InputEvent e,"
            + " MethodWrapper m) { return Optional.of(\"\"); } }",
        "@FnFeature(C.class) public class F { public void f() {} } class C implements RuntimeFeature { public void"
            + " initialize(RuntimeContext c) {} }",
        "@FnFeature(C.class) @FnFeature(C.class) public class F { public void f() {} } class C implements RuntimeFeature"
            + " { public void initialize(RuntimeContext c) {} }",
        "public class F { public void f() {} private void other(Headers headers, MethodWrapper method) {} }",
        "public class F extends B { public void f() {} } class B { @FnConfiguration public static void configure() {} }",
        "public class F implements InvocationListener { public void onSuccess() {} public void onFailure() {} public"
            + " void f() {} }",
      })
  void method_ofAClassWithATraceOfTheApi_isFns(String source) {
    FunctionHandle function = functions.deploy(functions.source(source), "F::f", Map.of());

    assertThat(function.signature()).isEqualTo("Fn function");
    assertThat(function.concurrency()).isEqualTo(1);
  }

  @Test
  void method_withoutTraceOfTheApi_isFnsWhereFnAsksForIt() {
    Path jar = functions.jar("public Object f(Object body) { return body; }");

    assertThat(functions.deploy(jar, "F::f", Map.of()).signature()).isEqualTo("method");
    for (String variable : new String[] {"FN_LISTENER", "FN_FORMAT"}) {
      FunctionHandle function = functions.deploy(jar, "F::f", Map.of(variable, "x"));
      assertThat(function.signature()).isEqualTo("Fn function");
      // Fn's kit binds JSON without a look at the media type, and answers with JSON.
      assertThat(WireCall.post("[1, {\"a\": null}]").text(function)).isEqualTo("[1,{\"a\":null}]");
    }
  }

  @Test
  void method_writtenForHearth_staysHearthsUnderFn() {
    Path jar =
        TestJar.of(directory)
            .source(
                "H",
                """
                import dev.hearth.function.*;
                public class H {
                  public String context(String s, Context c) { return s + c.environment().function(); }
                  public Reply<String> reply(String s) { return Reply.of(s); }
                  public static class Made {
                    public Made(Environment e) {}
                    public String f(String s) { return s; }
                  }
                  public static class Pooled {
                    public Pooled(javax.sql.DataSource orders) {}
                    public String f(String s) { return s; }
                  }
                  public static class Living implements Lifecycle {
                    public String f(String s) { return s; }
                  }
                }
                """)
            .withApi()
            .build("hearth.jar");

    for (String handler : new String[] {"H::context", "H::reply", "H.Made::f", "H.Living::f"}) {
      assertThat(functions.deploy(jar, handler, UNDER_FN).signature()).isEqualTo("method");
    }
    assertThatThrownBy(() -> functions.deploy(jar, "H.Pooled::f", UNDER_FN))
        .hasMessageContaining("pools"); // which only Hearth lends
  }

  @Test
  void composition_ofPlainMethods_staysPlainUnderFn() {
    Path jar =
        functions.jar(
            "public String a(String s) { return s + \"a\"; } public String b(String s) { return s + \"b\"; }");

    assertThat(WireCall.post("x").text(functions.deploy(jar, "F::a|F::b", UNDER_FN)))
        .isEqualTo("xab");
  }

  @Test
  void method_inherited_isFound_andBridgesDoNotCount() {
    Path jar =
        functions.source(
            """
            public class F {
              public abstract static class B<T> {
                @FnConfiguration public void configure() {}
                public String f(T t) { return "inherited " + t; }
                public abstract String over(T t);
              }
              public static class G extends B<String> implements java.util.function.Function<String, String> {
                @Override public String apply(String s) { return "apply " + s; }
                @Override public String over(String s) { return "over " + s; }
              }
            }
            """);

    // What the type variable stands for is known: text, not JSON.
    assertThat(WireCall.post("x").text(functions.deploy(jar, "F.G::f", Map.of())))
        .isEqualTo("inherited x");
    assertThat(WireCall.post("x").text(functions.deploy(jar, "F.G::apply", Map.of())))
        .isEqualTo("apply x");
    assertThat(WireCall.post("x").text(functions.deploy(jar, "F.G::over", Map.of())))
        .isEqualTo("over x");
  }

  @Test
  void fn_case_07_methodMissing_isRefusedWithThoseThere() {
    Path jar =
        functions.jar(
            "public void run(InputEvent e) {} public void stop() {} private void hidden() {}");

    assertThatThrownBy(() -> functions.deploy(jar, "F::start", Map.of()))
        .isInstanceOf(DeployException.class)
        .hasMessage("handler class F has no public method 'start'; it has run, stop");
    assertThatThrownBy(() -> functions.deploy(jar, "F::hidden", Map.of()))
        .hasMessageContaining("no public method 'hidden'");
    assertThatThrownBy(() -> functions.deploy(jar, "F::toString", Map.of()))
        .hasMessageContaining("no public method 'toString'");
    Path none = functions.source("public class F { @FnConfiguration static void c() {} }");
    assertThatThrownBy(() -> functions.deploy(none, "F::f", Map.of()))
        .hasMessage("handler class F has no public method 'f', nor any other");
  }

  @Test
  void fn_case_07_classMissing_isRefused() {
    Path jar = functions.jar("public void f(InputEvent e) {}");

    assertThatThrownBy(() -> functions.deploy(jar, "G::f", UNDER_FN))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("handler class G is not in archive");
  }

  @Test
  void fn_case_07_overloadedMethod_isRefusedWithTheOverloads() {
    Path jar = functions.jar("public void f(InputEvent e) {} public void f(String s) {}");

    assertThatThrownBy(() -> functions.deploy(jar, "F::f", Map.of()))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("handler F::f is ambiguous, as the class has 2 such public methods")
        .hasMessageContaining("public void F.f(java.lang.String)");
  }

  @Test
  void classAlone_isNoFunction_andTheErrorNamesTheForm() {
    Path jar = functions.jar("public void f(InputEvent e) {}");

    assertThatThrownBy(() -> functions.deploy(jar, "F", UNDER_FN))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining(
            "Class::method with types or annotations of Fn's com.fnproject.fn.api");
  }
}
