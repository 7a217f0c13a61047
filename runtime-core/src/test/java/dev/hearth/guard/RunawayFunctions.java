package dev.hearth.guard;

import dev.hearth.testing.TestJar;
import java.nio.file.Path;

/** The archive of functions that do not stop; each case is named in its input. */
final class RunawayFunctions {

  private RunawayFunctions() {}

  static Path build(Path directory) {
    return TestJar.of(directory)
        .source("acme.Runaway", RUNAWAY)
        .source(
            "acme.SpinsAtStart",
            "package acme; public class SpinsAtStart extends Runaway {"
                + " static long n; static { while (n >= 0) n = (n + 1) & 0xFFFF; } }")
        .build("runaway.jar");
  }

  private static final String RUNAWAY =
      """
      package acme;

      import java.util.*;
      import java.util.concurrent.*;
      import java.util.concurrent.locks.*;
      import java.util.function.*;
      import java.util.stream.*;

      public class Runaway implements Function<String, String> {
        static volatile boolean told;
        static int sink;
        static final Object lock = new Object();
        static final CompletableFuture<String> promise = new CompletableFuture<>();
        static final Breakable a = new Breakable();
        static final Breakable b = new Breakable();
        static final CountDownLatch both = new CountDownLatch(2);

        public String apply(String in) {
          try {
            String[] parts = in.split(":");
            return run(parts[0], parts.length > 1 ? parts[1] : "");
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        }

        String run(String what, String argument) throws Exception {
          switch (what) {
            case "echo": return what;
            case "R01_spinsInWhileTrue": while (true) { }
            case "R01_spinsInAFinally":
              try { while (true) { sink++; } } finally { while (sink != 0) { sink |= 1; } }
            case "R01_spinsUnderALock": synchronized (lock) { while (true) { sink++; } }
            case "R02_countsTo2Power31Nested":
              for (int k = 0; k < 1000; k++)
                for (int i = 0; i < Integer.MAX_VALUE; i++)
                  for (int j = 0; j < Integer.MAX_VALUE; j++) sink += i ^ j;
              return "done";
            case "R03_catchesThrowableInTheLoop":
              while (true) { try { sink++; while (true) { sink--; } } catch (Throwable t) { sink = 0; } }
            case "R03_catchesThrowableAroundAndInTheLoop":
              for (;;) {
                try {
                  for (;;) {
                    try { spin(); } catch (Throwable t) { sink++; } finally { sink--; }
                  }
                } catch (Throwable t) { sink++; }
              }
            case "R03_retriesInACatch": return retry();
            case "R04_streamsForEver":
              return String.valueOf(IntStream.iterate(0, i -> i).filter(i -> i != 0).findFirst());
            case "R04_generatesForEver":
              Stream.generate(() -> what).forEach(x -> { });
              return "done";
            case "R04_trampolines":
              return String.valueOf(
                  Stream.iterate(new Ping(), Step::next).filter(Objects::isNull).findFirst());
            case "R04_recursesExponentially": return String.valueOf(tree(200));
            case "R04_recursesAndCatchesThrowable": stubborn(200); return "done";
            case "R04_computesInAMap":
              return new ConcurrentHashMap<String, String>().computeIfAbsent("x", k -> { while (true) { } });
            case "R05_recurses": return deeper(0);
            case "R06_sleepsAndSwallowsInterrupts":
              while (true) { try { Thread.sleep(60_000); } catch (InterruptedException e) { sink++; } }
            case "R07_sleeps": Thread.sleep(60_000); return "done";
            case "R07_parks": while (!Thread.interrupted()) LockSupport.park(); return "done";
            case "R07_takes": return new LinkedBlockingQueue<String>().take();
            case "R07_waits": synchronized (this) { wait(); } return "done";
            case "R07_sends":
              try (java.net.ServerSocket silent = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
                return java.net.http.HttpClient.newHttpClient()
                    .send(
                        java.net.http.HttpRequest.newBuilder(
                                java.net.URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                            .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofString())
                    .body();
              }
            case "R08_reads":
              try (java.net.Socket socket =
                  new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), Integer.parseInt(argument))) {
                return String.valueOf(socket.getInputStream().read());
              }
            case "R09_locks": locks(argument.equals("AB") ? a : b, argument.equals("AB") ? b : a); return "done";
            case "R09_break": told = true; a.giveUp(); b.giveUp(); return "done";
            case "R10_joins": return promise.join();
            case "R10_completes": promise.complete("x"); return "done";
            case "R14_array": return String.valueOf(new long[Integer.MAX_VALUE].length);
            case "R22_changes":
              Thread t = Thread.currentThread();
              t.setName("mine"); t.setContextClassLoader(null); t.setUncaughtExceptionHandler((x, e) -> { });
              t.interrupt();
              return "changed";
            case "spinsUntilTold": while (!told) { sink++; } told = false; return "done";
            case "tell": told = true; return "done";
            default: throw new IllegalArgumentException(what);
          }
        }

        static void spin() { while (true) { sink++; } }

        static String retry() {
          while (true) {
            try {
              throw new IllegalStateException();
            } catch (Throwable t) {
              if (sink != 7) continue;
              return "done";
            }
          }
        }

        static String deeper(int n) { return deeper(n + 1) + n; }

        static int tree(int n) { return n == 0 ? 1 : tree(n - 1) + tree(n - 1); }

        static void stubborn(int n) {
          if (n == 0) return;
          try { stubborn(n - 1); } catch (Throwable t) { stubborn(n - 1); }
          try { stubborn(n - 1); } finally { stubborn(n - 1); }
        }

        static void locks(Breakable first, Breakable second) throws Exception {
          first.acquire(1);
          both.countDown();
          both.await();
          second.acquire(1);
        }

        // Waits as lock() does, deaf to interrupts, until the test ends the deadlock.
        static final class Breakable extends AbstractQueuedSynchronizer {
          @Override protected boolean tryAcquire(int n) {
            if (told) return true;
            boolean mine = compareAndSetState(0, 1);
            if (mine) setExclusiveOwnerThread(Thread.currentThread());
            return mine;
          }

          void giveUp() { for (Thread waiting : getQueuedThreads()) LockSupport.unpark(waiting); }
        }

        interface Step { Step next(); }
        static class Ping implements Step { public Step next() { return new Pong(); } }
        static class Pong implements Step { public Step next() { return new Ping(); } }
      }
      """;
}
