package dev.hearth.signature;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionSpec;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestHost.Answer;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for every signature. A test of one extends this and says how a handler of it is written and
 * compiled.
 */
@Timeout(120)
public abstract class SignatureContract {

  /** Members that note the context class loader of each phase; {@code seen()} tells. */
  protected static final String CHECKS =
      """
        static final StringBuffer SEEN = new StringBuffer();
        static void look(String where) {
          boolean own = Thread.currentThread().getContextClassLoader() == Handler.class.getClassLoader();
          SEEN.append(where).append(own ? " " : "-WRONG ");
          ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("hearth.contract.seen", SEEN.toString());
        }
        static String seen() { look("call"); return SEEN.toString(); }
        static { look("static"); }
        public Handler() { look("constructor"); }
        public void close() { look("close"); }
      """;

  @TempDir protected Path directory;

  /**
   * Source of the public class {@code acme.Handler}, which implements {@link AutoCloseable} as well.
   *
   * @param members goes into the class; a {@code close} method is among it
   * @param answer a Java expression of type String, in which {@code input} is the request's text; it may throw
   */
  protected abstract String source(String members, String answer);

  /** Adds what the source is compiled against, and packs it as functions of this signature are shipped. */
  protected abstract Path build(TestJar jar);

  /** What the handler is called by, where it cannot be found. */
  protected @Nullable String handler() {
    return null;
  }

  /** What the function's spec sets. */
  protected Map<String, String> variables() {
    return Map.of();
  }

  /** Sends a text to a handler of this signature. */
  protected Answer send(TestHost host, String text) {
    return host.post("text/plain", text);
  }

  /** The text that a handler of this signature answered. */
  protected String text(Answer answer) {
    return answer.text();
  }

  /** Deploys a handler with these members, which answers what the expression says. */
  protected final TestHost deploy(String members, String answer) {
    Path archive = build(TestJar.of(directory).source("acme.Handler", source(members, answer)));
    FunctionSpec spec =
        FunctionSpec.builder(archive)
            .handler(handler())
            .env(variables())
            .instances(new InstanceSettings(1, 1, 100, 100)) // whatever the vendor promises
            .build();
    return TestHost.deploy(spec, null);
  }

  /** The members, and a close method that does nothing. */
  protected static String withClose(String members) {
    return members + "\n  public void close() {}\n";
  }

  /** Handlers that are made anew for each call are not closed; their test says so instead. */
  @Test
  protected void contextClassLoader_everywhere_isTheFunctions() {
    try (TestHost host = deploy(CHECKS, "seen()")) {
      assertThat(text(send(host, "x"))).isEqualTo("static constructor call ");

      host.undeploy();

      assertThat(TestBag.get("hearth.contract.seen")).isEqualTo("static constructor call close ");
    } finally {
      TestBag.remove("hearth.contract.seen");
    }
  }

  @Test
  void exception_ofTheFunction_arrivesAsItWasThrown() {
    String members = "static String fail(String why) { throw new IllegalStateException(why); }";
    try (TestHost host = deploy(withClose(members), "fail(input)")) {
      Throwable thrown = send(host, "why").thrown();

      assertThat(thrown)
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessageContaining("why");
      assertThat(thrown.getCause()).isNull();
    }
  }

  @Test
  void error_ofTheFunction_arrivesAsItWasThrown_andItServesOn() {
    String members =
        "static String fail(String why) { if (why.contains(\"no\")) throw new AssertionError(why); return why; }";
    try (TestHost host = deploy(withClose(members), "fail(input)")) {
      assertThat(send(host, "no").thrown()).isExactlyInstanceOf(AssertionError.class);
      assertThat(text(send(host, "yes"))).contains("yes");
    }
  }

  @Test
  void call_overflowsTheStack_arrivesAsItWasThrown() {
    String members = "static String deeper(String s) { return deeper(s + \"x\") + s; }";
    try (TestHost host = deploy(withClose(members), "deeper(\"\")")) {
      assertThat(send(host, "").thrown()).isInstanceOf(StackOverflowError.class);
    }
  }

  @Test
  void calls_atOnce_doNotCrossTalk() throws Exception { // case 43
    String members =
        """
          static final java.util.concurrent.CyclicBarrier TOGETHER = new java.util.concurrent.CyclicBarrier(10);
          static String meet(String input) {
            try {
              TOGETHER.await(60, java.util.concurrent.TimeUnit.SECONDS);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
            return "got " + input;
          }
        """;
    ExecutorService callers = Executors.newFixedThreadPool(50);
    try (TestHost host = deploy(withClose(members), "meet(input)")) {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String text = "caller-" + i;
        answers.add(CompletableFuture.supplyAsync(() -> text(send(host, text)), callers));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(answers.get(i).get(60, SECONDS)).contains("got ").contains("caller-" + i);
      }
    } finally {
      callers.shutdownNow();
    }
  }

  /** The same goes for their fields. */
  @Test
  protected void call_second_findsTheInstanceWarm() {
    String members =
        """
          static int made;
          int calls;
          public Handler() { made++; }
          String count() { return made + "/" + ++calls; }
        """;
    try (TestHost host = deploy(withClose(members), "count()")) {
      assertThat(text(send(host, ""))).isEqualTo("1/1");
      assertThat(text(send(host, ""))).isEqualTo("1/2");
    }
  }

  @Test
  @SuppressWarnings("unchecked") // the function puts it there
  void loader_afterUndeploy_isCollected() {
    // Not by an exception of the function's own: a JVM thread keeps the last one it has unwound
    // compiled code for.
    String members =
        """
          static String tell() {
            ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("hearth.contract.loader",
                new java.lang.ref.WeakReference<>(Handler.class.getClassLoader()));
            return "told";
          }
        """;
    try (TestHost host = deploy(withClose(members), "tell()")) {
      assertThat(text(send(host, ""))).contains("told");
      WeakReference<?> loader = (WeakReference<?>) TestBag.remove("hearth.contract.loader");

      host.undeploy();

      UnloadAssert.assertCollected((WeakReference<ClassLoader>) loader);
    }
  }
}
