package dev.hearth.signature.spi;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.loader.ArchiveStore;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Methods called by name, before and after they have a class that calls them. */
@Timeout(60)
final class BoundMethodTest {

  private static final String SHAPES =
      """
      package acme;
      class Shapes {
        int seen;
        public Shapes() {}
        public String nothing() { return "nothing"; }
        public String one(String text) { return "one " + text; }
        public String two(String text, int number) { return text + number; }
        public long primitives(long number) { return number + 1; }
        public String three(String a, int b, String c) { return a + b + c; }
        public String four(String a, String b, String c, String d) { return a + b + c + d; }
        public static String joinThree(String a, String b, String c) { return a + b + c; }
        public void fillThree(int with, int more, int most) { seen = with + more + most; }
        public void fill() { seen = 1; }
        public void fillOne(int with) { seen = with; }
        public void fillTwo(int with, int more) { seen = with + more; }
        public int seen() { return seen; }
        public static String none() { return "none"; }
        public static String twice(String text) { return text + text; }
        public static String join(String a, String b) { return a + b; }
        public static String many(String... texts) { return String.join(",", texts); }
        public String fails(String text) throws java.io.IOException { throw new java.io.IOException(text); }
        public String how() { return new Throwable().getStackTrace()[1].getClassName(); }
      }
      """;

  @TempDir private Path directory;

  @SuppressWarnings("NullAway.Init")
  private FunctionLoader loader;

  @BeforeEach
  void open() throws Exception {
    Path jar = TestJar.of(directory).source("acme.Shapes", SHAPES).build("shapes.jar");
    loader = FunctionLoader.open("shapes", ArchiveStore.open(directory.resolve("store")).add(jar));
  }

  @AfterEach
  void close() throws IOException {
    loader.close();
  }

  private MethodCall method(String name) throws Exception {
    for (Method method : loader.loadClass("acme.Shapes").getDeclaredMethods()) {
      if (method.getName().equals(name)) {
        return new MethodCall(method);
      }
    }
    throw new AssertionError("no method " + name);
  }

  private Object shapes() throws Exception {
    var constructor = loader.loadClass("acme.Shapes").getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  /** What the method gives by reflection, which must be what it gives by its class as well. */
  private @Nullable Object both(@Nullable Object target, String name, @Nullable Object... arguments)
      throws Throwable {
    MethodCall method = method(name);
    BoundMethod bound = method.on(target);
    Object reflected = bound.callAll(arguments);
    assertThat(bound.isDirect()).isFalse();
    method.link(bound);
    assertThat(bound.isDirect()).isTrue();
    Object direct = bound.callAll(arguments);
    assertThat(direct).isEqualTo(reflected);
    BoundMethod later = method.on(target);
    assertThat(later.isDirect()).isTrue();
    assertThat(later.callAll(arguments)).isEqualTo(reflected);
    return direct;
  }

  @Test
  void call_ofAnObject_isTheSameBothWays() throws Throwable {
    Object shapes = shapes();

    assertThat(both(shapes, "nothing")).isEqualTo("nothing");
    assertThat(both(shapes, "one", "x")).isEqualTo("one x");
    assertThat(both(shapes, "one", (Object) null)).isEqualTo("one null");
    assertThat(both(shapes, "two", "x", 7)).isEqualTo("x7");
    assertThat(both(shapes, "three", "x", 7, "y")).isEqualTo("x7y");
    assertThat(both(shapes, "primitives", 41L)).isEqualTo(42L);
  }

  @Test
  void call_ofAClass_isTheSameBothWays() throws Throwable {
    assertThat(both(null, "none")).isEqualTo("none");
    assertThat(both(null, "twice", "x")).isEqualTo("xx");
    assertThat(both(null, "join", "x", "y")).isEqualTo("xy");
    assertThat(both(null, "joinThree", "x", "y", "z")).isEqualTo("xyz");
    assertThat(both(null, "many", (Object) new String[] {"x", "y"})).isEqualTo("x,y");
  }

  @Test
  void call_givingNothing_givesNullAndHappens() throws Throwable {
    Object shapes = shapes();

    assertThat(both(shapes, "fill")).isNull();
    assertThat(both(shapes, "seen")).isEqualTo(1);
    assertThat(both(shapes, "fillOne", 5)).isNull();
    assertThat(both(shapes, "seen")).isEqualTo(5);
    assertThat(both(shapes, "fillTwo", 5, 6)).isNull();
    assertThat(both(shapes, "seen")).isEqualTo(11);
    assertThat(both(shapes, "fillThree", 5, 6, 7)).isNull();
    assertThat(both(shapes, "seen")).isEqualTo(18);
  }

  @Test
  void call_bothWays_throwsWhatTheMethodThrew() throws Throwable {
    MethodCall method = method("fails");
    BoundMethod bound = method.on(shapes());

    assertThatThrownBy(() -> bound.call("by reflection"))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("by reflection");
    method.link(bound);
    assertThatThrownBy(() -> bound.call("by its class"))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("by its class");
  }

  @Test
  void call_oftenEnough_goesWithoutReflection() throws Throwable {
    BoundMethod bound = method("how").on(shapes());

    assertThat(bound.call()).asString().contains("reflect");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              called(bound);
              return bound.isDirect();
            });

    assertThat(bound.call()).isEqualTo(BoundMethod.class.getName());
  }

  private static void called(BoundMethod bound) {
    try {
      for (int i = 0; i < MethodCall.LINKED_AFTER; i++) {
        bound.call();
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void call_withFourParameters_staysWithReflection() throws Throwable {
    BoundMethod bound = method("four").on(shapes());

    for (int i = 0; i < 2 * MethodCall.LINKED_AFTER; i++) {
      assertThat(bound.callAll(new Object[] {"a", "b", "c", "d"})).isEqualTo("abcd");
    }

    assertThat(bound.isDirect()).isFalse();
  }

  @Test
  @SuppressWarnings("unchecked") // the function puts it there
  void undeploy_ofAFunctionWithItsOwnClass_letsTheLoaderGo() throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Named",
                """
                package acme;
                public class Named {
                  public String greet(String name) {
                    ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("hearth.bound.loader",
                        new java.lang.ref.WeakReference<>(Named.class.getClassLoader()));
                    return new Throwable().getStackTrace()[1].getClassName();
                  }
                }
                """)
            .build("named.jar");
    try (Hearth hearth = Hearth.builder().build()) {
      FunctionHandle named =
          hearth.deploy("named", FunctionSpec.builder(jar).handler("acme.Named::greet").build());
      assertThat(caller(named)).contains("reflect");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                String caller = "";
                for (int i = 0; i < MethodCall.LINKED_AFTER; i++) {
                  caller = caller(named);
                }
                return !caller.contains("reflect");
              });
      WeakReference<?> version = (WeakReference<?>) TestBag.remove("hearth.bound.loader");

      named.undeploy().toCompletableFuture().get(30, SECONDS);

      UnloadAssert.assertCollected((WeakReference<ClassLoader>) version);
    }
  }

  private static String caller(FunctionHandle named) {
    return String.valueOf(named.invoke("x", String.class));
  }
}
