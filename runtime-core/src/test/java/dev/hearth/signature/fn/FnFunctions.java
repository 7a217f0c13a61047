package dev.hearth.signature.fn;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.WireCall;
import java.nio.file.Path;
import java.util.Map;

/** A host and functions of Fn's API for it, compiled from the members of a class {@code F}. */
final class FnFunctions implements AutoCloseable {

  static final Path API = TestHost.provided("fn").resolve("api.jar");
  static final String CALL_ID = "01HZ0000000000000000000000";

  private static final String CLASS =
      """
      import com.fnproject.fn.api.*;
      import com.fnproject.fn.api.httpgateway.*;
      import com.fnproject.fn.api.tracing.*;
      import java.io.*;
      import java.nio.charset.StandardCharsets;
      import java.util.*;
      %s
      """;

  private final Path directory;
  private final Hearth hearth =
      Hearth.builder().providedApis(TestHost.provided("fn").getParent()).build();
  private int built;

  FnFunctions(Path directory) {
    this.directory = directory;
  }

  /** Deploys {@code F::f}. */
  FunctionHandle deploy(String members) {
    return deploy(members, Map.of());
  }

  /** Deploys {@code F::f} with variables. */
  FunctionHandle deploy(String members, Map<String, String> variables) {
    return deploy(jar(members), "F::f", variables);
  }

  /** Deploys any method. */
  FunctionHandle deploy(Path jar, String handler, Map<String, String> variables) {
    return hearth.deploy(
        "f" + ++built, FunctionSpec.builder(jar).handler(handler).env(variables).build());
  }

  /** Compiles {@code public class F}. */
  Path jar(String members) {
    return source("public class F {\n" + members + "\n}");
  }

  /** Compiles a file in which the public class is {@code F}. */
  Path source(String classes) {
    return TestJar.of(directory)
        .source("F", CLASS.formatted(classes))
        .compileOnly(API)
        .build("f" + ++built + ".jar");
  }

  /** A call as Fn's agent makes it. */
  static WireCall call(String body) {
    return WireCall.of("POST", "/call")
        .header("Fn-Call-Id", CALL_ID)
        .header("Fn-Deadline", "2030-01-02T03:04:05Z")
        .body(body);
  }

  @Override
  public void close() {
    hearth.close();
  }
}
