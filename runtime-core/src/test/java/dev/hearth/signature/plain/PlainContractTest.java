package dev.hearth.signature.plain;

import dev.hearth.signature.SignatureContract;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The contract of signatures, for each plain one. */
final class PlainContractTest {

  /** Of a plain function: its declaration, and its method as a template. */
  abstract static class OfPlain extends SignatureContract {

    abstract String declaration();

    abstract String method();

    @Override
    protected final String source(String members, String answer) {
      return "package acme;\npublic class Handler implements "
          + declaration()
          + "AutoCloseable {\n"
          + members
          + method().replace("ANSWER", answer)
          + "\n}";
    }

    @Override
    protected final Path build(TestJar jar) {
      return jar.withApi().build("handler.jar");
    }
  }

  @Nested
  final class OfFunction extends OfPlain {
    @Override
    String declaration() {
      return "java.util.function.Function<String, String>, ";
    }

    @Override
    String method() {
      return "public String apply(String input) { return ANSWER; }";
    }
  }

  @Nested
  final class OfBiFunction extends OfPlain {
    @Override
    String declaration() {
      return "java.util.function.BiFunction<String, java.util.Map<String, String>, String>, ";
    }

    @Override
    String method() {
      return "public String apply(String input, java.util.Map<String, String> h) { return ANSWER; }";
    }
  }

  @Nested
  final class OfContextFunction extends OfPlain {
    @Override
    String declaration() {
      return "dev.hearth.function.ContextFunction<String, String>, ";
    }

    @Override
    String method() {
      return "public String apply(String input, dev.hearth.function.Context c) { return ANSWER; }";
    }
  }

  @Nested
  final class OfStreamFunction extends OfPlain {
    @Override
    String declaration() {
      return "dev.hearth.function.StreamFunction, ";
    }

    @Override
    String method() {
      return """
          public void handle(dev.hearth.function.Request request, dev.hearth.function.Response response,
              dev.hearth.function.Context context) throws Exception {
            String input = new String(request.bytes(), "UTF-8");
            response.body().write((ANSWER).getBytes("UTF-8"));
          }
          """;
    }
  }

  @Nested
  final class OfMethod extends OfPlain {
    @Override
    String declaration() {
      return "";
    }

    @Override
    String method() {
      return "public String any(String input) { return ANSWER; }";
    }

    @Override
    protected String handler() {
      return "acme.Handler::any";
    }
  }

  @Nested
  final class OfComposition extends OfPlain {
    @Override
    String declaration() {
      return "java.util.function.Function<String, String>, ";
    }

    @Override
    String method() {
      return """
          public String apply(String input) { return ANSWER; }
          public static class Before implements java.util.function.Function<String, String> {
            public String apply(String input) { return input; }
          }
          """;
    }

    @Override
    protected String handler() {
      return "acme.Handler.Before | acme.Handler";
    }
  }
}
