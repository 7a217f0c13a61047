package dev.hearth.http.testing;

import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The functions that tests call, in one archive.
 *
 * <p>They and the test share no class but the JDK's, so they meet in the system properties, under keys that a test
 * makes with {@link Meeting}.
 */
public final class Functions {

  private Functions() {}

  /** A jar with all of them in package {@code t}. */
  public static Path jar(Path directory) {
    return archive(directory).build("functions.jar");
  }

  static TestJar archive(Path directory) {
    return TestJar.of(directory)
        .withApi()
        .source("t.Echo", ECHO)
        .source("t.Mirror", MIRROR)
        .source("t.Wire", WIRE)
        .source("t.Meet", MEET)
        .source("t.Upper", plain("Upper", "return in.toUpperCase(java.util.Locale.ROOT);"))
        .source("t.Reverse", plain("Reverse", "return new StringBuilder(in).reverse().toString();"))
        .source("t.Boom", plain("Boom", "throw new IllegalStateException(\"secret <b>\");"))
        .source("t.BoomError", plain("BoomError", "throw new AssertionError(\"no\");"))
        .source("t.Deep", plain("Deep", "return apply(in);"))
        .source("t.Nothing", plain("Nothing", "return null;"))
        .source(
            "t.Maybe",
            """
            package t;
            import java.util.Optional;
            public class Maybe implements java.util.function.Function<String, Optional<String>> {
              public Optional<String> apply(String text) {
                return text.isEmpty() ? Optional.empty() : Optional.of(text);
              }
            }
            """)
        .source(
            "t.Word",
            "package t; public class Word implements java.util.function.Supplier<String> {"
                + " public String get() { return \"foo\"; } }")
        .source(
            "t.Pojo",
            "package t; public class Pojo implements java.util.function.Function<Pojo.Foo, Pojo.Foo> {"
                + " public record Foo(String value) {}"
                + " public Foo apply(Foo in) { return new Foo(in.value() + in.value()); } }")
        .source(
            "t.Bytes",
            "package t; public class Bytes implements java.util.function.Function<byte[], byte[]> {"
                + " public byte[] apply(byte[] in) { return in; } }")
        .source(
            "t.Sink",
            "package t; public class Sink implements java.util.function.Consumer<String> {"
                + " public void accept(String in) { ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent(\"hearth.test.bag\", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put(\"t.sink\", in); } }")
        .source(
            "t.Count",
            plain(
                "Count",
                "return String.valueOf(count.incrementAndGet());",
                "private final java.util.concurrent.atomic.AtomicInteger count ="
                    + " new java.util.concurrent.atomic.AtomicInteger();"));
  }

  private static String plain(String name, String body) {
    return plain(name, body, "");
  }

  private static String plain(String name, String body, String members) {
    return "package t; public class "
        + name
        + " implements java.util.function.Function<String, String> { "
        + members
        + " public String apply(String in) { "
        + body
        + " } }";
  }

  /** Tells what it was sent: method, path, query, headers, then the body. */
  private static final String ECHO =
      """
      package t;
      import dev.hearth.function.*;
      public class Echo implements StreamFunction {
        public void handle(Request in, Response out, Context context) throws Exception {
          byte[] body = in.bytes();
          StringBuilder text = new StringBuilder();
          text.append(in.method()).append(' ').append(in.path()).append('?').append(in.query()).append('\\n');
          text.append("id=").append(context.id()).append('\\n');
          text.append("traceparent=").append(context.traceparent().orElse("-")).append('\\n');
          text.append("attributes=").append(new java.util.TreeMap<>(context.attributes())).append('\\n');
          text.append("length=").append(in.contentLength()).append('\\n');
          for (String name : in.headers().names()) {
            text.append(name).append('=').append(in.headers().all(name)).append('\\n');
          }
          out.header("Content-Type", "text/plain");
          out.body().write(text.append("body=").toString().getBytes("UTF-8"));
          out.body().write(body);
        }
      }
      """;

  /** Sends back what arrives, as it arrives. */
  private static final String MIRROR =
      """
      package t;
      import dev.hearth.function.*;
      public class Mirror implements StreamFunction {
        public void handle(Request in, Response out, Context context) throws Exception {
          byte[] part = new byte[8192];
          for (int count = in.body().read(part); count >= 0; count = in.body().read(part)) {
            out.body().write(part, 0, count);
            out.body().flush();
          }
        }
      }
      """;

  /** Does to its response what the header {@code do} says. */
  private static final String WIRE =
      """
      package t;
      import dev.hearth.function.*;
      public class Wire implements StreamFunction {
        public void handle(Request in, Response out, Context context) throws Exception {
          switch (in.headers().first("do").orElse("")) {
            case "status" -> out.status(Integer.parseInt(in.headers().first("status").get()));
            case "header" -> out.header(decode(in, "name"), decode(in, "value"));
            case "framing" -> {
              out.header("Content-Length", "3").header("Transfer-Encoding", "gzip").header("Connection", "upgrade");
              out.header("Upgrade", "x").header("Keep-Alive", "timeout=1").header("Trailer", "x");
            }
            case "repeated" -> out.addHeader("Set-Cookie", "a=1").addHeader("Set-Cookie", "b=2").header("x", "y");
            case "headers" -> { for (int i = 0; i < 10000; i++) out.header("h" + i, "v"); }
            case "longHeader" -> out.header("h", "v".repeat(1 << 20));
            case "half" -> {
              out.body().write("half".getBytes());
              out.body().flush();
              throw new IllegalStateException("half way");
            }
            case "late" -> {
              java.io.OutputStream body = out.body();
              Thread later = new Thread(() -> {
                try {
                  Meet.wait(in.headers().first("meet").get());
                  body.write("late".getBytes());
                  body.flush();
                  ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("t.late", "written");
                } catch (Exception e) {
                  ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("t.late", String.valueOf(e.getMessage()));
                }
              });
              later.start();
            }
            case "closeIn" -> { in.bytes(); in.body().close(); }
            case "afterClose" -> { out.body().close(); out.body().write(1); }
            case "lateStatus" -> { out.body().write(1); out.body().flush(); out.status(201); }
            case "big" -> { for (int i = 0; i < 64; i++) out.body().write(new byte[16384]); return; }
            case "endless" -> { while (true) out.body().write(new byte[65536]); }
            case "chunks" -> {
              out.body().write("first".getBytes());
              out.body().flush();
              Meet.wait(in.headers().first("meet").get());
              out.body().write("second".getBytes());
              return;
            }
            default -> {}
          }
          out.body().write("body".getBytes());
        }
        private static String decode(Request in, String name) {
          return java.net.URLDecoder.decode(in.headers().first(name).get(), java.nio.charset.StandardCharsets.ISO_8859_1);
        }
      }
      """;

  /** Waits for its test, and tells it what became of it. */
  private static final String MEET =
      """
      package t;
      import dev.hearth.function.*;
      public class Meet implements StreamFunction {
        public void handle(Request in, Response out, Context context) throws Exception {
          String key = in.headers().first("meet").orElse("meet");
          try {
            if (in.headers().first("body").isPresent()) in.bytes();
            wait(key);
          } catch (Exception e) {
            tell(key, e + " cancelled=" + context.isCancelled());
            throw e;
          }
          tell(key, "done");
          out.body().write(("met " + in.path()).getBytes());
        }
        @SuppressWarnings("unchecked")
        static void tell(String key, String what) {
          ((java.util.concurrent.atomic.AtomicReference<String>) System.getProperties().get(key + ".told")).set(what);
        }
        static void wait(String key) throws InterruptedException {
          ((java.util.concurrent.CountDownLatch) System.getProperties().get(key + ".entered")).countDown();
          if (!((java.util.concurrent.CountDownLatch) System.getProperties().get(key + ".go"))
              .await(60, java.util.concurrent.TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody came");
          }
        }
      }
      """;

  /** Where a test and the functions it called meet. */
  public static final class Meeting implements AutoCloseable {
    private final String key;
    private final CountDownLatch entered;
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicReference<String> told = new AtomicReference<>("");

    /** A meeting of so many calls, under a key that no other test uses at the same time. */
    public Meeting(String key, int calls) {
      this.key = key;
      entered = new CountDownLatch(calls);
      System.getProperties().put(key + ".entered", entered);
      System.getProperties().put(key + ".go", go);
      System.getProperties().put(key + ".told", told);
    }

    /** Waits until all calls are in their function. */
    public boolean awaitEntered() throws InterruptedException {
      return entered.await(60, TimeUnit.SECONDS);
    }

    /** Whether any call is in its function. */
    public boolean isAnyoneIn() {
      return entered.getCount() == 0;
    }

    /** Lets the calls go on. */
    public void go() {
      go.countDown();
    }

    /** What the last call to leave told; empty while there is none. */
    public String told() {
      return String.valueOf(told.get());
    }

    @Override
    public void close() {
      go();
      System.getProperties().remove(key + ".entered");
      System.getProperties().remove(key + ".go");
      System.getProperties().remove(key + ".told");
    }
  }
}
