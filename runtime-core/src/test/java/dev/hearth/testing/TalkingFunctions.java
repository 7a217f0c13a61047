package dev.hearth.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.log.LogEvent;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Two functions that log in turns, two calls of each at a time, and what must then be in the host's log. What differs between logging
 * libraries is given as source.
 */
public final class TalkingFunctions {

  private static final int LINES = 20;
  private static final String TURNS = "hearth.test.turns";
  private static final String LOADER = "hearth.test.loader.";

  private static final String SOURCE =
      """
      package acme;
      import java.util.concurrent.*;
      public class Talk implements java.util.function.Function<String, String> {
        %s
        static final class Broken extends RuntimeException {
          Broken(String message) { super(message); }
        }
        static {
          ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put(
              "hearth.test.loader." + java.util.UUID.randomUUID(),
              new java.lang.ref.WeakReference<>(Talk.class.getClassLoader()));
        }
        public String apply(String who) {
          CyclicBarrier turns = (CyclicBarrier) System.getProperties().get("hearth.test.turns");
          try {
            begin(who);
            for (int i = 0; i < 20; i++) {
              turns.await(30, TimeUnit.SECONDS);
              info(who + " " + i);
            }
            fail(who + " fails", new Broken("of " + who));
            Thread aside = new Thread(() -> info("aside " + who));
            aside.start();
            aside.join();
            return who;
          } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      """;

  private TalkingFunctions() {}

  /**
   * Such a function.
   *
   * @param methods {@code static void begin(String who)}, {@code info(String)} and {@code fail(String, Throwable)}
   */
  public static TestJar function(Path directory, String methods) {
    return TestJar.of(directory).withApi().source("acme.Talk", SOURCE.formatted(methods));
  }

  /**
   * Deploys both, lets them talk, checks their lines, takes them away and proves that they are gone.
   *
   * @param logger the name they log by
   * @param fields whether {@link #function}'s {@code begin} puts {@code who} among a line's fields
   */
  public static void check(
      Hearth hearth, RecordingSink sink, Path one, Path two, String logger, boolean fields)
      throws Exception {
    forgetLoaders();
    FunctionHandle first = hearth.deploy("one", FunctionSpec.of(one));
    FunctionHandle second = hearth.deploy("two", FunctionSpec.of(two));
    talk(List.of(first, second));
    for (FunctionHandle function : List.of(first, second)) {
      for (String call : List.of("a", "b")) {
        checkCall(function.name(), function.name() + call, sink.events(), logger, fields);
      }
      assertThat(sink.messages(function.name())).hasSize(2 * (LINES + 2));
    }
    for (FunctionHandle function : List.of(first, second)) {
      function.undeploy().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
    List<WeakReference<ClassLoader>> loaders = forgetLoaders();
    assertThat(loaders).hasSize(2);
    loaders.forEach(UnloadAssert::assertCollected);
    assertThat(sink.events()).isNotEmpty(); // which held none of it
  }

  private static void talk(List<FunctionHandle> functions) throws Exception {
    System.getProperties().put(TURNS, new CyclicBarrier(4));
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (FunctionHandle function : functions) {
        for (String call : List.of("a", "b")) {
          String who = function.name() + call;
          WireCall wire =
              WireCall.post(who)
                  .header("Content-Type", "text/plain")
                  .id("id-" + who)
                  .traceparent(trace(who));
          answers.add(callers.submit(() -> wire.text(function)));
        }
      }
      for (Future<String> answer : answers) {
        answer.get(60, TimeUnit.SECONDS);
      }
    } finally {
      callers.shutdownNow();
      System.getProperties().remove(TURNS);
    }
  }

  private static String trace(String who) {
    return "00-" + who.charAt(3) + "af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  }

  private static void checkCall(
      String function, String who, List<LogEvent> all, String logger, boolean fields) {
    List<LogEvent> own =
        all.stream()
            .filter(event -> ("id-" + who).equals(event.origin().invocation()))
            .filter(event -> !event.message().startsWith("aside "))
            .toList();
    assertThat(own)
        .hasSize(LINES + 1)
        .allSatisfy(
            event -> {
              assertThat(event.origin().function()).isEqualTo(function);
              assertThat(event.origin().version()).contains("-");
              assertThat(event.origin().trace()).isEqualTo(trace(who).substring(3, 35));
              assertThat(event.logger()).isEqualTo(logger);
              if (fields) {
                assertThat(event.fields()).hasToString("{who=" + who + "}");
              }
            });
    for (int i = 0; i < LINES; i++) {
      assertThat(own.get(i).message()).isEqualTo(who + " " + i);
      assertThat(own.get(i).level()).isEqualTo(Level.INFO);
      assertThat(own.get(i).error()).isNull();
    }
    assertThat(own.get(LINES).message()).isEqualTo(who + " fails");
    assertThat(own.get(LINES).level()).isEqualTo(Level.ERROR);
    assertThat(own.get(LINES).error())
        .startsWith("acme.Talk$Broken: of " + who + System.lineSeparator());
    assertThat(all)
        .filteredOn(event -> event.message().equals("aside " + who))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.origin().function()).isEqualTo(function);
              // Of the thread that the call started, which works for it until it has ended.
              assertThat(event.origin().invocation()).isEqualTo("id-" + who);
            });
  }

  @SuppressWarnings("unchecked") // put there by the functions above
  private static List<WeakReference<ClassLoader>> forgetLoaders() {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (Object key : TestBag.names()) {
      if (key.toString().startsWith(LOADER)) {
        loaders.add((WeakReference<ClassLoader>) TestBag.remove(key));
      }
    }
    return loaders;
  }
}
