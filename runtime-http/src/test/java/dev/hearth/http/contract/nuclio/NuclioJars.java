package dev.hearth.http.contract.nuclio;

import dev.hearth.testing.TestJar;
import java.io.File;
import java.nio.file.Path;
import java.util.Objects;

/** Handlers as Nuclio's users write them, and a few of other kinds, in one archive. */
final class NuclioJars {

  /** Where the build puts the vendors' APIs. */
  static final Path PROVIDED =
      Path.of(System.getProperty("hearth.root"), "runtime-core", "target/provided");

  private static final String HANDLERS =
      """
      package example;
      import io.nuclio.*;
      import java.nio.charset.StandardCharsets;
      import java.util.*;
      public class N {
        static String text(Event event) { return new String(event.getBody(), StandardCharsets.UTF_8); }

        /** What the integration suite of Nuclio's Java runtime has its function do. */
        public static class Outputter implements EventHandler {
          public Response handleEvent(Context context, Event event) {
            if (!"POST".equals(event.getMethod())) return new Response().setBody(event.getMethod());
            Response response = new Response();
            Logger logger = context.getLogger();
            switch (text(event)) {
              case "return_string": return response.setBody("a string");
              case "return_bytes": return response.setBody("bytes".getBytes(StandardCharsets.UTF_8));
              case "return_response":
                return response.setStatusCode(201).setContentType("text/plain").setBody("response body")
                    .setHeaders(Map.of("h1", "v1", "h2", "v2"));
              case "return_fields":
                List<String> fields = new ArrayList<>();
                event.getFields().forEach((name, value) -> fields.add(name + "=" + value));
                Collections.sort(fields);
                return response.setBody(String.join(",", fields));
              case "return_path": return response.setBody(event.getPath());
              case "return_error": throw new RuntimeException("some error");
              case "log":
                logger.debug("Debug message");
                logger.info("Info message");
                logger.warn("Warn message");
                logger.error("Error message");
                return response.setStatusCode(201).setBody("returned logs");
              case "log_with":
                logger.errorWith("Error message", "source", "rabbit", "weight", 7);
                return response.setStatusCode(201).setBody("returned logs with");
              default: throw new IllegalArgumentException("no such mode: " + text(event));
            }
          }
        }

        public static class Echo implements EventHandler {
          public Response handleEvent(Context context, Event event) {
            return new Response().setBody(event.getBody()).setContentType("application/octet-stream");
          }
        }

        public static class Facts implements EventHandler {
          public Response handleEvent(Context context, Event event) {
            StringBuilder facts = new StringBuilder();
            facts.append("id=").append(event.getID());
            facts.append("\\nkind=").append(event.getTriggerInfo().getKindName());
            facts.append("\\ntype=").append(event.getContentType());
            facts.append("\\nobject=").append(event.getBodyObject() instanceof Map ? "map " + event.getBodyObject() : "bytes");
            facts.append("\\nbody=").append(text(event));
            facts.append("\\nheader=").append(event.getHeaderString("x-seven")).append(' ').append(event.getHeaderLong("X-SEVEN"))
                .append(' ').append(event.getHeader("nothing")).append(' ').append(event.getHeaderLong("nothing"));
            facts.append("\\nheaders=").append(new TreeMap<>(event.getHeaders()));
            facts.append("\\nfields=").append(new TreeMap<>(event.getFields())).append(' ').append(event.getFieldLong("n"));
            facts.append("\\ntime=").append(event.getTimestamp().getTime());
            facts.append("\\npath=").append(event.getMethod()).append(' ').append(event.getPath()).append(' ').append(event.getURL());
            facts.append("\\nshard=").append(event.getShardID()).append('/').append(event.getTotalNumShards());
            facts.append("\\ncloud=").append(event.getType()).append(',').append(event.getTypeVersion()).append(',').append(event.getVersion());
            facts.append("\\nvariable=").append(System.getenv("NUCLIO_FUNCTION_NAME"));
            return new Response().setBody(facts.toString().getBytes(StandardCharsets.UTF_8));
          }
        }

        public static class Fails implements EventHandler {
          public Response handleEvent(Context context, Event event) {
            switch (text(event)) {
              case "exception": throw new IllegalStateException("out of \\"st\\u00f6ck\\"\\n");
              case "error": throw new AssertionError("no");
              case "stack": return handleEvent(context, event);
              case "memory": throw new OutOfMemoryError("made up");
              case "null": return null;
              case "hostile": throw new Hostile();
              case "status": return new Response().setStatusCode(12);
              case "header": return new Response().setHeaders(Map.of("a\\nb", "c"));
              default: return new Response().setBody("fine");
            }
          }
        }
        public static class Hostile extends RuntimeException {
          @Override public String getMessage() { throw new IllegalArgumentException("no message"); }
          @Override public String toString() { throw new IllegalArgumentException("no text"); }
        }

        public static class Heads implements EventHandler {
          public Response handleEvent(Context context, Event event) {
            Map<String, Object> headers = new LinkedHashMap<>();
            headers.put("X-Int", 7);
            headers.put("X-Long", 1L << 40);
            headers.put("X-True", true);
            headers.put("X-Text", "t\\u00ebxt");
            headers.put("Content-Length", 3);
            return new Response().setHeaders(headers).setStatusCode(202).setContentType("application/json").setBody("{}");
          }
        }

        public static class Logs implements EventHandler {
          public Response handleEvent(Context context, Event event) throws IllegalStateException {
            Logger logger = context.getLogger();
            if (text(event).equals("threads")) {
              List<Thread> threads = new ArrayList<>();
              for (int t = 0; t < 8; t++) {
                int number = t;
                threads.add(new Thread(() -> {
                  for (int i = 0; i < 1000; i++) logger.infoWith("line \\"" + i + "\\"\\n", "thread", number, "i", i);
                }));
              }
              threads.forEach(Thread::start);
              for (Thread thread : threads) {
                try { thread.join(); } catch (InterruptedException e) { throw new IllegalStateException(e); }
              }
              return new Response().setBody("logged");
            }
            if (text(event).equals("many")) {
              for (int i = 0; i < 1000; i++) logger.info("x".repeat(1000));
              return new Response().setBody(Thread.currentThread().getName());
            }
            logger.debug("%s and %d", "debug", 1);
            logger.info("a \\"quoted\\"\\nline \\u00fc \\ud83d\\ude00 \\ud83d");
            logger.warnWith("warn", "text", "x", "number", 7, "real", 0.5, "yes", true, "nothing", null, "object", List.of(1));
            logger.errorWith("odd", "name");
            dev.hearth.function.Log other = dev.hearth.function.Log.of(N.class);
            other.write(System.Logger.Level.DEBUG, "acme.Other", "too little", null, Map.of());
            other.write(System.Logger.Level.WARNING, "acme.Other", "from elsewhere", new IllegalStateException("why"), Map.of());
            return new Response().setBody("logged");
          }
        }

        public static class Big implements EventHandler {
          public Response handleEvent(Context context, Event event) {
            byte[] body = new byte[event.getBody().length];
            Arrays.fill(body, (byte) '"');
            return new Response().setBody(body);
          }
        }

        public static class Init implements EventHandler {
          private final List<String> seen = new ArrayList<>();
          public Init() throws Exception { seen.add("constructor"); Meet.at("init"); }
          public void initContext(Context context) { seen.add("initContext"); }
          public Response handleEvent(Context context, Event event) { return new Response().setBody(seen.toString()); }
        }

        public static class Broken implements EventHandler {
          public Broken() { throw new UnsupportedOperationException("not today"); }
          public Response handleEvent(Context context, Event event) { return null; }
        }

        public static class Meets implements EventHandler {
          public Response handleEvent(Context context, Event event) {
            try {
              Meet.at(text(event));
            } catch (InterruptedException e) {
              throw new IllegalStateException("interrupted", e);
            }
            return new Response().setBody("met");
          }
        }

        /** Tells where its loader is, and logs and gives what is its own. */
        public static class Leaves implements EventHandler {
          public static class Own extends RuntimeException {}
          public Response handleEvent(Context context, Event event) {
            ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("t.loader", new java.lang.ref.WeakReference<>(getClass().getClassLoader()));
            context.getLogger().infoWith("a record", "own", new Own());
            return new Response() {}.setBody("left");
          }
        }

        /** Goes on logging until it is stopped. */
        public static class Chatters implements EventHandler {
          public Response handleEvent(Context context, Event event) {
            byte[] text = new byte[4096];
            Arrays.fill(text, (byte) 'x');
            String line = new String(text, StandardCharsets.US_ASCII);
            while (!Thread.currentThread().isInterrupted()) context.getLogger().info(line);
            return new Response();
          }
        }
      }
      """;

  private static final String MEET =
      """
      package example;
      import java.util.concurrent.*;
      final class Meet {
        private Meet() {}
        static void at(String key) throws InterruptedException {
          if (!(System.getProperties().get(key + ".entered") instanceof CountDownLatch entered)) return;
          entered.countDown();
          if (!((CountDownLatch) System.getProperties().get(key + ".go")).await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody came");
          }
        }
      }
      """;

  private static final String PLAIN =
      """
      package example;
      public class Upper implements java.util.function.Function<String, String> {
        public String apply(String in) { return in.isEmpty() ? null : in.toUpperCase(java.util.Locale.ROOT); }
      }
      """;

  private static final String BEAN =
      """
      package example;
      public class Double implements java.util.function.Function<Double.Order, Double.Order> {
        public record Order(int count) {}
        public Order apply(Order in) { return new Order(2 * in.count()); }
      }
      """;

  private static final String STREAM =
      """
      package example;
      import dev.hearth.function.*;
      public class Wire implements StreamFunction {
        public void handle(Request in, Response out, Context context) throws Exception {
          String what = new String(in.bytes(), "UTF-8");
          if (what.equals("cookies")) {
            out.addHeader("Set-Cookie", "a=1").addHeader("Set-Cookie", "b=2").addHeader("Set-Cookie", "c=3");
            out.addHeader("Vary", "a").addHeader("Vary", "b");
          } else if (what.equals("endless")) {
            while (true) out.body().write(new byte[65536]);
          } else {
            out.header("Content-Type", "text/plain");
            out.body().write((in.method() + " " + in.path() + "?" + in.query() + " " + context.traceparent().orElse("-")
                + " " + in.headers().all("Accept") + " " + context.attributes().get("nuclio.topic")).getBytes("UTF-8"));
          }
        }
      }
      """;

  private static final String GOOGLE =
      """
      package example;
      import com.google.cloud.functions.*;
      public class Http implements HttpFunction {
        public void service(HttpRequest request, HttpResponse response) throws Exception {
          response.setStatusCode(203);
          response.appendHeader("X-A", "1");
          response.appendHeader("X-A", "2");
          response.setContentType("text/x-facts");
          response.getWriter().write(request.getMethod() + " " + request.getPath() + " " + request.getFirstQueryParameter("x").orElse("-")
              + " " + request.getFirstHeader("x-h").orElse("-") + " " + request.getReader().readLine());
        }
      }
      """;

  private NuclioJars() {}

  static Path api() {
    return PROVIDED.resolve("nuclio/nuclio-api.jar");
  }

  static Path jar(Path directory) {
    return archive(directory).build("handlers.jar");
  }

  static TestJar archive(Path directory) {
    TestJar jar =
        TestJar.of(directory)
            .withApi()
            .source("example.N", HANDLERS)
            .source("example.Meet", MEET)
            .source("example.Upper", PLAIN)
            .source("example.Double", BEAN)
            .source("example.Wire", STREAM)
            .source("example.Http", GOOGLE)
            .compileOnly(api());
    for (File file :
        Objects.requireNonNull(PROVIDED.resolve("google-functions").toFile().listFiles())) {
      jar.compileOnly(file.toPath());
    }
    return jar;
  }
}
