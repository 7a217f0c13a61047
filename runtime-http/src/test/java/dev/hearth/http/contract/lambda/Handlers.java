package dev.hearth.http.contract.lambda;

import dev.hearth.testing.TestJar;
import java.nio.file.Path;

/** Handlers as Lambda's users write them, and a few of Hearth's own kind, in one archive. */
final class Handlers {

  private static final Path CORE = Path.of(System.getProperty("hearth.root"), "runtime-core");

  /** Where the build puts the vendors' APIs. */
  static final Path PROVIDED = CORE.resolve("target/provided");

  private static final String IMPORTS =
      """
      package example;
      import com.amazonaws.services.lambda.runtime.*;
      import com.amazonaws.services.lambda.runtime.logging.LogLevel;
      import dev.hearth.function.*;
      import java.io.*;
      import java.util.*;
      import com.amazonaws.services.lambda.runtime.Context;
      """;

  private static final String SOURCE =
      IMPORTS
          + """
          public class H {
            public static class Echo implements RequestHandler<Map<String, Object>, Map<String, Object>> {
              public Map<String, Object> handleRequest(Map<String, Object> in, Context c) { return in; }
            }
            public static class Raw implements RequestStreamHandler {
              public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException { in.transferTo(out); }
            }
            public static class Fails implements RequestHandler<String, String> {
              public String handleRequest(String how, Context c) {
                switch (how) {
                  case "state": throw new IllegalStateException("b\\u00e4d \\r\\n \\ud83d\\ude00");
                  case "memory": throw new OutOfMemoryError("made up");
                  case "stack": throw new StackOverflowError("made up");
                  case "io": throw new IOError(new IOException("disk"));
                  case "assertion": throw new AssertionError("no");
                  case "hostile": throw new Hostile();
                  case "deep": deep(300);
                  default: return how;
                }
              }
              private static void deep(int levels) {
                if (levels == 0) throw new IllegalStateException("x".repeat(10000));
                deep(levels - 1);
              }
            }
            public static class Hostile extends RuntimeException {
              @Override public String getMessage() { throw new IllegalArgumentException("no message"); }
              @Override public String getLocalizedMessage() { throw new IllegalArgumentException("no message"); }
            }
            public static class BadStart implements RequestHandler<String, String> {
              public BadStart() { throw new UnsupportedOperationException("not today"); }
              public String handleRequest(String s, Context c) { return s; }
            }
            public static class BadStatic implements RequestHandler<String, String> {
              static int n = fail();
              static int fail() { throw new IllegalStateException("static"); }
              public String handleRequest(String s, Context c) { return s; }
            }
            public static class NotOne {}
            public static class Facts implements RequestHandler<Object, Map<String, Object>> {
              public Map<String, Object> handleRequest(Object o, Context c) {
                Map<String, Object> f = new LinkedHashMap<>();
                f.put("id", c.getAwsRequestId());
                f.put("arn", c.getInvokedFunctionArn());
                f.put("name", c.getFunctionName());
                f.put("memory", c.getMemoryLimitInMB());
                f.put("remaining", c.getRemainingTimeInMillis());
                f.put("tenant", String.valueOf(c.getTenantId()));
                f.put("trace", String.valueOf(c.getXrayTraceId()));
                f.put("property", String.valueOf(System.getProperty("com.amazonaws.xray.traceHeader")));
                f.put("identity", c.getIdentity() == null ? "none" : c.getIdentity().getIdentityId());
                f.put("client", c.getClientContext() == null ? "none" : c.getClientContext().getCustom().get("k"));
                return f;
              }
            }
            public static class Meets implements RequestHandler<String, String> {
              public String handleRequest(String key, Context c) {
                try {
                  Meet.at(key);
                } catch (InterruptedException e) {
                  throw new IllegalStateException("interrupted", e);
                }
                return key + Thread.currentThread().isInterrupted();
              }
            }
            public static class Stuck implements RequestHandler<String, String> {
              public String handleRequest(String key, Context c) {
                while (true) {
                  try {
                    Meet.at(key);
                    return key;
                  } catch (InterruptedException e) {
                    // It will not be stopped.
                  }
                }
              }
            }
            public static class Writes implements RequestStreamHandler {
              public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException {
                String key = new String(in.readAllBytes(), "UTF-8");
                out.write("first".getBytes());
                out.flush();
                try {
                  Meet.at(key);
                } catch (InterruptedException e) {
                  throw new IOException("interrupted");
                }
                if (key.startsWith("fail")) throw new IllegalStateException("half way");
                out.write("second".getBytes());
              }
            }
            public static class Logs implements RequestHandler<Object, Void> {
              public Void handleRequest(Object o, Context c) {
                c.getLogger().log("plain");
                c.getLogger().log("two\\nlines", LogLevel.INFO);
                System.out.println("printed");
                return null;
              }
            }
            public static class Large implements RequestStreamHandler {
              public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException {
                int left = Integer.parseInt(new String(in.readAllBytes(), "UTF-8"));
                byte[] part = new byte[65536];
                for (; left > 0; left -= part.length) out.write(part, 0, Math.min(left, part.length));
              }
            }
          }
          """;

  /** Meets the test in the system properties, under a key that the test makes with {@code Functions.Meeting}. */
  private static final String MEET =
      """
      package example;
      import java.util.concurrent.CountDownLatch;
      import java.util.concurrent.TimeUnit;
      final class Meet {
        static void at(String key) throws InterruptedException {
          ((CountDownLatch) System.getProperties().get(key + ".entered")).countDown();
          if (!((CountDownLatch) System.getProperties().get(key + ".go")).await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody came");
          }
        }
      }
      """;

  private static final String PLAIN =
      """
      package example;
      import dev.hearth.function.*;
      import java.util.function.*;
      public class P {
        public static class Upper implements Function<String, String> {
          public String apply(String in) {
            if (in.isEmpty()) throw new IllegalArgumentException("empty");
            return in.equals("null") ? null : in.toUpperCase();
          }
        }
        public static class Sink implements Consumer<String> {
          public void accept(String in) {}
        }
        public static class Teapot implements StreamFunction {
          public void handle(Request in, Response out, Context c) throws Exception {
            String what = new String(in.bytes(), "UTF-8");
            if (what.equals("bad type")) { out.header("Content-Type", "text/\\u00e4"); out.body().write(1); return; }
            if (what.startsWith("endless")) {
              byte[] part = new byte[1 << 20];
              int parts = Integer.parseInt(what.substring(7));
              for (int i = 0; i < parts; i++) out.body().write(part);
              return;
            }
            out.header("Content-Type", "text/plain");
            if (!what.equals("plain")) {
              out.status(418).header("X-Pot", "tea").addHeader("Set-Cookie", "a=1").addHeader("Set-Cookie", "b=2");
              out.header("Connection", "close");
            }
            out.body().write("short ".getBytes());
            if (what.startsWith("flush")) {
              out.body().flush();
              Meet.at(what);
              out.body().write("and stout".getBytes());
            }
          }
        }
        public static class After implements ContextFunction<String, String> {
          public String apply(String in, Context c) {
            c.afterResponse(() -> {
              try { Meet.at(in); } catch (InterruptedException e) { ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("t.after", "interrupted"); }
              ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("t.after", in);
            });
            return in;
          }
        }
        public static class Traced implements ContextFunction<String, String> {
          public String apply(String in, Context c) {
            return c.traceparent().orElse("-") + " " + c.environment().variables().get("MINE") + " "
                + c.environment().variables().containsKey("HEARTH_HOME") + " " + c.id();
          }
        }
      }
      """;

  private static final String HOOKS =
      """
      package example;
      import com.amazonaws.services.lambda.runtime.*;
      import java.util.*;
      import org.crac.Core;
      import org.crac.Resource;
      public class Hooks implements RequestHandler<Object, String>, Resource {
        private static final String FAIL = System.getProperty("t.fail", "");
        public Hooks() { tell("made"); Core.getGlobalContext().register(this); }
        @Override public void beforeCheckpoint(org.crac.Context<? extends Resource> c) throws Exception {
          tell("before");
          if (FAIL.equals("before")) throw new IllegalStateException("not now");
        }
        @Override public void afterRestore(org.crac.Context<? extends Resource> c) throws Exception {
          tell("after");
          if (FAIL.equals("after")) throw new IllegalStateException("not here");
        }
        private static void tell(String what) {
          ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("t.hooks", ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).getOrDefault("t.hooks", "") + what + " ");
        }
        public String handleRequest(Object o, Context c) { return (String) ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).get("t.hooks"); }
      }
      """;

  private Handlers() {}

  static Path library(String fileName) {
    return CORE.resolve("target/libraries").resolve(fileName);
  }

  static Path jar(Path directory) {
    return archive(directory).build("handlers.jar");
  }

  static TestJar archive(Path directory) {
    return TestJar.of(directory)
        .withApi()
        .source("example.H", SOURCE)
        .source("example.P", PLAIN)
        .source("example.Meet", MEET)
        .compileOnly(library("aws-lambda-java-core-1.4.0.jar"));
  }

  /** A handler with hooks of {@code org.crac}, which it brings. */
  static Path hooks(Path directory) {
    return TestJar.of(directory)
        .source("example.Hooks", HOOKS)
        .library(library("crac-1.5.0.jar"))
        .compileOnly(library("aws-lambda-java-core-1.4.0.jar"))
        .buildFat("hooks.jar");
  }
}
