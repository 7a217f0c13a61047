package dev.hearth.signature.fn;

import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;

/** Functions that are run by the vendor's kit and by Hearth. */
final class PeerJar {

  private static final String SOURCE =
      """
      package peer;
      import com.fasterxml.jackson.annotation.*;
      import com.fnproject.fn.api.*;
      import com.fnproject.fn.api.httpgateway.*;
      import com.fnproject.fn.api.tracing.*;
      import java.io.*;
      import java.util.*;
      public class P {
        public static class Pet {
          public String name;
          public int age;
          @JsonProperty("kin") public List<Pet> friends;
          @JsonIgnore public String secret = "s";
        }
        public record Point(int x, double y) {}
        public static class Typed<T, R> {
          public String show(T t) { return t.getClass().getSimpleName() + " " + t; }
          public Map<String, T> map(T t) { return Collections.singletonMap("it", t); }
        }
        public static class OfPet extends Typed<Pet, Integer> {}
        public static class BadStatic {
          static final int N = fail();
          static int fail() { throw new IllegalStateException("bad"); }
          public static void show() {}
        }
        public static class OfText extends Typed<String, Integer> {}

        static int calls;
        public String text(String s) { return "<" + s + ">"; }
        public byte[] bytes(byte[] b) { return b; }
        public void nothing() {}
        public Pet pet(Pet p) { return p; }
        public Point point(Point p) { return p; }
        public List<Pet> pets(List<Pet> p) { Collections.reverse(p); return p; }
        public Map<String, List<Pet>> grouped(Map<String, List<Pet>> p) { return new TreeMap<>(p); }
        public int number(int n) { return n * 2; }
        public long[] numbers(long[] n) { return n; }
        public Object any(Object o) { return o; }
        public Object asObject(String s) { return s; }
        public static String counted() { return "call " + ++calls; }
        public String boom(String s) throws Exception {
          if (s.equals("checked")) throw new IOException("checked");
          throw new IllegalStateException(s);
        }
        public String error(String s) { throw new AssertionError(s); }
        public String nullText() { return null; }
        public byte[] nullBytes() { return null; }
        public Pet nullPet() { return null; }
        public OutputEvent nullEvent() { return null; }
        public String twice(String a, String b) { return a + b; }
        public String both(String a, InputEvent e) {
          return a + e.getCallID() + e.getDeadline() + e.getHeaders().getAllValues("x-many") + e.getHeaders().get("X-None");
        }
        public String names(InputEvent e) { return new TreeSet<>(e.getHeaders().keys()).toString(); }
        public OutputEvent event(String s, InvocationContext c) {
          c.addResponseHeader("X-Added", "1");
          c.addResponseHeader("X-Added", "2");
          c.setResponseHeader("x-set", "v");
          return OutputEvent.fromBytes(s.getBytes(), OutputEvent.Status.valueOf(s), "text/x",
              Headers.emptyHeaders().addHeader("x-own", "1", "2").addHeader("X-Set", "gone").addHeader("Connection", "close")
                  .addHeader("Transfer-Encoding", "chunked").addHeader("Fn-Fdk-Version", "mine"));
        }
        public OutputEvent plainEvent() { return OutputEvent.emptyResult(OutputEvent.Status.Success); }
        public String gateway(HTTPGatewayContext g) {
          g.setStatusCode(302);
          g.setResponseHeader("location", "http://example.com");
          g.addResponseHeader("X-Many", "1");
          g.addResponseHeader("X-Many", "2");
          g.setResponseHeader("content-type", "my/ct");
          return g.getMethod() + " " + g.getRequestURL() + " " + new TreeMap<>(g.getHeaders().asMap()) + " "
              + new TreeMap<>(g.getQueryParameters().getAll());
        }
        public String runtime(RuntimeContext c) {
          Map<String, String> shown = new TreeMap<>(c.getConfiguration());
          shown.keySet().retainAll(Arrays.asList("BUCKET", "HEADER_X", "FN_FORMAT", "FN_PATH", "FN_APP_ID", "FN_CALL_ID"));
          MethodWrapper m = c.getMethod();
          return c.getAppID() + c.getFunctionID() + c.getAppName() + c.getFunctionName() + shown + m.getLongName()
              + m.getParamType(0).getParameterClass() + m.getReturnType().getParameterClass() + m.getParameterCount();
        }
        public String tracing(TracingContext t) {
          return t.isTracingEnabled() + t.getTraceCollectorURL() + t.getTraceId() + t.getSpanId() + t.getParentSpanId()
              + t.isSampled() + t.getFlags() + t.getServiceName() + t.getAppName() + t.getFunctionName();
        }

        public static class Configured {
          static String order = "";
          final RuntimeContext context;
          public Configured(RuntimeContext context) { this.context = context; order += "made "; }
          @FnConfiguration public static void ofClass(RuntimeContext c) { order += "static "; }
          @FnConfiguration public void ofInstance() { order += "instance "; }
          public String show(RuntimeContext c) {
            return order + (c == context) + (c.getInvokeInstance().get() == this);
          }
        }
        public static class BrokenConfiguration {
          static int tries;
          @FnConfiguration public void configure() { if (++tries < 3) throw new IllegalStateException("try " + tries); }
          public String show() { return "tries " + tries; }
        }
        public static class BrokenConstructor {
          static int tries;
          public BrokenConstructor() { if (++tries < 3) throw new IllegalStateException("try " + tries); }
          public String show() { return "tries " + tries; }
        }
        public static class Odd {
          public static class Wrong implements InputCoercion<Object> {
            public Optional<Object> tryCoerceParam(InvocationContext c, int i, InputEvent e, MethodWrapper m) {
              return Optional.of(1);
            }
          }
          public OutputEvent values(InvocationContext c) {
            c.setResponseHeader("X-Values", "1", "2");
            return OutputEvent.fromBytes(new byte[0], OutputEvent.Status.Success, "text/x;charset=utf-8");
          }
          public void wrongType(@InputBinding(coercion = Wrong.class) String s) {}
        }
        public static class Failing implements RuntimeFeature {
          public void initialize(RuntimeContext c) { throw new IllegalStateException("feature"); }
        }
        @FnFeature(Failing.class) public static class OddFeature { public void nothing() {} }
        public static class Coerced {
          public static class Shout implements InputCoercion<String>, OutputCoercion {
            public Optional<String> tryCoerceParam(InvocationContext c, int i, InputEvent e, MethodWrapper m) {
              return e.consumeBody(in -> {
                try {
                  return Optional.of(new String(in.readAllBytes()).toUpperCase());
                } catch (IOException x) {
                  throw new UncheckedIOException(x);
                }
              });
            }
            public Optional<OutputEvent> wrapFunctionResult(InvocationContext c, MethodWrapper m, Object v) {
              return Optional.of(OutputEvent.fromBytes(("!" + v).getBytes(), OutputEvent.Status.Success, "text/shout"));
            }
          }
          @FnConfiguration public void configure(RuntimeContext c) {
            c.addOutputCoercion(new Shout());
            c.addInvoker((context, event) -> event.getHeaders().get("X-Intercept").map(
                h -> OutputEvent.fromBytes(h.getBytes(), OutputEvent.Status.Success, "text/intercepted")),
                FunctionInvoker.Phase.PreCall);
          }
          public String in(@InputBinding(coercion = Shout.class) String s) { return s; }
        }
      }
      """;

  private PeerJar() {}

  /** A thin jar: what is not in it, either side provides. */
  static Path build(Path directory) {
    return TestJar.of(directory)
        .source("peer.P", SOURCE)
        .compileOnly(FnFunctions.API)
        .compileOnly(TestHost.library("jackson-annotations-2.16.1.jar"))
        .build("peer.jar");
  }
}
