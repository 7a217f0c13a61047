package dev.hearth.signature.google;

import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.util.Objects;

/** One archive with a function of each kind, and where the libraries are that it is compiled against. */
final class GoogleJar {

  static final Path MODULE =
      Path.of(Objects.requireNonNull(System.getProperty("hearth.root")), "runtime-core");
  static final Path PROVIDED = MODULE.resolve("target/provided");
  static final Path LIBRARIES = MODULE.resolve("target/libraries");
  static final Path API = LIBRARIES.resolve("functions-framework-api-2.0.0.jar");
  static final Path CLOUD_EVENTS = LIBRARIES.resolve("cloudevents-api-4.0.1.jar");

  private static final String WEB =
      """
      package acme;

      import com.google.cloud.functions.*;
      import java.io.*;
      import java.util.*;

      public class Web implements HttpFunction {
        @Override public void service(HttpRequest in, HttpResponse out) throws Exception {
          switch (in.getPath()) {
            case "/bytes" -> {
              in.getContentType().ifPresent(out::setContentType);
              in.getInputStream().transferTo(out.getOutputStream());
            }
            case "/answer" -> {
              out.setStatusCode(418, "Teapot");
              out.appendHeader("X-Foo", "bar");
              out.appendHeader("x-foo", "baz");
              out.appendHeader("content-type", "text/html; charset=iso-8859-1");
              try (Writer text = out.getWriter()) {
                text.write("<b>\\u00e4</b> " + out.getContentType().get() + " " + out.getHeaders().get("X-FOO"));
              }
            }
            case "/parts" -> parts(in, out);
            case "/exclusive" -> exclusive(in, out);
            case "/throws" -> {
              out.setStatusCode(202);
              out.getWriter().write("not to be seen");
              throw new IllegalStateException("on purpose");
            }
            case "/error" -> throw new Error("on purpose");
            case "/nothing" -> { }
            default -> facts(in, out);
          }
        }

        private static void facts(HttpRequest in, HttpResponse out) throws Exception {
          out.setContentType("text/plain; charset=utf-8");
          PrintWriter text = new PrintWriter(out.getWriter());
          text.println(in.getMethod() + " " + in.getPath() + " " + in.getQuery() + " " + in.getUri());
          text.println(new TreeMap<>(in.getQueryParameters()) + " " + in.getFirstQueryParameter("baz"));
          text.println(in.getContentType() + " " + in.getContentLength() + " " + in.getCharacterEncoding());
          text.println(in.getHeaders().get("x-CASE") + " " + in.getFirstHeader("X-Case") + " " + in.getFirstHeader("X-No"));
          text.println(in.getReader().readLine());
        }

        private static void parts(HttpRequest in, HttpResponse out) throws Exception {
          PrintWriter text = new PrintWriter(out.getWriter());
          try {
            for (Map.Entry<String, HttpRequest.HttpPart> entry : new TreeMap<>(in.getParts()).entrySet()) {
              HttpRequest.HttpPart part = entry.getValue();
              text.println(entry.getKey() + " " + part.getFileName() + " " + part.getContentType() + " "
                  + part.getContentLength() + " " + part.getFirstHeader("x-part") + " "
                  + Arrays.toString(part.getInputStream().readAllBytes()));
            }
          } catch (IllegalStateException e) {
            text.println("no parts");
          }
        }

        private static void exclusive(HttpRequest in, HttpResponse out) throws Exception {
          StringBuilder said = new StringBuilder();
          said.append(in.getInputStream() == in.getInputStream());
          try { in.getReader(); } catch (IllegalStateException e) { said.append(" refused"); }
          said.append(" ").append(out.getWriter() == out.getWriter());
          try { out.getOutputStream(); } catch (IllegalStateException e) { said.append(" refused"); }
          out.getWriter().write(said.toString());
        }
      }
      """;

  private static final String TYPED =
      """
      package acme;

      import com.google.cloud.functions.*;
      import java.util.*;

      public class Names implements TypedFunction<Names.Person, Names.Answer> {
        public static class Person { String firstName; String lastName; List<Integer> numbers; }
        public static class Answer {
          String fullName; int sum; Object absent;
          Answer(String fullName, int sum) { this.fullName = fullName; this.sum = sum; }
        }

        @Override public Answer apply(Person person) {
          if (person == null || person.firstName == null) {
            return null;
          }
          if (person.firstName.equals("throw")) {
            throw new IllegalStateException("on purpose");
          }
          int sum = person.numbers == null ? 0 : person.numbers.stream().mapToInt(n -> n).sum();
          return new Answer(person.firstName + person.lastName, sum);
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
              response.setContentType("text/plain");
              response.appendHeader("X-Format", "lines");
              if (object.equals("bad")) {
                throw new IllegalStateException("on purpose");
              }
              response.getWriter().write((String) object);
            }

            @Override public Object deserialize(HttpRequest request, Type type) throws Exception {
              if (!type.getTypeName().equals("java.util.List<java.lang.String>")) {
                throw new IllegalArgumentException(type.getTypeName());
              }
              return request.getReader().lines().toList();
            }
          };
        }
      }
      """;

  /** Events have no answer: what a function was given goes into a file. */
  private static final String OUTPUT =
      """
      package acme;

      import java.nio.file.*;

      final class Output {
        static void write(Object... lines) throws Exception {
          StringBuilder text = new StringBuilder();
          for (Object line : lines) {
            text.append(line).append('\\n');
          }
          if (text.toString().contains("throw")) {
            throw new IllegalStateException("on purpose");
          }
          Files.writeString(Path.of("%s"), text);
        }
      }
      """;

  private static final String RAW =
      """
      package acme;

      import com.google.cloud.functions.*;

      public class Raw implements RawBackgroundFunction {
        @Override public void accept(String json, Context context) throws Exception {
          Output.write(json, context.eventId(), context.timestamp(), context.eventType(),
              context.resource(), context.attributes());
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
          Output.write(message.data, message.attributes, context.eventId(), context.resource());
        }
      }
      """;

  private static final String EVENTS =
      """
      package acme;

      import com.google.cloud.functions.*;
      import io.cloudevents.CloudEvent;
      import java.nio.charset.StandardCharsets;
      import java.util.*;

      public class Events implements CloudEventsFunction {
        @Override public void accept(CloudEvent event) throws Exception {
          Map<String, Object> attributes = new TreeMap<>();
          for (String name : event.getAttributeNames()) {
            attributes.put(name, event.getAttribute(name));
          }
          Map<String, Object> extensions = new TreeMap<>();
          for (String name : event.getExtensionNames()) {
            Object value = event.getExtension(name);
            extensions.put(name, value.getClass().getSimpleName() + " " + value);
          }
          Output.write(event.getSpecVersion(), event.getId(), event.getSource(), event.getType(),
              event.getSubject(), event.getTime(), event.getDataContentType(), event.getDataSchema(),
              attributes, extensions,
              event.getData() == null ? null : new String(event.getData().toBytes(), StandardCharsets.UTF_8));
        }
      }
      """;

  /** Sees what a function of the vendor's sees, and no more (section 7). */
  private static final String WORLD =
      """
      package acme;

      import com.google.cloud.functions.*;

      public class World implements HttpFunction {
        private static final ClassLoader AT_INIT = Thread.currentThread().getContextClassLoader();
        private final ClassLoader atConstruction = Thread.currentThread().getContextClassLoader();

        @Override public void service(HttpRequest in, HttpResponse out) throws Exception {
          ClassLoader own = World.class.getClassLoader();
          StringBuilder text = new StringBuilder();
          text.append(AT_INIT == own).append(atConstruction == own)
              .append(Thread.currentThread().getContextClassLoader() == own);
          for (String name : new String[] {
              "com.google.cloud.functions.HttpRequest$HttpPart", "io.cloudevents.CloudEvent",
              "io.cloudevents.core.builder.CloudEventBuilder", "com.google.gson.Gson",
              "dev.hearth.Hearth", "dev.hearth.signature.google.GoogleGlue",
              "dev.hearth.signature.spi.Glue", "org.slf4j.Logger" }) {
            try {
              Class.forName(name);
              text.append('+');
            } catch (ClassNotFoundException e) {
              text.append('-');
            }
          }
          out.getWriter().write(text.toString());
        }

        public static class Inner implements HttpFunction {
          @Override public void service(HttpRequest in, HttpResponse out) throws Exception {
            out.getWriter().write("inner");
          }
        }
      }
      """;

  private GoogleJar() {}

  /** All functions; the vendor's API is not in the archive unless {@link TestJar#buildFat} puts it there. */
  static TestJar of(Path directory, Path output) {
    return TestJar.of(directory)
        .source("acme.Web", WEB)
        .source("acme.Names", TYPED)
        .source("acme.Lines", LINES)
        .source("acme.Output", OUTPUT.replace("%s", output.toString().replace("\\", "\\\\")))
        .source("acme.Raw", RAW)
        .source("acme.Messages", MESSAGES)
        .source("acme.Events", EVENTS)
        .source("acme.World", WORLD)
        .options("--release", "17");
  }

  /** The thin archive of {@link #of}. */
  static Path build(Path directory, Path output) {
    return of(directory, output).compileOnly(API).compileOnly(CLOUD_EVENTS).build("google.jar");
  }
}
