package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hearth verify} of the assembled command. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class VerifyIT {

  @TempDir private Path directory;

  private List<String> verified(int exitCode, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "verify";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    try (HearthProcess hearth = HearthProcess.start(directory, Map.of(), all)) {
      assertThat(hearth.exitCode()).as(hearth.out() + hearth.err()).isEqualTo(exitCode);
      return hearth.out().lines().toList();
    }
  }

  private TestJar jar() {
    return TestJar.of(directory).options("--release", "17");
  }

  @Test
  void verify_functionThatWouldEndTheProcess_isReportedAndNotRun() {
    Path jar =
        jar()
            .source(
                "acme.Wild",
                """
                package acme;
                public class Wild implements java.util.function.Function<String, String> {
                  static int calls;
                  static { System.exit(3); }
                  public String apply(String in) {
                    new Thread(() -> System.setProperty("calls", in)).start();
                    return in + calls++;
                  }
                }
                """)
            .manifest("Main-Class", "acme.Wild")
            .build("wild.jar");

    assertThat(verified(ExitCode.OK, jar.toString()))
        .containsSubsequence(
            "handler    acme.Wild",
            "chosen     by Main-Class of its manifest",
            "signature  java.util.function.Function",
            "because    acme.Wild implements java.util.function.Function")
        .anyMatch(
            line -> line.startsWith("risk       acme.Wild.<clinit> calls java.lang.System.exit ("))
        .anyMatch(
            line -> line.startsWith("risk       acme.Wild.apply calls java.lang.Thread.start ("))
        .anyMatch(
            line ->
                line.startsWith(
                    "risk       acme.Wild.apply (in a lambda) calls java.lang.System.setProperty ("))
        .anyMatch(line -> line.startsWith("risk       acme.Wild.calls is static and not final ("))
        .endsWith("verdict    can be served");
  }

  @Test
  void verify_vendorsHandler_tellsItsSignatureAndWhatIsMissing() {
    Path jar =
        jar()
            .source(
                "acme.H",
                """
                package acme;
                import com.amazonaws.services.lambda.runtime.*;
                import com.google.common.collect.ImmutableList;
                public class H implements RequestHandler<String, String> {
                  public String handleRequest(String in, Context context) {
                    return ImmutableList.of(in).get(0);
                  }
                }
                """)
            .compileOnly(TestHost.library("aws-lambda-java-core-1.4.0.jar"))
            .compileOnly(TestHost.library("guava-33.4.0-jre.jar"))
            .build("h.jar");

    assertThat(verified(ExitCode.OK, jar.toString()))
        .contains(
            "chosen     as the only class of the archive with a known signature",
            "signature  AWS Lambda RequestHandler",
            "because    acme.H implements com.amazonaws.services.lambda.runtime.RequestHandler",
            "missing    com.google.common.collect.ImmutableList, named by acme.H.handleRequest (fails only"
                + " where it is used)")
        .noneMatch(line -> line.startsWith("missing    com.amazonaws"))
        .endsWith("verdict    can be served");
  }

  @Test
  void verify_handlerWhoseSuperclassIsMissing_cannotBeServed() {
    Path base =
        jar().source("lib.Base", "package lib; public abstract class Base {}").build("base.jar");
    Path jar =
        jar()
            .compileOnly(base)
            .source(
                "acme.F",
                "package acme; public class F extends lib.Base implements"
                    + " java.util.function.Supplier<String> { public String get() { return null; } }")
            .build("f.jar");

    assertThat(verified(ExitCode.FAILED, jar.toString(), "--handler", "acme.F"))
        .endsWith("verdict    cannot be served");
  }

  @Test
  void verify_composition_givesAReasonForEachPart() {
    Path jar =
        jar()
            .source(
                "a.Trim",
                "package a; public class Trim implements java.util.function.UnaryOperator<String> {"
                    + " public String apply(String s) { return s.strip(); } }")
            .source(
                "a.Texts",
                "package a; public class Texts { public String upper(String s) { return s; } }")
            .build("texts.jar");

    assertThat(verified(ExitCode.OK, jar.toString(), "--handler", "a.Trim|a.Texts::upper"))
        .containsSubsequence(
            "chosen     by --handler",
            "signature  composition",
            "because    a.Trim implements java.util.function.UnaryOperator",
            "because    of its method String upper(String)");
  }
}
