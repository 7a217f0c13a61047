package dev.hearth.signature.fn;

import dev.hearth.signature.SignatureContract;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The contract of signatures, for Fn's functions. */
final class FnContractTest {

  abstract static class OfHandler extends SignatureContract {
    @Override
    protected final String source(String members, String answer) {
      return """
          package acme;
          import com.fnproject.fn.api.*;
          public class Handler implements AutoCloseable {
            MEMBERS
            public String handle(InputEvent event) {
              String input = event.consumeBody(in -> {
                try {
                  return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
              return ANSWER;
            }
          }
          """
          .replace("MEMBERS", members)
          .replace("ANSWER", answer);
    }

    @Override
    protected final String handler() {
      return "acme.Handler::handle";
    }
  }

  @Nested
  final class OfThin extends OfHandler {
    @Override
    protected Path build(TestJar jar) {
      return jar.compileOnly(FnFunctions.API).build("thin.jar");
    }
  }

  @Nested
  final class OfFat extends OfHandler {
    @Override
    protected Path build(TestJar jar) {
      return jar.library(FnFunctions.API).buildFat("fat.jar");
    }
  }

  /** Of 2019, without tracing and without names of functions. */
  @Nested
  final class OfOldApi extends OfHandler {
    @Override
    protected Path build(TestJar jar) {
      return jar.library(TestHost.library("api-1.0.85.jar")).buildFat("old.jar");
    }
  }

  /** A value bound by the provided Jackson; its caches and buffers must not outlive the version. */
  @Nested
  final class OfJson extends SignatureContract {
    @Override
    protected String source(String members, String answer) {
      return """
          package acme;
          import com.fnproject.fn.api.*;
          public class Handler implements AutoCloseable {
            MEMBERS
            public static class Value { public String text; }
            @FnConfiguration public void configure() {}
            public Value handle(Value given) {
              String input = given.text;
              Value value = new Value();
              value.text = ANSWER;
              return value;
            }
          }
          """
          .replace("MEMBERS", members)
          .replace("ANSWER", answer);
    }

    @Override
    protected String handler() {
      return "acme.Handler::handle";
    }

    @Override
    protected Path build(TestJar jar) {
      return jar.compileOnly(FnFunctions.API).build("json.jar");
    }

    @Override
    protected TestHost.Answer send(TestHost host, String text) {
      return host.post("application/json", "{\"text\":\"" + text + "\"}");
    }

    @Override
    protected String text(TestHost.Answer answer) {
      String document = answer.text();
      return document.substring("{\"text\":\"".length(), document.length() - "\"}".length());
    }
  }
}
