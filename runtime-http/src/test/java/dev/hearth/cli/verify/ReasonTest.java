package dev.hearth.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.loader.ArchiveStore;
import dev.hearth.loader.FunctionLoader;
import dev.hearth.loader.ProvidedApis;
import dev.hearth.signature.Bound;
import dev.hearth.signature.HandlerName;
import dev.hearth.signature.Signatures;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Why a handler has the signature that the core found, for the families' own APIs. */
@Timeout(60)
final class ReasonTest {

  @TempDir private Path directory;

  private String reason(TestJar jar, String handler) throws Exception {
    ProvidedApis provided = ProvidedApis.of(TestHost.provided("slf4j").getParent());
    var stored = ArchiveStore.open(directory.resolve("store")).add(jar.build("f.jar"));
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (FunctionLoader loader = FunctionLoader.open("f", stored, provided)) {
      thread.setContextClassLoader(loader);
      Bound bound = Signatures.standard().bind(stored, loader, handler);
      ClassScan scan = new ClassScan(loader);
      HandlerName name = HandlerName.parseAll(bound.handler()).get(0);
      scan.follow(name.className());
      return new Reason(scan).of(name, bound.signature());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private TestJar jar(String source) {
    return TestJar.of(directory).source("acme.F", "package acme; " + source);
  }

  @Test
  void function_implemented_isNamed() throws Exception {
    assertThat(
            reason(
                jar(
                    "public class F implements java.util.function.Function<String, String> { public String apply(String s) { return s; } }"),
                "acme.F"))
        .isEqualTo("acme.F implements java.util.function.Function");
  }

  @Test
  void function_inherited_isNamedWithItsHeir() throws Exception {
    assertThat(
            reason(
                jar(
                    "public class F implements java.util.function.UnaryOperator<String> { public String apply(String s) { return s; } }"),
                "acme.F"))
        .isEqualTo(
            "acme.F inherits java.util.function.Function from java.util.function.UnaryOperator");
    assertThat(
            reason(
                jar("public class F extends Base {}")
                    .source(
                        "acme.Base",
                        "package acme; abstract class Base implements java.util.function.Supplier<String> { public String get() { return \"\"; } }"),
                "acme.F"))
        .isEqualTo("acme.F inherits java.util.function.Supplier from acme.Base");
  }

  @Test
  void method_isShownWithItsTypes() throws Exception {
    assertThat(
            reason(
                jar("public class F { public static int add(int a) { return a; } }"),
                "acme.F::add"))
        .isEqualTo("of its method static int add(int)");
  }

  @Test
  void openWhiskAction_isItsMainMethod() throws Exception {
    assertThat(
            reason(
                jar("import com.google.gson.*; public class F { public static JsonObject main(JsonObject in) { return in; } }")
                    .compileOnly(TestHost.provided("openwhisk").resolve("gson.jar")),
                "acme.F"))
        .isEqualTo("of its method static JsonObject main(JsonObject)");
  }

  @Test
  void vendorInterfaces_areNamed() throws Exception {
    assertThat(
            reason(
                jar("import com.amazonaws.services.lambda.runtime.*; public class F implements RequestHandler<String, String> {"
                        + " public String handleRequest(String s, Context c) { return s; } }")
                    .compileOnly(TestHost.library("aws-lambda-java-core-1.4.0.jar")),
                "acme.F"))
        .isEqualTo("acme.F implements com.amazonaws.services.lambda.runtime.RequestHandler");
    assertThat(
            reason(
                jar("import io.nuclio.*; public class F implements EventHandler { public Response handleEvent(Context c, Event e) { return null; } }")
                    .compileOnly(TestHost.provided("nuclio").resolve("nuclio-api.jar")),
                "acme.F"))
        .isEqualTo("acme.F implements io.nuclio.EventHandler");
    assertThat(
            reason(
                jar("import com.google.cloud.functions.*; public class F implements HttpFunction { public void service(HttpRequest q, HttpResponse s) {} }")
                    .compileOnly(TestHost.library("functions-framework-api-2.0.0.jar")),
                "acme.F"))
        .isEqualTo("acme.F implements com.google.cloud.functions.HttpFunction");
  }

  @Test
  void lambdaMethod_isItsMethod() throws Exception {
    assertThat(
            reason(
                jar("import com.amazonaws.services.lambda.runtime.*; public class F { public String go(String s, Context c) { return s; } }")
                    .compileOnly(TestHost.library("aws-lambda-java-core-1.4.0.jar")),
                "acme.F::go"))
        .isEqualTo("of its method String go(String, Context)");
  }
}
