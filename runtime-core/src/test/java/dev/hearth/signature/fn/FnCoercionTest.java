package dev.hearth.signature.fn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.function.Reply;
import dev.hearth.invoke.Outcome;
import dev.hearth.testing.WireCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What parameters are made of and results become; the rules of the kit's data binding. */
@Timeout(120)
final class FnCoercionTest {

  /** Coercions that a test may choose from: one that reverses text, one for capitals, one that does nothing. */
  private static final String COERCIONS =
      """
      static String text(InputEvent event) {
        return event.consumeBody(in -> {
          try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
      }
      static Optional<OutputEvent> event(String text) {
        return Optional.of(OutputEvent.fromBytes(text.getBytes(), OutputEvent.Status.Success, "text/x"));
      }
      public static class Reverse implements InputCoercion<String>, OutputCoercion {
        public Optional<String> tryCoerceParam(InvocationContext c, int i, InputEvent e, MethodWrapper m) {
          return Optional.of(new StringBuilder(text(e)).reverse().toString());
        }
        public Optional<OutputEvent> wrapFunctionResult(InvocationContext c, MethodWrapper m, Object v) {
          return event(new StringBuilder((String) v).reverse().toString());
        }
      }
      public static class Upper implements InputCoercion<String>, OutputCoercion {
        public Optional<String> tryCoerceParam(InvocationContext c, int i, InputEvent e, MethodWrapper m) {
          return Optional.of(text(e).toUpperCase());
        }
        public Optional<OutputEvent> wrapFunctionResult(InvocationContext c, MethodWrapper m, Object v) {
          return event(((String) v).toUpperCase());
        }
      }
      public static class Dud implements InputCoercion<String>, OutputCoercion {
        public Optional<String> tryCoerceParam(InvocationContext c, int i, InputEvent e, MethodWrapper m) {
          return Optional.empty();
        }
        public Optional<OutputEvent> wrapFunctionResult(InvocationContext c, MethodWrapper m, Object v) {
          return Optional.empty();
        }
      }
      static void add(RuntimeContext context, String names) {
        for (String name : names.split(" ")) {
          switch (name) {
            case "inReverse": context.addInputCoercion(new Reverse()); break;
            case "inUpper": context.addInputCoercion(new Upper()); break;
            case "inDud": context.addInputCoercion(new Dud()); break;
            case "outReverse": context.addOutputCoercion(new Reverse()); break;
            case "outUpper": context.addOutputCoercion(new Upper()); break;
            case "outDud": context.addOutputCoercion(new Dud()); break;
            default:
          }
        }
      }
      @FnConfiguration public static void configure(RuntimeContext context) {
        add(context, context.getConfigurationByKey("ADD").orElse(""));
      }
      """;

  @TempDir private static Path directory;
  private static Path ordered;
  private FnFunctions functions;

  @BeforeAll
  static void compile() {
    try (FnFunctions compiler = new FnFunctions(directory.resolve("ordered"))) {
      ordered =
          compiler.jar(
              COERCIONS
                  + """
                  public String plain(String s) { return s; }
                  public String inAnnotated(@InputBinding(coercion = Reverse.class) String s) { return s; }
                  @OutputBinding(coercion = Reverse.class) public String outAnnotated(String s) { return s; }
                  @OutputBinding(coercion = Reverse.class)
                  public String bothAnnotated(@InputBinding(coercion = Reverse.class) String s) { return s; }
                  """);
    }
  }

  @BeforeEach
  void open() {
    functions = new FnFunctions(directory);
  }

  @AfterEach
  void close() {
    functions.close();
  }

  private static String type(Reply<byte[]> reply) {
    return String.join(", ", reply.headers().getOrDefault("Content-Type", List.of()));
  }

  @Test
  void fn_case_24_text_isUtf8InAndOut() {
    Reply<byte[]> reply =
        FnFunctions.call("Grüße ☃")
            .header("Content-Type", "text/plain; charset=iso-8859-1")
            .reply(
                functions.deploy("public String f(String s, InputEvent e) { return s + \"!\"; }"));

    assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("Grüße ☃!");
    assertThat(type(reply)).isEqualTo("text/plain");
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void fn_case_13_bytes_areKept_andNothingIsNothing() {
    byte[] all = new byte[10 << 20];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i * 31);
    }
    FunctionHandle echo =
        functions.deploy("public byte[] f(byte[] b, InvocationContext c) { return b; }");

    Reply<byte[]> reply = FnFunctions.call("").body(all).reply(echo);
    assertThat(reply.body()).isEqualTo(all);
    assertThat(type(reply)).isEqualTo("application/octet-stream");
    assertThat(FnFunctions.call("").reply(echo).body()).isEmpty();
  }

  @Test
  void nothing_isAnEmptyAnswer() {
    Reply<byte[]> reply =
        FnFunctions.call("ignored").reply(functions.deploy("public void f(RuntimeContext c) {}"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
    assertThat(type(reply)).isEqualTo("application/octet-stream"); // as Fn's kit says of anything
  }

  @Test
  void noParameters_bodyIsNotLookedAt() {
    FunctionHandle function =
        functions.deploy(
            "@FnConfiguration public void c() {} public String f() { return \"OK\"; }");

    assertThat(FnFunctions.call("{not json").text(function)).isEqualTo("OK");
  }

  private static Throwable threw(FunctionHandle function, String body) {
    Outcome<?> outcome = FnFunctions.call(body).outcome(function);
    assertThat(outcome).isInstanceOf(Outcome.Threw.class);
    return ((Outcome.Threw<?>) outcome).cause();
  }

  @ParameterizedTest
  @CsvSource({
    "'',                       plain,        Hello",
    "inReverse,                plain,        olleH",
    "inUpper inReverse,        plain,        HELLO",
    "inDud inReverse,          plain,        olleH",
    "inDud,                    plain,        Hello",
    "outReverse,               plain,        olleH",
    "outUpper outReverse,      plain,        HELLO",
    "outDud outReverse,        plain,        olleH",
    "outDud,                   plain,        Hello",
    "inReverse outUpper,       plain,        OLLEH",
    "'',                       inAnnotated,  olleH",
    "inUpper,                  inAnnotated,  olleH",
    "'',                       outAnnotated, olleH",
    "outUpper,                 outAnnotated, olleH",
    "inUpper outUpper,         bothAnnotated, Hello",
  })
  void coercions_areTriedInOrder_theOneNamedAlone(String added, String method, String expected) {
    FunctionHandle function = functions.deploy(ordered, "F::" + method, Map.of("ADD", added));

    assertThat(FnFunctions.call("Hello").text(function)).isEqualTo(expected);
  }

  @Test
  void coercionThatFails_isTheFunctionsFailure_sayingWhere() {
    Path jar =
        functions.jar(
            COERCIONS
                + """
                public static class Broken extends Reverse {
                  public Optional<String> tryCoerceParam(InvocationContext c, int i, InputEvent e, MethodWrapper m) {
                    throw new IllegalStateException("broken in");
                  }
                  public Optional<OutputEvent> wrapFunctionResult(InvocationContext c, MethodWrapper m, Object v) {
                    throw new IllegalStateException("broken out");
                  }
                }
                public static class Unmade extends Reverse { public Unmade() { throw new IllegalStateException("unmade"); } }
                public void in(int a, @InputBinding(coercion = Broken.class) String s) {}
                @OutputBinding(coercion = Broken.class) public String out() { return ""; }
                public void unmade(@InputBinding(coercion = Unmade.class) String s) {}
                @OutputBinding(coercion = Unmade.class) public String unmadeOut() { return ""; }
                public void dud(@InputBinding(coercion = Dud.class) String s) {}
                @OutputBinding(coercion = Dud.class) public String dudOut() { return ""; }
                public void wrong(@InputBinding(coercion = Upper.class) Integer n) {}
                """);

    assertThat(coercionFailure(jar, "in"))
        .hasMessage(
            "parameter 1 of F::in cannot be made: java.lang.IllegalStateException: broken in")
        .hasRootCauseMessage("broken in");
    assertThat(coercionFailure(jar, "out"))
        .hasMessage(
            "the result of F::out cannot be written: java.lang.IllegalStateException: broken out");
    assertThat(coercionFailure(jar, "unmade"))
        .hasMessage(
            "coercion F$Unmade of parameter 0 of F::unmade cannot be made: java.lang.IllegalStateException: unmade");
    assertThat(coercionFailure(jar, "unmadeOut")).hasRootCauseMessage("unmade");
    assertThat(coercionFailure(jar, "dud"))
        .hasMessage("no coercion was found for parameter 0 of F::dud");
    assertThat(coercionFailure(jar, "dudOut"))
        .hasMessage(
            "no coercion was found for the result of F::dudOut, which is a java.lang.String");
    assertThat(coercionFailure(jar, "wrong"))
        .hasMessage(
            "F$Upper made a java.lang.String for parameter 0 of F::wrong, which is a java.lang.Integer");
  }

  private Throwable coercionFailure(Path jar, String method) {
    Throwable failure = threw(functions.deploy(jar, "F::" + method, Map.of()), "1");
    assertThat(failure.getClass().getName()).startsWith("com.fnproject.fn.api.exception.Function");
    return failure;
  }

  @Test
  void coercions_ofTheRuntime_areThereForOthersToUse() {
    FunctionHandle function =
        functions.deploy(
            COERCIONS
                + """
                public static class Delegating implements InputCoercion<Object> {
                  public Optional<Object> tryCoerceParam(InvocationContext c, int i, InputEvent e, MethodWrapper m) {
                    RuntimeContext runtime = c.getRuntimeContext();
                    MethodWrapper other = new MethodWrapper() {
                      public Class<?> getTargetClass() { return F.class; }
                      public java.lang.reflect.Method getTargetMethod() {
                        try {
                          return F.class.getMethod("other", List.class);
                        } catch (NoSuchMethodException x) {
                          throw new IllegalStateException(x);
                        }
                      }
                      public TypeWrapper getParamType(int p) { return () -> List.class; }
                      public TypeWrapper getReturnType() { return () -> String.class; }
                    };
                    for (InputCoercion<?> each : runtime.getInputCoercions(other, 0)) {
                      Optional<?> made = each.tryCoerceParam(c, 0, e, other);
                      if (made.isPresent()) return Optional.of(((List<?>) made.get()).get(0));
                    }
                    return Optional.empty();
                  }
                }
                public String other(List<Long> n) { return ""; }
                public String f(@InputBinding(coercion = Delegating.class) Long n) { return "" + n; }
                """);

    assertThat(FnFunctions.call("[41, 2]").text(function)).isEqualTo("41");
  }

  @Test
  void body_isConsumedOnce() {
    Path jar =
        functions.jar(
            """
            public String twice(String a, String b) { return a + b; }
            public String again(String a, InputEvent event) { return event.consumeBody(in -> "again"); }
            public String headers(String a, InputEvent event) { return a + event.getHeaders().get("x-a").get(); }
            """);

    assertThat(threw(functions.deploy(jar, "F::again", Map.of()), "x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the body has already been consumed");
    assertThat(threw(functions.deploy(jar, "F::twice", Map.of("FN_FORMAT", "http-stream")), "x"))
        .hasMessageContaining("parameter 1 of F::twice")
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(
            FnFunctions.call("x")
                .header("X-A", "1")
                .text(functions.deploy(jar, "F::headers", Map.of())))
        .isEqualTo("x1");
  }

  @Test
  void call_notFromFn_isServedAllTheSame() {
    FunctionHandle function = functions.deploy("public void f(InvocationContext c) {}");

    Reply<byte[]> reply = WireCall.of("GET", "/").reply(function);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).isEmpty();
  }
}
