package dev.hearth.signature.aws;

import dev.hearth.testing.TestJar;
import java.nio.file.Path;

/** The handlers of the conformance cases, written as users write them. */
final class Sources {

  static final String IMPORTS =
      """
      package example;
      import com.amazonaws.services.lambda.runtime.*;
      import com.amazonaws.services.lambda.runtime.logging.LogLevel;
      import java.io.*;
      import java.nio.charset.StandardCharsets;
      import java.util.*;
      """;

  static final String HANDLERS =
      IMPORTS
          + """
          public class H {
            public static class Bang implements RequestHandler<String, String> {
              public String handleRequest(String s, Context c) { return s == null ? "NULL" : s + "!"; }
            }
            public static class Echo implements RequestHandler<Map<String, Object>, Map<String, Object>> {
              public Map<String, Object> handleRequest(Map<String, Object> in, Context c) {
                Map<String, Object> out = new LinkedHashMap<>(in);
                out.put("none", null);
                return out;
              }
            }
            public static class Raw implements RequestStreamHandler {
              public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException {
                out.write("RAW:".getBytes(StandardCharsets.UTF_8));
                in.transferTo(out);
              }
            }
            public static class Both implements RequestHandler<String, String>, RequestStreamHandler {
              public String handleRequest(String s, Context c) { return "value"; }
              public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException {
                out.write("stream".getBytes(StandardCharsets.UTF_8));
              }
            }
            public static class Gen<T> implements RequestHandler<T, String> {
              public String handleRequest(T t, Context c) {
                return t.getClass().getSimpleName() + t;
              }
            }
            public static class OfList extends Gen<List<Integer>> {
              public String handleRequest(List<Integer> t, Context c) {
                int sum = 0;
                for (Integer i : t) { sum += i; }
                return "list" + sum;
              }
            }
            public static class Bounded<T extends Number> implements RequestHandler<T, String> {
              public String handleRequest(T t, Context c) { return String.valueOf(t.intValue()); }
            }
            @SuppressWarnings("rawtypes")
            public static class RawType implements RequestHandler {
              public Object handleRequest(Object t, Context c) { return t; }
            }
            public static class Boom implements RequestHandler<Object, Object> {
              public Object handleRequest(Object o, Context c) {
                throw new IllegalStateException("bad", new RuntimeException("why"));
              }
            }
            public static class Silent implements RequestHandler<Object, Object> {
              public Object handleRequest(Object o, Context c) { throw new IllegalStateException(); }
            }
            public static class Checked implements RequestStreamHandler {
              public void handleRequest(InputStream in, OutputStream out, Context c) throws IOException {
                out.write(1);
                throw new FileNotFoundException("gone");
              }
            }
            public static class Thrower { public String getX() { throw new IllegalStateException("getter"); } }
            public static class BadResult implements RequestHandler<Object, Thrower> {
              public Thrower handleRequest(Object o, Context c) { return new Thrower(); }
            }
            public record Rec(String a) {}
            public static class OfRecord implements RequestHandler<Rec, String> {
              public String handleRequest(Rec r, Context c) { return r.a(); }
            }
            public static class Loader implements RequestHandler<Object, Boolean> {
              public Boolean handleRequest(Object o, Context c) {
                ClassLoader loader = Thread.currentThread().getContextClassLoader();
                try {
                  return loader.loadClass("example.H") == H.class && loader.getResource("here.txt") != null;
                } catch (ClassNotFoundException e) {
                  return false;
                }
              }
            }
            public static class Counter implements RequestHandler<Object, Integer> {
              static int count;
              public Integer handleRequest(Object o, Context c) { return ++count; }
            }
            public static class Nothing {}
            public static class NoConstructor implements RequestHandler<String, String> {
              public NoConstructor(String s) {}
              public String handleRequest(String s, Context c) { return s; }
            }
            public class Inner implements RequestHandler<String, String> {
              public String handleRequest(String s, Context c) { return s; }
            }
            public static class BadStart implements RequestHandler<String, String> {
              public BadStart() { throw new UnsupportedOperationException("not today"); }
              public String handleRequest(String s, Context c) { return s; }
            }
            public static class BadStatic implements RequestHandler<String, String> {
              static { if (true) throw new IllegalStateException("static"); }
              public String handleRequest(String s, Context c) { return s; }
            }
            public static class Facts implements RequestHandler<Object, Map<String, Object>> {
              public Map<String, Object> handleRequest(Object o, Context c) {
                Map<String, Object> f = new LinkedHashMap<>();
                f.put("id", c.getAwsRequestId());
                f.put("group", c.getLogGroupName());
                f.put("stream", c.getLogStreamName());
                f.put("name", c.getFunctionName());
                f.put("version", c.getFunctionVersion());
                f.put("arn", c.getInvokedFunctionArn());
                f.put("memory", c.getMemoryLimitInMB());
                f.put("tenant", c.getTenantId());
                f.put("trace", c.getXrayTraceId());
                f.put("remaining", c.getRemainingTimeInMillis() > 0);
                if (c.getIdentity() != null) {
                  f.put("identity", c.getIdentity().getIdentityId() + "/" + c.getIdentity().getIdentityPoolId());
                }
                if (c.getClientContext() != null) {
                  f.put("title", c.getClientContext().getClient().getAppTitle());
                  f.put("custom", c.getClientContext().getCustom());
                  f.put("env", c.getClientContext().getEnvironment());
                }
                f.put("sameLogger", c.getLogger() == LambdaRuntime.getLogger());
                return f;
              }
            }
            public static class Logs implements RequestHandler<Object, Void> {
              public Void handleRequest(Object o, Context c) {
                c.getLogger().log("plain");
                LambdaRuntime.getLogger().log("x", LogLevel.INFO);
                c.getLogger().log("y\\"", LogLevel.WARN);
                return null;
              }
            }
          }
          """;

  static final String METHODS =
      IMPORTS
          + """
          public class M {
            public static class P { public String name; public int age; public List<String> tags; }
            public P pojo(P p, Context c) { return p; }
            public int prim(int i) { return i + 1; }
            public void vd(Map<String, Object> m) {}
            public String none() { return "none"; }
            public String ctxOnly(Context c) { return c.getAwsRequestId(); }
            public String two(String a, String b) { return a + b; }
            public void in(InputStream in) {}
            public void out(OutputStream out) throws IOException { out.write("outonly".getBytes()); }
            public int streams(InputStream in, OutputStream out, Context c) throws IOException {
              in.transferTo(out);
              return 7;
            }
            public String over() { return "0"; }
            public String over(String s) { return "1" + s; }
            public String over(String s, Context c) { return "2" + s; }
            String hidden(String s) { return s; }
            public static String fixed(String s, Context c) { return "static" + s; }
            public String boom(String s, Context c) { throw new IllegalArgumentException("method"); }
          }
          """;

  private Sources() {}

  static TestJar thin(Path directory) {
    return TestJar.of(directory)
        .source("example.H", HANDLERS)
        .source("example.M", METHODS)
        .entry("here.txt", "here")
        .compileOnly(LambdaFunction.library("aws-lambda-java-core-1.4.0.jar"));
  }
}
