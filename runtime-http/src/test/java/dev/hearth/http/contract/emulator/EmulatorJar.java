package dev.hearth.http.contract.emulator;

import dev.hearth.testing.TestJar;
import java.nio.file.Path;

/** The functions of the conformance cases, in one archive. */
final class EmulatorJar {

  private static final Path CORE = Path.of(System.getProperty("hearth.root"), "runtime-core");

  /** Where the build puts the vendors' APIs. */
  static final Path PROVIDED = CORE.resolve("target/provided");

  private static final String HANDLERS =
      """
      package example;
      import com.amazonaws.services.lambda.runtime.*;
      import java.io.*;
      import java.nio.charset.StandardCharsets;
      import java.util.*;
      import java.util.concurrent.CountDownLatch;
      import java.util.concurrent.TimeUnit;
      import java.util.concurrent.atomic.AtomicInteger;
      public class F {
        private static String text(InputStream in) throws IOException {
          return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        static void meet(String key) throws InterruptedException {
          ((CountDownLatch) System.getProperties().get(key + ".entered")).countDown();
          if (!((CountDownLatch) System.getProperties().get(key + ".go")).await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody came");
          }
        }
        public static class Echo implements RequestStreamHandler {
          public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException { in.transferTo(out); }
        }
        public static class Boom implements RequestStreamHandler {
          public void handleRequest(InputStream in, OutputStream out, Context c) { throw new IllegalStateException("bad"); }
        }
        /** Sleeps, unless it is told not to; counts what its statics have seen. */
        public static class Slow implements RequestHandler<String, String> {
          private static int calls;
          public String handleRequest(String how, Context c) {
            calls++;
            if (!how.equals("quick")) {
              try { Thread.sleep(5000); } catch (InterruptedException e) { throw new IllegalStateException("interrupted"); }
            }
            return "call " + calls;
          }
        }
        public static class Exit implements RequestHandler<Integer, Integer> {
          private static int calls;
          public Integer handleRequest(Integer status, Context c) {
            calls++;
            if (status >= 0) System.exit(status);
            return calls;
          }
        }
        public static class Ctx implements RequestHandler<Object, Map<String, Object>> {
          public Map<String, Object> handleRequest(Object o, Context c) {
            Map<String, Object> f = new TreeMap<>();
            f.put("version", c.getFunctionVersion());
            f.put("name", c.getFunctionName());
            f.put("arn", c.getInvokedFunctionArn());
            f.put("id", c.getAwsRequestId());
            f.put("tenant", String.valueOf(c.getTenantId()));
            f.put("trace", String.valueOf(c.getXrayTraceId()));
            f.put("variable", String.valueOf(System.getenv("AWS_LAMBDA_FUNCTION_VERSION")));
            f.put("k", c.getClientContext() == null ? "none" : String.valueOf(c.getClientContext().getCustom().get("k")));
            return f;
          }
        }
        /** The same without the vendor's JSON library, which costs each start a while. */
        public static class Facts implements RequestStreamHandler {
          public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException {
            out.write(("{\\"version\\":\\"" + c.getFunctionVersion() + "\\",\\"name\\":\\"" + c.getFunctionName()
                + "\\",\\"arn\\":\\"" + c.getInvokedFunctionArn()
                + "\\",\\"variable\\":\\"" + System.getenv("AWS_LAMBDA_FUNCTION_VERSION") + "\\"}").getBytes());
          }
        }
        public static class Say implements RequestHandler<String, String> {
          public String handleRequest(String what, Context c) {
            c.getLogger().log(what);
            if (what.length() < 100) System.out.println("printed " + what);
            return what;
          }
        }
        /** Logs two lines around a meeting. */
        public static class SayTwice implements RequestHandler<String, String> {
          public String handleRequest(String key, Context c) {
            c.getLogger().log("first of " + key);
            try { meet(key); } catch (InterruptedException e) { throw new IllegalStateException(e); }
            c.getLogger().log("second of " + key);
            return key;
          }
        }
        public static class Large implements RequestStreamHandler {
          public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException {
            int left = Integer.parseInt(text(in));
            byte[] part = new byte[65536];
            Arrays.fill(part, (byte) 'x');
            for (; left > 0; left -= part.length) out.write(part, 0, Math.min(left, part.length));
          }
        }
        public static class Meets implements RequestHandler<String, String> {
          public String handleRequest(String key, Context c) {
            try { meet(key); } catch (InterruptedException e) { throw new IllegalStateException("interrupted"); }
            return key;
          }
        }
        /** Notes the id of each call under a key. */
        public static class Notes implements RequestHandler<Map<String, String>, String> {
          @SuppressWarnings("unchecked")
          public String handleRequest(Map<String, String> in, Context c) {
            ((List<String>) System.getProperties().get(in.get("key"))).add(c.getAwsRequestId());
            if (in.containsKey("fail")) throw new IllegalStateException("noted");
            return "noted";
          }
        }
        /** Tells the test what it was given. */
        public static class Hook implements RequestStreamHandler {
          @SuppressWarnings("unchecked")
          public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException {
            ((List<String>) System.getProperties().get("emulator.hook")).add(text(in));
          }
        }
        /** Streams: a text, a meeting, and what the key says. */
        public static class Streams implements RequestStreamHandler {
          public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException {
            String key = text(in).replace("\\"", "");
            out.write("ab".getBytes());
            out.flush();
            try { meet(key); } catch (InterruptedException e) { throw new IOException("interrupted"); }
            if (key.startsWith("fail")) throw new IllegalStateException("half way");
            if (key.startsWith("endless")) { byte[] part = new byte[65536]; while (true) out.write(part); }
            out.write("cd".getBytes());
          }
        }
        /** Gives the result that the test has put down. */
        public static class Result implements RequestStreamHandler {
          public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException {
            ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("emulator.event", text(in));
            Object result = System.getProperties().get("emulator.result");
            if (result.equals("throw")) throw new IllegalStateException("asked to");
            if (result.equals("sleep")) {
              try { Thread.sleep(5000); } catch (InterruptedException e) { throw new IllegalStateException("interrupted"); }
            }
            for (String part : result.toString().split("\\\\|\\\\|")) {
              out.write(part.getBytes(StandardCharsets.ISO_8859_1));
              out.flush();
            }
          }
        }
      }
      """;

  private static final String PLAIN =
      """
      package example;
      import dev.hearth.function.*;
      public class P implements StreamFunction {
        public void handle(Request in, Response out, Context c) throws Exception {
          if (in.path().endsWith("/boom")) throw new IllegalStateException("secret");
          out.status(201).header("X-Path", in.method() + " " + in.path() + "?" + in.query());
          out.body().write(in.bytes());
        }
      }
      """;

  private EmulatorJar() {}

  static Path build(Path directory) {
    return TestJar.of(directory)
        .withApi()
        .source("example.F", HANDLERS)
        .source("example.P", PLAIN)
        .compileOnly(CORE.resolve("target/libraries").resolve("aws-lambda-java-core-1.4.0.jar"))
        .build("emulated.jar");
  }
}
