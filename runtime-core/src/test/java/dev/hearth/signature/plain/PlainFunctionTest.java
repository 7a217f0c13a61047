package dev.hearth.signature.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionSpec;
import dev.hearth.instance.spi.ResourceProvider;
import dev.hearth.loader.DeployException;
import dev.hearth.signature.spi.Shape;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestHost.Answer;
import dev.hearth.testing.TestJar;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
final class PlainFunctionTest {

  private static final String TEXT = "text/plain";

  @TempDir Path directory;

  /** A class {@code acme.F} with these members; nested classes may be handlers too. */
  private TestHost deploy(@Nullable String handler, String declaration, String members) {
    Path jar =
        TestJar.of(directory)
            .withApi()
            .source(
                "acme.F",
                "package acme;\nimport dev.hearth.function.*;\nimport java.util.*;\nimport java.util.concurrent.*;\n"
                    + "import java.util.function.*;\npublic class F "
                    + declaration
                    + " {\n"
                    + members
                    + "\n}")
            .build("f.jar");
    return TestHost.deploy(jar, handler);
  }

  @Test
  void supplier_takesNothing() { // case 5, the binding of it
    try (TestHost host =
        deploy(null, "implements Supplier<String>", "public String get() { return \"foo\"; }")) {
      assertThat(host.function().shape()).isEqualTo(Shape.SUPPLIER);
      assertThat(host.send("GET", "/", "", Map.of(), new byte[0]).text()).isEqualTo("foo");
      assertThat(host.function().invoke(null)).isEqualTo("foo");
    }
  }

  @Test
  void consumer_givesNothing() { // case 6, the binding of it
    try (TestHost host =
        deploy(
            null,
            "implements Consumer<List<Integer>>",
            "public void accept(List<Integer> n) { if (n.stream().mapToInt(i -> i).sum() != 6) throw new"
                + " IllegalStateException(); }")) {
      Answer answer = host.post("application/json", "[1,2,3]");

      assertThat(host.function().shape()).isEqualTo(Shape.CONSUMER);
      assertThat(answer.text()).isEmpty();
      assertThat(answer.status()).isZero();
    }
  }

  @Test
  void function_pojo_isBoundByTheBuiltInBinder() { // case 11
    try (TestHost host =
        deploy(
            "acme.F",
            "implements Function<F.Foo, F.Foo>",
            """
            public record Foo(String value) {}
            public Foo apply(Foo in) { return new Foo(in.value().toUpperCase()); }
            """)) {
      Answer answer = host.post("application/json", "{\"value\":\"a\"}");

      assertThat(answer.text()).isEqualTo("{\"value\":\"A\"}");
      assertThat(answer.type()).isEqualTo("application/json");
      assertThat(host.function().shape()).isEqualTo(Shape.FUNCTION);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Map<String, String>; {x-a=1, x-b=2, 3}",
        "Map<String, List<String>>; {x-a=[1], x-b=[2, 3]}",
        "Map<String, Object>; {x-a=1, x-b=[2, 3]}",
        "Map<String, ?>; {x-a=1, x-b=[2, 3]}",
        "Map; {x-a=1, x-b=[2, 3]}"
      })
  void biFunction_headers_areOfTheDeclaredType(String type, String expected) {
    try (TestHost host =
        deploy(
            null,
            "implements BiFunction<String, " + type + ", String>",
            "public String apply(String body, "
                + type
                + " headers) { return body + new TreeMap<Object, Object>(headers); }")) {
      Map<String, List<String>> headers = Map.of("X-A", List.of("1"), "X-b", List.of("2", "3"));

      assertThat(host.send("POST", "/", "", headers, new byte[] {'b'}).text())
          .isEqualTo("b" + expected);
      assertThat(host.function().invoke("b")).isEqualTo("b{}");
    }
  }

  @Test
  void biFunction_secondIsNoMap_isRefused() {
    assertThatThrownBy(
            () ->
                deploy(
                    null,
                    "implements BiFunction<String, Integer, String>",
                    "public String apply(String a, Integer b) { return a; }"))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("takes java.lang.Integer beside its input")
        .hasMessageContaining("Map<String, List<String>>");
  }

  @Test
  void biConsumer_getsBodyAndHeaders() {
    try (TestHost host =
        deploy(
            null,
            "implements BiConsumer<byte[], Map<String, String>>",
            "public void accept(byte[] b, Map<String, String> h) { if (b.length != 1 || !h.get(\"content-type\").equals(\"text/plain\")) throw new"
                + " IllegalStateException(); }")) {
      assertThat(host.post(TEXT, "x").text()).isEmpty();
    }
  }

  @Test
  void contextFunction_seesItsCall() {
    try (TestHost host =
        deploy(
            null,
            "implements ContextFunction<String, Reply<String>>",
            """
            public Reply<String> apply(String in, Context c) {
              return Reply.status(202).header("X-Id", c.id()).body(c.environment().function() + in);
            }
            """)) {
      Answer answer = host.post(TEXT, "!");

      assertThat(answer.status()).isEqualTo(202);
      assertThat(answer.text()).isEqualTo("f!");
      assertThat(answer.headers().first("x-id")).isPresent();
    }
  }

  @Test
  void streamFunction_handlesTheExchange() {
    try (TestHost host =
        deploy(
            null,
            "implements StreamFunction",
            """
            public void handle(Request q, Response p, Context c) throws Exception {
              p.status(418).header("X-Path", q.path() + "?" + q.query());
              q.body().transferTo(p.body());
            }
            """)) {
      Answer answer = host.send("PUT", "/a/b", "c=d", Map.of(), new byte[] {'x'});

      assertThat(host.function().shape()).isEqualTo(Shape.EXCHANGE);
      assertThat(answer.status()).isEqualTo(418);
      assertThat(answer.headers().first("x-path")).contains("/a/b?c=d");
      assertThat(answer.text()).isEqualTo("x");
    }
  }

  @Test
  void completionStage_valueIsWrittenWithTheFunctionsClassLoader() { // case 41, after the call
    try (TestHost host =
        deploy(
            null,
            "implements Function<String, CompletionStage<InputLater>>"
                .replace("InputLater", "java.io.InputStream"),
            """
            public CompletionStage<java.io.InputStream> apply(String in) {
              CompletableFuture<java.io.InputStream> later = new CompletableFuture<>();
              Thread other = new Thread(() -> later.complete(new Lazy()));
              other.setContextClassLoader(ClassLoader.getPlatformClassLoader());
              other.start();
              return later;
            }
            static final class Lazy extends java.io.ByteArrayInputStream {
              Lazy() { super(new byte[] {'x'}); }
              @Override public long transferTo(java.io.OutputStream out) throws java.io.IOException {
                boolean own = Thread.currentThread().getContextClassLoader() == F.class.getClassLoader();
                out.write(String.valueOf(own).getBytes());
                return 1;
              }
            }
            """)) {
      assertThat(host.post(TEXT, "").text()).isEqualTo("true");
    }
  }

  @Test
  void hooks_ofTheHandler_run() {
    try (TestHost host =
        deploy(
            null,
            "implements Function<String, String>, Lifecycle",
            """
            private String greeting = "none";
            public void init(Environment e) { greeting = e.variables().getOrDefault("G", "hello " + e.function()); }
            public String apply(String in) { return greeting; }
            """)) {
      assertThat(host.post(TEXT, "").text()).isEqualTo("hello f");
    }
  }

  /** Lends one pool that does nothing under any name. */
  private static final class Pools implements ResourceProvider {
    @Override
    public String kind() {
      return "pool";
    }

    @Override
    public boolean has(String name) {
      return true;
    }

    @Override
    public <T> @Nullable T lend(Class<T> type, String name, String function) {
      return type.isInterface()
          ? type.cast(
              Proxy.newProxyInstance(
                  Pools.class.getClassLoader(),
                  new Class<?>[] {type},
                  (proxy, method, arguments) -> "pool " + name))
          : null;
    }

    @Override
    public void close() {}
  }

  @Test
  void constructor_pool_isLent() {
    Path jar = withPool();
    FunctionSpec.Builder spec = FunctionSpec.builder(jar).handler("acme.F");

    try (TestHost host = TestHost.deploy(spec.resources("orders").build(), new Pools())) {
      assertThat(host.post(TEXT, "").text()).isEqualTo("pool orders");
    }
    assertThatThrownBy(
            () -> TestHost.deploy(spec.resources("orders", "audit").build(), new Pools()))
        .isInstanceOf(DeployException.class)
        .hasMessageStartingWith(
            "function 'f': the constructor of acme.F asks for a javax.sql.DataSource")
        .hasMessageContaining("(audit, orders)");
  }

  private Path withPool() {
    return TestJar.of(directory)
        .source(
            "acme.F",
            """
            package acme;
            public class F implements java.util.function.Function<String, String> {
              private final javax.sql.DataSource pool;
              public F(javax.sql.DataSource pool) { this.pool = pool; }
              public String apply(String s) { return pool.toString(); }
            }
            """)
        .build("pool.jar");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "public String run(String s) { return s; }~x",
        "public static String run(String s) { return s; }~x",
        "public String run(String s, Context c) { return s + c.environment().function(); }~xf",
        "public String run(Context c, String s) { return s + c.environment().function(); }~xf",
        "public String run(String s, Map<String, String> h) { return s + h; }~x{content-type=text/plain}",
        "public String run(String s, Map<String, String> h, Context c) { return s + h.size(); }~x1",
        "public String run() { return \"none\"; }~none",
        "public int run(String s) { return s.length(); }~1",
        "public void run(String s) { }~''",
        "public String run(Context c) { return c.environment().function(); }~f"
      })
  void method_parameters_areGivenByTheirTypes(String method, String expected) {
    try (TestHost host = deploy("acme.F::run", "", method)) {
      assertThat(host.post(TEXT, "x").text()).isEqualTo(expected);
    }
  }

  @Test
  void method_typesOfGenericSuperclasses_areResolved() {
    try (TestHost host =
        deploy(
            "acme.F.Sub#twice",
            "",
            """
            public record Item(int n) {}
            public static class Base<T> { public List<T> twice(T in) { return List.of(in, in); } }
            public static class Sub extends Base<Item> {}
            """)) {
      assertThat(host.post("application/json", "{\"n\":1}").text())
          .isEqualTo("[{\"n\":1},{\"n\":1}]");
      assertThat(host.function().shape()).isEqualTo(Shape.FUNCTION);
    }
  }

  @Test
  void method_overloadThatAddsTheContext_fitsBest() {
    try (TestHost host =
        deploy(
            "acme.F::run",
            "",
            """
            public String run(String s) { return "plain"; }
            public String run(String s, Context c) { return "context"; }
            public String run(String s, int a, int b) { return "never"; }
            """)) {
      assertThat(host.post(TEXT, "").text()).isEqualTo("context");
    }
  }

  @Test
  void method_static_needsNoInstance() {
    try (TestHost host =
        deploy(
            "acme.F::run",
            "",
            "private F(int n) {} public static String run(String s) { return s; }")) {
      assertThat(host.post(TEXT, "x").text()).isEqualTo("x");
    }
  }

  private static final String PARTS =
      """
      public static class Upper implements Function<String, String> {
        public String apply(String s) { return s.toUpperCase(); }
      }
      public static class Reverse implements Function<String, String>, AutoCloseable {
        public String apply(String s) { return new StringBuilder(s).reverse().toString(); }
        public void close() { ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("hearth.test.closed", "yes"); }
      }
      public static class Later implements Function<String, CompletionStage<String>> {
        public CompletionStage<String> apply(String s) {
          return CompletableFuture.supplyAsync(() -> s + "~");
        }
      }
      public static class Loader implements Function<String, String> {
        public String apply(String s) {
          return s + (Thread.currentThread().getContextClassLoader() == F.class.getClassLoader());
        }
      }
      public static class Maybe implements Function<String, Optional<String>> {
        public Optional<String> apply(String s) { return Optional.of(s); }
      }
      public static class Length implements Function<String, Integer> {
        public Integer apply(String s) { return s.length(); }
      }
      public static class Word implements Supplier<String> { public String get() { return "foo"; } }
      public static class Sink implements Consumer<String> { public void accept(String s) {} }
      public static class Stream implements StreamFunction {
        public void handle(Request q, Response p, Context c) {}
      }
      public static class Boom implements Function<String, String> {
        public String apply(String s) { throw new IllegalStateException(s); }
      }
      """;

  @ParameterizedTest
  @CsvSource({
    "acme.F.Upper|acme.F.Reverse, CBA, FUNCTION",
    "'acme.F.Upper,acme.F.Reverse', CBA, FUNCTION",
    "acme.F.Upper | acme.F.Length, 3, FUNCTION",
    "acme.F.Word|acme.F.Upper, FOO, SUPPLIER",
    "acme.F.Upper|acme.F.Sink, '', CONSUMER",
    "acme.F.Word|acme.F.Sink, '', CONSUMER",
    "acme.F.Maybe|acme.F.Upper, ABC, FUNCTION",
    "acme.F.Later|acme.F.Later|acme.F.Upper, ABC~~, FUNCTION",
    "acme.F.Later|acme.F.Loader, abc~true, FUNCTION",
    "acme.F.Upper::apply|acme.F.Reverse, CBA, FUNCTION"
  })
  void composition_plainFunctions_areOneFunction(String handler, String expected, Shape shape) {
    try (TestHost host = deploy(handler, "", PARTS)) { // case 3 and 14, the binding of it
      assertThat(host.post(TEXT, "abc").text()).isEqualTo(expected);
      assertThat(host.function().shape()).isEqualTo(shape);
      assertThat(host.function().signature()).isEqualTo("composition");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "acme.F.Sink|acme.F.Upper, gives nothing; so it must come last",
    "acme.F.Upper|acme.F.Word, takes nothing; so it must come first",
    "acme.F.Length|acme.F.Upper, gives java.lang.Integer and acme.F$Upper takes java.lang.String",
    "acme.F.Upper|acme.F.Stream, composes something else than plain functions"
  })
  void composition_thatDoesNotFit_isRefused(String handler, String words) {
    assertThatThrownBy(() -> deploy(handler, "", PARTS))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining(words.replace(';', ','));
  }

  @Test
  void composition_partThrows_arrivesAsItWasThrown() {
    try (TestHost host = deploy("acme.F.Later|acme.F.Boom", "", PARTS)) {
      assertThat(host.post(TEXT, "x").thrown())
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("x~");
    }
  }

  @Test
  void composition_close_closesItsParts() {
    try (TestHost host = deploy("acme.F.Reverse|acme.F.Upper", "", PARTS)) {
      host.undeploy();

      assertThat(TestBag.get("hearth.test.closed")).isEqualTo("yes");
    } finally {
      TestBag.remove("hearth.test.closed");
    }
  }
}
