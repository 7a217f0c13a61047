package dev.hearth.http.contract.gcf;

import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Functions as the vendor's users write them, against its API, which is not in the archive. */
final class GcfJars {

  /** Where the build puts the vendors' APIs. */
  static final Path PROVIDED =
      Path.of(System.getProperty("hearth.root"), "runtime-core", "target", "provided");

  /** Where event functions leave what they were given, among the system properties. */
  static final String EVENT = "gcf.event";

  private GcfJars() {}

  /** A jar with all of them in package {@code acme}. */
  static Path jar(Path directory) {
    TestJar jar =
        TestJar.of(directory)
            .source("acme.Web", WEB)
            .source("acme.Names", NAMES)
            .source("acme.Lines", LINES)
            .source("acme.Told", TOLD)
            .source("acme.Events", EVENTS)
            .source("acme.Raw", RAW)
            .source("acme.Messages", MESSAGES)
            .source("acme.Plain", PLAIN)
            .source("acme.Sink", SINK);
    for (Path api : apis()) {
      jar.compileOnly(api);
    }
    return jar.options("--release", "17").build("gcf.jar");
  }

  private static List<Path> apis() {
    try (Stream<Path> files = Files.list(PROVIDED.resolve("google-functions"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("build runtime-core first", e);
    }
  }

  /** Does what the header {@code do} says. */
  private static final String WEB =
      """
      package acme;

      import com.google.cloud.functions.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.concurrent.atomic.AtomicInteger;

      public class Web implements HttpFunction {
        private final AtomicInteger calls = new AtomicInteger();

        @Override public void service(HttpRequest in, HttpResponse out) throws Exception {
          calls.incrementAndGet();
          switch (in.getFirstHeader("do").orElse("")) {
            case "nothing" -> { }
            case "count" -> out.getWriter().write(String.valueOf(calls.get()));
            case "status" -> out.setStatusCode(Integer.parseInt(in.getFirstHeader("status").get()), "Teapot");
            case "headers" -> {
              out.appendHeader("foo", "bar");
              out.appendHeader("blim", "blam");
              out.appendHeader("foo", "baz");
            }
            case "etag" -> out.appendHeader("ETag", "\\"1\\"");
            case "bytes" -> {
              in.getContentType().ifPresent(out::setContentType);
              in.getInputStream().transferTo(out.getOutputStream());
            }
            case "twice" -> {
              out.appendHeader("before", "x");
              out.getOutputStream().write("12345678".getBytes());
              out.appendHeader("between", "x");
              out.getOutputStream().write("12345678".getBytes());
            }
            case "flush" -> {
              out.getOutputStream().write("12345678".getBytes());
              out.getOutputStream().flush();
              out.appendHeader("between", "x");
              out.getOutputStream().write("12345678".getBytes());
            }
            case "throw" -> throw new IllegalStateException("on purpose");
            case "error" -> throw new AssertionError("on purpose");
            case "written" -> {
              out.setStatusCode(202);
              out.appendHeader("foo", "bar");
              out.getWriter().write("not to be seen");
              throw new IllegalStateException("on purpose");
            }
            case "half" -> {
              out.getOutputStream().write("half".getBytes());
              out.getOutputStream().flush();
              throw new IllegalStateException("on purpose");
            }
            case "facts" -> facts(in, out);
            case "exclusive" -> exclusive(in, out);
            case "parts" -> parts(in, out);
            case "meet" -> {
              Properties meeting = System.getProperties();
              ((CountDownLatch) meeting.get("gcf.entered")).countDown();
              ((CountDownLatch) meeting.get("gcf.go")).await(60, TimeUnit.SECONDS);
            }
            default -> out.getWriter().write(in.getMethod() + " " + in.getPath() + in.getQuery().map(q -> "?" + q).orElse(""));
          }
        }

        private static void facts(HttpRequest in, HttpResponse out) throws Exception {
          StringBuilder text = new StringBuilder();
          text.append(in.getMethod()).append(' ').append(in.getPath()).append(' ').append(in.getQuery()).append('\\n');
          text.append(in.getUri()).append('\\n');
          text.append(new TreeMap<>(in.getQueryParameters())).append('\\n');
          text.append(in.getFirstQueryParameter("baz")).append(in.getFirstQueryParameter("missing")).append('\\n');
          text.append(in.getContentType()).append(' ').append(in.getContentLength()).append('\\n');
          text.append(in.getFirstHeader("case-sensitive")).append(in.getHeaders().get("foo")).append('\\n');
          text.append(in.getReader().readLine());
          out.getWriter().write(text.toString());
        }

        private static void exclusive(HttpRequest in, HttpResponse out) throws Exception {
          StringBuilder text = new StringBuilder();
          if (in.getFirstHeader("first").get().equals("stream")) {
            text.append(in.getInputStream() == in.getInputStream());
            try { in.getReader(); } catch (IllegalStateException e) { text.append(" refused"); }
          } else {
            text.append(in.getReader() == in.getReader());
            try { in.getInputStream(); } catch (IllegalStateException e) { text.append(" refused"); }
          }
          out.getWriter().write(text.toString());
        }

        private static void parts(HttpRequest in, HttpResponse out) throws Exception {
          StringBuilder text = new StringBuilder();
          try {
            for (Map.Entry<String, HttpRequest.HttpPart> entry : new TreeMap<>(in.getParts()).entrySet()) {
              HttpRequest.HttpPart part = entry.getValue();
              text.append(entry.getKey()).append(' ').append(part.getFileName()).append(' ')
                  .append(part.getContentType()).append(' ').append(part.getContentLength()).append(' ')
                  .append(part.getFirstHeader("x-part")).append(' ')
                  .append(Arrays.toString(part.getInputStream().readAllBytes())).append('\\n');
            }
          } catch (IllegalStateException e) {
            text.append("no parts");
          }
          out.getWriter().write(text.toString());
        }
      }
      """;

  private static final String NAMES =
      """
      package acme;

      import com.google.cloud.functions.*;

      public class Names implements TypedFunction<Names.Person, Names.Answer> {
        public static class Person { String firstName; String lastName; }
        public static class Answer {
          String fullName;
          Answer(String fullName) { this.fullName = fullName; }
        }

        @Override public Answer apply(Person person) {
          if (person == null || person.firstName == null) {
            return null;
          }
          if (person.firstName.equals("throw")) {
            throw new IllegalStateException("on purpose");
          }
          return new Answer(person.firstName + person.lastName);
        }
      }
      """;

  private static final String LINES =
      """
      package acme;

      import com.google.cloud.functions.*;
      import java.lang.reflect.Type;
      import java.util.*;

      public class Lines implements TypedFunction<List<String>, String> {
        @Override public String apply(List<String> lines) { return String.join("", lines); }

        @Override public WireFormat getWireFormat() {
          return new WireFormat() {
            @Override public void serialize(Object object, HttpResponse response) throws Exception {
              response.appendHeader("X-Format", "lines");
              response.getWriter().write((String) object);
              if (object.equals("bad")) {
                throw new IllegalStateException("on purpose");
              }
            }

            @Override public Object deserialize(HttpRequest request, Type type) throws Exception {
              return request.getReader().lines().toList();
            }
          };
        }
      }
      """;

  /** Events have no answer: what a function was given goes where its test finds it. */
  private static final String TOLD =
      """
      package acme;

      final class Told {
        static void tell(String json) {
          ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("gcf.event", json);
          if (json.contains("throw")) {
            throw new IllegalStateException("on purpose");
          }
        }

        static String quoted(Object value) {
          return value == null ? "null" : '"' + value.toString().replace("\\\\", "\\\\\\\\").replace("\\"", "\\\\\\"") + '"';
        }
      }
      """;

  private static final String EVENTS =
      """
      package acme;

      import com.google.cloud.functions.*;
      import io.cloudevents.CloudEvent;
      import java.nio.charset.StandardCharsets;

      public class Events implements CloudEventsFunction {
        @Override public void accept(CloudEvent event) throws Exception {
          StringBuilder json = new StringBuilder("{\\"specversion\\":").append(Told.quoted(event.getSpecVersion()));
          for (String name : event.getAttributeNames()) {
            if (!name.equals("specversion")) {
              json.append(',').append(Told.quoted(name)).append(':').append(Told.quoted(event.getAttribute(name)));
            }
          }
          for (String name : event.getExtensionNames()) {
            json.append(',').append(Told.quoted(name)).append(':').append(Told.quoted(event.getExtension(name)));
          }
          if (event.getData() != null) {
            json.append(",\\"data\\":").append(new String(event.getData().toBytes(), StandardCharsets.UTF_8));
          }
          Told.tell(json.append('}').toString());
        }
      }
      """;

  private static final String RAW =
      """
      package acme;

      import com.google.cloud.functions.*;

      public class Raw implements RawBackgroundFunction {
        @Override public void accept(String json, Context context) throws Exception {
          String resource = context.resource();
          boolean object = resource != null && resource.startsWith("{");
          Told.tell("{\\"context\\":{\\"eventId\\":" + Told.quoted(context.eventId())
              + ",\\"timestamp\\":" + Told.quoted(context.timestamp())
              + ",\\"eventType\\":" + Told.quoted(context.eventType())
              + ",\\"resource\\":" + (object ? resource : Told.quoted(resource)) + "},\\"data\\":" + json + "}");
        }
      }
      """;

  private static final String MESSAGES =
      """
      package acme;

      import com.google.cloud.functions.*;
      import java.util.*;

      public class Messages implements BackgroundFunction<Messages.Message> {
        public static class Message { String data; Map<String, String> attributes; }

        @Override public void accept(Message message, Context context) throws Exception {
          Told.tell(message.data + " " + message.attributes + " " + context.eventId());
        }
      }
      """;

  /** Of no vendor's API. */
  private static final String PLAIN =
      """
      package acme;

      public class Plain implements java.util.function.Function<String, String> {
        @Override public String apply(String text) {
          if (text.contains("throw")) {
            throw new IllegalStateException("on purpose");
          }
          ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("gcf.event", text);
          return text.isEmpty() ? null : "plain " + text;
        }
      }
      """;

  private static final String SINK =
      """
      package acme;

      public class Sink implements java.util.function.Consumer<String> {
        @Override public void accept(String text) { ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("gcf.event", text); }
      }
      """;
}
