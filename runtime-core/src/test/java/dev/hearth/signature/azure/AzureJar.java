package dev.hearth.signature.azure;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.invoke.Outcome;
import dev.hearth.signature.spi.InputException;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.WireCall;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Archives with functions of Azure's, and calls of them by envelope. */
final class AzureJar {

  static final Path LIBRARY = provided("azure-functions-java-library.jar");
  static final Path CORE = provided("azure-functions-java-core-library.jar");
  static final Path SPI = provided("azure-functions-java-spi.jar");

  /** A request that the HTTP trigger {@code req} is called with. */
  static final String HTTP =
      "<Data>:{<req>:{<Url>:<http://h/api/echo?a=1,2>,<Method>:<POST>,<Query>:{<a>:<1,2>},"
          + "<Headers>:{<Content-Type>:[<text/plain>],<X-Two>:[<a>,<b>]},<Params>:{},<Body>:<hi>}},<Metadata>:{}";

  private static final String HEAD =
      """
      package acme;
      import com.microsoft.azure.functions.*;
      import com.microsoft.azure.functions.annotation.*;
      import java.util.*;
      """;

  private static final AtomicInteger DEPLOYED = new AtomicInteger();

  private AzureJar() {}

  private static Path provided(String jar) {
    return TestHost.provided("azure").resolve(jar);
  }

  /** A jar to be, compiled against the vendor's API, which it does not bring. */
  static TestJar of(Path directory) {
    return TestJar.of(directory).compileOnly(LIBRARY).compileOnly(CORE).compileOnly(SPI);
  }

  /** The source of a class {@code acme.NAME} with these members. */
  static String type(String name, String members) {
    return HEAD + "public class " + name + " {\n" + members + "\n}\n";
  }

  /** Deploys a class {@code acme.F} with these members. */
  static FunctionHandle deploy(
      Hearth hearth, Path directory, @Nullable String handler, String members) {
    Path jar = of(directory).source("acme.F", type("F", members)).build("f.jar");
    return hearth.deploy(
        "f" + DEPLOYED.incrementAndGet(), FunctionSpec.builder(jar).handler(handler).build());
  }

  /** JSON in which quotes may be written as angle brackets. */
  static String json(String text) {
    return text.replace('<', '"').replace('>', '"');
  }

  /** A call by envelope; the members of the envelope are written with angle brackets for quotes. */
  static WireCall envelope(String members) {
    return raw(json("{" + members + "}"));
  }

  /** A call by an envelope as it is. */
  static WireCall raw(String body) {
    return WireCall.of("POST", "/f")
        .header("Content-Type", "application/json; charset=utf-8")
        .attribute("azure.envelope", "default")
        .body(body);
  }

  /** The invocation response to a call. */
  @SuppressWarnings("unchecked") // that it is an object is what is asserted
  static Map<String, Object> answer(WireCall call, FunctionHandle function) {
    try {
      return (Map<String, Object>) JsonText.parse(call.text(function));
    } catch (InputException e) {
      throw new AssertionError(e);
    }
  }

  /** What a call threw. */
  static Throwable failure(WireCall call, FunctionHandle function) {
    Outcome<?> outcome = call.outcome(function);
    if (outcome instanceof Outcome.Threw<?> threw) {
      return threw.cause();
    }
    throw new AssertionError("did not throw: " + outcome);
  }

  /** Why a call was refused. */
  static Throwable refusal(WireCall call, FunctionHandle function) {
    Outcome<?> outcome = call.outcome(function);
    if (outcome instanceof Outcome.Refused<?> refused) {
      return refused.cause();
    }
    throw new AssertionError("was not refused: " + outcome);
  }
}
