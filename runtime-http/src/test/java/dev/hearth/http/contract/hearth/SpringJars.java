package dev.hearth.http.contract.hearth;

import dev.hearth.signature.spring.BootJars;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;

/** The functions of the cases, as plain classes and as beans of a Spring Boot application. */
final class SpringJars {

  /** The plain classes, as Spring Cloud Function's deployer is told them. */
  static final String CLASSES =
      "functions.Uppercase;functions.Reverse;functions.Sum;functions.Word;functions.Pojo;functions.Params;"
          + "functions.Boom;functions.File;functions.Quote";

  private SpringJars() {}

  static Path plain(Path directory) {
    TestJar jar = TestJar.of(directory);
    for (Path library : BootJars.application()) {
      String name = library.getFileName().toString();
      if (name.startsWith("spring-messaging")
          || name.startsWith("spring-core")
          || name.startsWith("spring-beans")
          || name.startsWith("spring-jcl")
          || name.startsWith("spring-web")) {
        jar.library(library);
      }
    }
    return classes(jar, "functions").buildZip("plain.zip");
  }

  /** In a package that Spring Cloud Function searches by itself where it is named {@code functions}. */
  private static TestJar classes(TestJar jar, String in) {
    return jar.source(in + ".Uppercase", function(in, "Uppercase", "in.toUpperCase()"))
        .source(
            in + ".Reverse", function(in, "Reverse", "new StringBuilder(in).reverse().toString()"))
        .source(in + ".Quote", function(in, "Quote", "\"<\" + in + \">\""))
        .source(in + ".Boom", function(in, "Boom", "fail()"))
        .source(
            in + ".Sum",
            """
            package IN;
            public class Sum implements java.util.function.Consumer<Integer> {
              public void accept(Integer in) {
                ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", k -> new java.util.concurrent.ConcurrentHashMap<>())).put("scf.sum", String.valueOf(in + Integer.parseInt((String) ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", k -> new java.util.concurrent.ConcurrentHashMap<>())).getOrDefault("scf.sum", "0"))));
              }
            }
            """
                .replace("IN", in))
        .source(
            in + ".Word",
            """
            package IN;
            public class Word implements java.util.function.Supplier<String> {
              public String get() { return "foo"; }
            }
            """
                .replace("IN", in))
        .source(
            in + ".Foo",
            """
            package IN;
            public class Foo {
              private String value;
              public String getValue() { return value; }
              public void setValue(String value) { this.value = value; }
            }
            """
                .replace("IN", in))
        .source(
            in + ".Pojo",
            """
            package IN;
            public class Pojo implements java.util.function.Function<Foo, Foo> {
              public Foo apply(Foo in) {
                Foo out = new Foo();
                out.setValue(in.getValue() + in.getValue());
                return out;
              }
            }
            """
                .replace("IN", in))
        .source(
            in + ".Params",
            """
            package IN;
            import org.springframework.messaging.Message;
            import org.springframework.messaging.support.MessageBuilder;
            public class Params implements java.util.function.Function<Message<String>, Message<String>> {
              public Message<String> apply(Message<String> in) {
                return MessageBuilder.withPayload(in.getPayload() + " " + in.getHeaders().get("http_request_param"))
                    .setHeader("Answered", "yes").build();
              }
            }
            """
                .replace("IN", in))
        .source(
            in + ".File",
            """
            package IN;
            import org.springframework.web.multipart.MultipartFile;
            public class File implements java.util.function.Function<MultipartFile, String> {
              public String apply(MultipartFile in) {
                try {
                  return in.getOriginalFilename() + "=" + new String(in.getBytes());
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              }
            }
            """
                .replace("IN", in));
  }

  private static String function(String in, String name, String answer) {
    return """
    package IN;
    public class NAME implements java.util.function.Function<String, String> {
      public String apply(String in) { return ANSWER; }
      static String fail() { throw new IllegalStateException("secret"); }
    }
    """
        .replace("IN", in)
        .replace("NAME", name)
        .replace("ANSWER", answer);
  }

  static Path plainOfOne(Path directory) {
    return TestJar.of(directory)
        .source("functions.Uppercase", function("functions", "Uppercase", "in.toUpperCase()"))
        .build("one.jar");
  }

  static Path boot(Path directory) {
    return bootJar(directory).buildSpringBoot("boot.jar");
  }

  /** The application of the cases. */
  static TestJar bootJar(Path directory) {
    return BootJars.application(classes(TestJar.of(directory), "support"), "app.App")
        .source(
            "app.App",
            """
            package app;
            import support.*;
            import java.util.function.*;
            import org.springframework.boot.SpringApplication;
            import org.springframework.boot.autoconfigure.SpringBootApplication;
            import org.springframework.context.annotation.Bean;
            import org.springframework.messaging.Message;
            import org.springframework.web.multipart.MultipartFile;
            @SpringBootApplication
            public class App {
              public static void main(String[] args) { SpringApplication.run(App.class, args); }
              @Bean Function<String, String> uppercase() { return in -> in.toUpperCase(); }
              @Bean Function<String, String> reverse() { return in -> new StringBuilder(in).reverse().toString(); }
              @Bean Function<String, String> quote() { return in -> "<" + in + ">"; }
              @Bean Function<String, String> boom() { return in -> { throw new IllegalStateException("secret"); }; }
              @Bean Supplier<String> word() { return () -> "foo"; }
              @Bean Consumer<Integer> sum() { return new Sum(); }
              @Bean Function<Foo, Foo> pojo() { return new Pojo(); }
              @Bean Function<Message<String>, Message<String>> params() { return new Params(); }
              @Bean Function<MultipartFile, String> file() { return new support.File(); }
            }
            """);
  }

  static Path bootOfOne(Path directory) {
    return BootJars.application(TestJar.of(directory), "app.App")
        .source(
            "app.App",
            """
            package app;
            import org.springframework.context.annotation.Bean;
            @org.springframework.boot.autoconfigure.SpringBootApplication
            public class App {
              @Bean java.util.function.Function<String, String> uppercase() { return in -> in.toUpperCase(); }
            }
            """)
        .buildSpringBoot("one.jar");
  }
}
