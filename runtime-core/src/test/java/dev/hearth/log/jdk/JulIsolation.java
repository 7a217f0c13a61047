package dev.hearth.log.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.log.LogEvent;
import dev.hearth.testing.RecordingSink;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.UnloadAssert;
import dev.hearth.testing.WireCall;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Runs in a JVM of its own: two functions of which one does everything to {@code java.util.logging} that it can. */
final class JulIsolation {

  private static final String WILD =
      """
      package acme;
      import java.io.*;
      import java.util.*;
      import java.util.logging.*;
      public class Wild implements java.util.function.Function<String, String> {
        static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());
        public static class Own extends Handler {
          public void publish(LogRecord record) { SEEN.add(record.getLoggerName() + "=" + record.getMessage()); }
          public void flush() {}
          public void close() { SEEN.add("closed"); }
        }
        public String apply(String in) {
          ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("loader", new java.lang.ref.WeakReference<>(Wild.class.getClassLoader()));
          try {
            switch (in) {
              case "handlers" -> {
                Logger.getLogger("").addHandler(new Own());
                Logger.getLogger("shared").setLevel(Level.OFF);
                Logger.getLogger("shared").severe("off");
                Logger.getLogger("shared.child").log(Level.SEVERE, "a {0} c", "b");
                Logger.getLogger("other").config("hidden");
                Logger.getLogger("other").warning("seen");
                Logger.getAnonymousLogger().info("anonymous");
              }
              case "read" -> {
                LogManager manager = LogManager.getLogManager();
                manager.addConfigurationListener(() -> SEEN.add("told"));
                manager.readConfiguration(new ByteArrayInputStream((
                    "handlers=acme.Wild$Own,acme.Absent\\n.level=WARNING\\nloud.level=FINEST\\nx=y\\n"
                    + "alone.handlers=acme.Wild$Own\\nalone.useParentHandlers=false\\nbad.level=?\\n").getBytes()));
                Logger.getLogger("quiet").info("hidden");
                Logger.getLogger("loud").finest("deep");
                Logger.getLogger("alone").severe("once");
                Logger.getLogger("bad");
                SEEN.add(manager.getProperty("x"));
                manager.updateConfiguration(
                    new ByteArrayInputStream("x=z".getBytes()),
                    key -> (before, now) -> key.equals("x") ? before + now : before);
                SEEN.add(manager.getProperty("x"));
              }
              case "restore" -> {
                LogManager.getLogManager().readConfiguration();
                Logger.getLogger("again").info("back");
              }
              case "order" -> {
                Logger child = Logger.getLogger("p.q.r");
                Logger parent = Logger.getLogger("p.q");
                SEEN.add(String.valueOf(child.getParent() == parent));
                SEEN.add(parent.getParent().getName() + ".");
                SEEN.add(String.valueOf(Collections.list(LogManager.getLogManager().getLoggerNames()).contains("p.q.r")));
                SEEN.add(String.valueOf(Logger.getLogger("p.q") == parent));
              }
              case "pool" -> java.util.concurrent.ForkJoinPool.commonPool().submit(() -> {
                Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
                Logger.getLogger("of.pool").info("from the pool");
              }).get();
              default -> java.rmi.registry.LocateRegistry.getRegistry("127.0.0.1", 1);
            }
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          String seen = String.join(",", SEEN);
          SEEN.clear();
          return seen;
        }
      }
      """;

  private static final String TAME =
      """
      package acme;
      import java.util.logging.*;
      public class Tame implements java.util.function.Function<String, String> {
        public String apply(String in) {
          Logger.getLogger("shared").info(in);
          return String.valueOf(Logger.getLogger("").getHandlers().length);
        }
      }
      """;

  private JulIsolation() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of("").toAbsolutePath();
    RecordingSink log = new RecordingSink(Level.INFO);
    try (Hearth hearth = Hearth.builder().log(log).build()) {
      FunctionHandle wild =
          hearth.deploy(
              "wild",
              FunctionSpec.builder(
                      TestJar.of(directory).source("acme.Wild", WILD).build("wild.jar"))
                  .handler("acme.Wild")
                  .build());
      FunctionHandle tame =
          hearth.deploy(
              "tame",
              FunctionSpec.of(TestJar.of(directory).source("acme.Tame", TAME).build("tame.jar")));
      check(log, wild, tame);
      wild.undeploy().toCompletableFuture().get(30, TimeUnit.SECONDS);
      UnloadAssert.assertCollected(loader());
      assertThat(WireCall.post("still").text(tame)).isEqualTo("1");
    }
    Logger.getLogger("of.host").info("for slf4j, which is silent here");
    assertThat(Collections.list(LogManager.getLogManager().getLoggerNames()))
        .contains("of.host", "global", "")
        .doesNotContain("shared", "acme");
  }

  private static void check(RecordingSink log, FunctionHandle wild, FunctionHandle tame) {
    assertThat(WireCall.post("handlers").text(wild))
        .isEqualTo("other=seen,null=anonymous"); // "shared.child" inherits that it is off
    assertThat(log.messages("wild")).containsExactly("seen", "anonymous");
    assertThat(WireCall.post("a").text(tame)).isEqualTo("1");

    assertThat(WireCall.post("read").text(wild))
        .isEqualTo(
            "closed,told,loud=deep,once,y,closed,closed,told,yz".replace("once", "alone=once"));
    assertThat(WireCall.post("b").text(tame)).isEqualTo("1");
    assertThat(log.messages("wild").subList(2, 4))
        .anySatisfy(line -> assertThat(line).startsWith("handler 'acme.Absent' of logger ''"))
        .anySatisfy(line -> assertThat(line).startsWith("level '?' of logger 'bad'"));

    assertThat(WireCall.post("restore").text(wild)).contains("told");
    assertThat(WireCall.post("order").text(wild)).isEqualTo("true,.,true,true");
    WireCall.post("pool").text(wild);
    LogEvent last = log.events().get(log.events().size() - 1);
    assertThat(last.message()).isEqualTo("from the pool");
    assertThat(last.origin().function()).isEqualTo("wild");
    assertThat(log.messages("wild")).contains("back");
    assertThat(log.messages("tame")).containsExactly("a", "b");

    WireCall.post("rmi").text(wild);
    assertThat(Collections.list(LogManager.getLogManager().getLoggerNames()))
        .anySatisfy(name -> assertThat(name).startsWith("sun.rmi"));
  }

  @SuppressWarnings("unchecked") // the function puts it there
  private static WeakReference<ClassLoader> loader() {
    return (WeakReference<ClassLoader>) TestBag.remove("loader");
  }
}
