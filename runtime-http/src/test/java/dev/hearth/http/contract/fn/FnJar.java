package dev.hearth.http.contract.fn;

import dev.hearth.testing.TestJar;
import java.nio.file.Path;

/** Functions as Fn's users write them, and others. They meet their test by objects of the JDK's among the system's properties. */
final class FnJar {

  /** Where the build puts the vendors' APIs. */
  static final Path PROVIDED =
      Path.of(System.getProperty("hearth.root"), "runtime-core", "target", "provided");

  private static final String IMPORTS =
      """
      package t;
      import com.fnproject.fn.api.*;
      import com.fnproject.fn.api.httpgateway.*;
      import java.nio.charset.StandardCharsets;
      import java.util.*;
      import java.util.concurrent.*;
      """;

  private static final String KIT =
      """
      public class Kit {
        public byte[] echo(byte[] in) { return in; }
        public String text(String in) { return in; }
        public String boom(String in) { throw new IllegalStateException("boom " + in); }
        public String deep(String in) { return in.isEmpty() ? deep(in) : in; }
        public OutputEvent status(String in) {
          return OutputEvent.fromBytes(in.getBytes(), OutputEvent.Status.valueOf(in), "text/plain");
        }
        public String trigger(HTTPGatewayContext http, InputEvent event) {
          http.setStatusCode(302);
          http.setResponseHeader("Location", "/there");
          http.addResponseHeader("Set-Cookie", "a=1");
          http.addResponseHeader("Set-Cookie", "b=2");
          return http.getMethod() + " " + http.getRequestURL() + " " + http.getHeaders().get("X-Mine").orElse("-")
              + " " + http.getQueryParameters().get("q").orElse("-") + " " + event.getHeaders().get("Fn-Intent").orElse("-");
        }
        public String framing(InvocationContext call) {
          call.setResponseHeader("Content-Length", "5");
          call.setResponseHeader("Connection", "close");
          call.setResponseHeader("Transfer-Encoding", "chunked");
          call.setResponseHeader("Fn-Fdk-Version", "mine");
          return "longer than five";
        }
        public String repeated(InputEvent event, InvocationContext call) {
          call.addResponseHeader("X-Out", "1");
          call.addResponseHeader("X-Out", "2");
          return event.getHeaders().getAllValues("X-In").toString();
        }
        public String facts(InputEvent event, RuntimeContext context) {
          return event.getCallID() + " " + event.getDeadline() + " " + context.getConfigurationByKey("COLOUR").orElse("-")
              + " " + context.getFunctionName() + " " + event.getHeaders().get("User-Agent").isPresent();
        }
        public String wait(String in) throws Exception {
          ((CountDownLatch) System.getProperties().get("t.entered")).countDown();
          try {
            ((CountDownLatch) System.getProperties().get("t.go")).await();
          } catch (InterruptedException e) {
            ((CountDownLatch) System.getProperties().get("t.interrupted")).countDown();
            throw e;
          }
          return "waited";
        }
        public String stubborn(String in) throws Exception {
          ((CountDownLatch) System.getProperties().get("t.entered")).countDown();
          while (true) {
            try {
              ((CountDownLatch) System.getProperties().get("t.go")).await();
              return "at last";
            } catch (InterruptedException e) {
              // goes on
            }
          }
        }
        public String print(String in) {
          System.out.println("out " + in);
          System.err.println("err " + in);
          return "";
        }
        private int count;
        private static int all;
        private static int configured;
        @FnConfiguration public static void configure() { configured++; }
        public String count() { return configured + " " + ++count + " " + ++all; }
        public static class Person { public String name; public int age; }
        public String person(Person person) { return person.name + person.age; }
        public List<Integer> list(List<Integer> in) { Collections.reverse(in); return in; }
        public Map<String, Integer> map(Map<String, Integer> in) { in.replaceAll((k, v) -> v + 1); return in; }
      }
      """;

  private FnJar() {}

  static Path build(Path directory) {
    return TestJar.of(directory)
        .withApi()
        .compileOnly(PROVIDED.resolve("fn").resolve("api.jar"))
        .source("t.Kit", IMPORTS + KIT)
        .source(
            "t.NoStart",
            IMPORTS
                + "public class NoStart { public NoStart() { throw new IllegalStateException(\"no start\"); }"
                + " public String f(InputEvent in) { return \"\"; } }")
        .source(
            "t.NoConfig",
            IMPORTS
                + "public class NoConfig { @FnConfiguration public void c() { throw new IllegalStateException(\"no config\"); }"
                + " public String f(InputEvent in) { return \"\"; } }")
        .source(
            "t.Upper",
            IMPORTS
                + "public class Upper implements java.util.function.Function<String, String> {"
                + " public String apply(String in) { if (in.equals(\"boom\")) throw new IllegalStateException(\"boom\");"
                + " return in.toUpperCase(java.util.Locale.ROOT); } }")
        .source(
            "t.Late",
            IMPORTS
                + "public class Late implements java.util.function.Function<String, String> {"
                + " public Late() { if (System.getProperty(\"t.may\") == null) throw new IllegalStateException(\"not yet\"); }"
                + " public String apply(String in) { return in; } }")
        .source(
            "t.Web",
            """
            package t;
            import dev.hearth.function.*;
            public class Web implements StreamFunction {
              public void handle(Request in, Response out, Context context) throws Exception {
                StringBuilder seen = new StringBuilder(in.method() + " " + in.path() + "?" + in.query() + "\\n");
                for (String name : new java.util.TreeSet<>(in.headers().names())) {
                  seen.append(name).append('=').append(in.headers().all(name)).append('\\n');
                }
                seen.append(context.id()).append('\\n').append(context.traceparent().orElse("-")).append('\\n');
                in.headers().first("x-status").ifPresent(status -> out.status(Integer.parseInt(status)));
                out.addHeader("X-Out", "1").addHeader("X-Out", "2").header("Fn-Fdk-Version", "mine");
                in.headers().first("x-type").ifPresent(type -> out.header("Content-Type", type));
                out.body().write(seen.append(new String(in.bytes(), "UTF-8")).toString().getBytes("UTF-8"));
              }
            }
            """)
        .build("fn.jar");
  }
}
