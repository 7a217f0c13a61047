package dev.hearth.signature.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.WireCall;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which methods are functions, by which names, and what is refused at deploy. */
@Timeout(120)
final class AzureRecognitionTest {

  private static final String ECHO =
      """
      @FunctionName("HttpExample")
      public String run(@HttpTrigger(name = "req") HttpRequestMessage<Optional<String>> request) { return "echo"; }
      """;
  private static final String TWO =
      ECHO
          + """
          @FunctionName("Timer-Two")
          public void tick(@TimerTrigger(name = "timer", schedule = "0 */5 * * * *") String timer) {}
          public String plain(String s) { return "plain " + s; }
          """;

  @TempDir private Path directory;
  private final Hearth hearth = Hearth.builder().build();
  private int deployed;

  @AfterEach
  void close() {
    hearth.close();
  }

  private TestJar jar(String type, String members) {
    return add(AzureJar.of(directory), type, members);
  }

  private static TestJar add(TestJar jar, String type, String members) {
    return jar.source("acme." + type, AzureJar.type(type, members));
  }

  private FunctionHandle deploy(TestJar jar, @Nullable String handler) {
    return hearth.deploy(
        "f" + deployed++, FunctionSpec.builder(jar.build("f.jar")).handler(handler).build());
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refusal(
      TestJar jar, @Nullable String handler) {
    return assertThatThrownBy(() -> deploy(jar, handler))
        .isInstanceOf(DeployException.class)
        .hasMessageMatching("[^\\n]+");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refusal(String members) {
    return refusal(jar("F", members), null);
  }

  @Test
  void handler_onlyFunctionOfTheArchive_isFound() {
    FunctionHandle function = deploy(jar("F", ECHO), null);

    assertThat(function.handler()).isEqualTo("acme.F::run");
    assertThat(function.signature()).isEqualTo("Azure Functions @FunctionName");
    assertThat(WireCall.post("").text(function)).isEqualTo("echo");
  }

  @Test
  void handler_classWithOneFunction_mayBeNamedAlone() {
    TestJar jar = add(jar("F", ECHO), "G", ECHO.replace("HttpExample", "Other"));

    assertThat(WireCall.post("").text(deploy(jar, "acme.F"))).isEqualTo("echo");
    refusal(jar, null)
        .hasMessageContaining("has 2 functions that may be the handler")
        .hasMessageContaining("(acme.F::run as HttpExample, acme.G::run as Other)");
  }

  @Test
  void handler_byMethodOrByFunctionName_isFound() {
    TestJar jar = jar("F", TWO);

    assertThat(deploy(jar, "acme.F::run").facts()).containsEntry("azure.function", "HttpExample");
    assertThat(deploy(jar, "acme.F#tick").facts()).containsEntry("azure.function", "Timer-Two");
    assertThat(deploy(jar, "acme.F::Timer-Two").facts())
        .containsEntry("azure.trigger", "timerTrigger");
    assertThat(deploy(jar, "Timer-Two").handler()).isEqualTo("acme.F::tick");
    assertThat(deploy(jar, "httpexample").handler()).isEqualTo("acme.F::run");
  }

  @Test
  void handler_classWithSeveral_isRefusedWithThem() {
    TestJar jar = jar("F", TWO);

    refusal(jar, "acme.F")
        .hasMessageContaining("handler class acme.F has 2 functions")
        .hasMessageContaining("(acme.F::run as HttpExample, acme.F::tick as Timer-Two); name one");
    refusal(jar, null)
        .hasMessageContaining("acme.F::run as HttpExample, acme.F::tick as Timer-Two");
    refusal(jar, "acme.F::absent")
        .hasMessageContaining("neither a method nor a function absent")
        .hasMessageContaining("acme.F::tick as Timer-Two");
    refusal(jar, "absent").hasMessageContaining("its functions are HttpExample, Timer-Two");
  }

  @Test
  void handler_otherMethodOfTheClass_isAPlainFunction() {
    Path fat = jar("F", TWO).library(AzureJar.LIBRARY).library(AzureJar.CORE).buildFat("fat.jar");

    FunctionHandle function =
        hearth.deploy("plain", FunctionSpec.builder(fat).handler("acme.F::plain").build());

    assertThat(WireCall.post("x").text(function)).isEqualTo("plain x");
  }

  @Test
  void handler_methodsOfOneName_areNamedByTheirFunctions() {
    TestJar jar =
        jar(
            "F",
            ECHO
                + """
                @FunctionName("Second")
                public String run(@QueueTrigger(name = "item", queueName = "q", connection = "c") String item) { return "second"; }
                """);

    assertThat(WireCall.post("").text(deploy(jar, "Second"))).isEqualTo("second");
    assertThat(WireCall.post("").text(deploy(jar, "acme.F::HttpExample"))).isEqualTo("echo");
    refusal(jar, "acme.F::run").hasMessageContaining("has 2 functions called run");
  }

  @Test
  void handler_inheritedFunction_isTheSubclasssToo_unlessOverridden() {
    TestJar jar =
        AzureJar.of(directory)
            .source(
                "acme.Base",
                AzureJar.type("Base<T>", "public abstract T make();" + generic())
                    .replace("public class", "public abstract class"))
            .source(
                "acme.F",
                "package acme; public class F extends Base<String> { public String make() { return \"made \"; } }")
            .source(
                "acme.G",
                """
                package acme;
                import com.microsoft.azure.functions.HttpRequestMessage;
                public class G extends F {
                  @Override public Object run(HttpRequestMessage<String> request) { return "plain"; }
                }
                """);

    FunctionHandle function = deploy(jar, "acme.F");

    assertThat(WireCall.post("\"x\"").text(function)).isEqualTo("made \"x\"");
    assertThat(deploy(jar, null).handler()).isEqualTo("acme.F::run");
  }

  private static String generic() {
    return """
        @FunctionName("base")
        public Object run(@HttpTrigger(name = "req") HttpRequestMessage<T> request) {
          return make() + String.valueOf(request.getBody());
        }
        """;
  }

  @Test
  void facts_tellWhatTheFunctionIsFor() {
    FunctionHandle http =
        deploy(
            jar(
                "F",
                """
                @FunctionName("items")
                public void items(@HttpTrigger(name = "req", methods = {HttpMethod.GET, HttpMethod.POST},
                    authLevel = AuthorizationLevel.ANONYMOUS, route = "items/{id?}") HttpRequestMessage<String> request) {}
                """),
            null);
    FunctionHandle bus =
        deploy(
            jar(
                "F",
                """
                @FunctionName("bus")
                public void bus(@ServiceBusTopicTrigger(name = "m", topicName = "t", subscriptionName = "s", connection = "c")
                    String message) {}
                """),
            null);

    assertThat(http.facts())
        .isEqualTo(
            Map.of(
                "azure.function", "items",
                "azure.trigger", "httpTrigger",
                "azure.trigger-name", "req",
                "azure.route", "items/{id?}",
                "azure.methods", "GET,POST",
                "azure.auth-level", "anonymous"));
    assertThat(bus.facts())
        .isEqualTo(
            Map.of(
                "azure.function", "bus",
                "azure.trigger", "serviceBusTrigger",
                "azure.trigger-name", "m"));
    assertThat(deploy(jar("F", ECHO), null).facts())
        .containsEntry("azure.route", "HttpExample")
        .containsEntry("azure.methods", "")
        .containsEntry("azure.auth-level", "function");
  }

  @Test
  void function_parameterWithoutBinding_isRefused() {
    refusal(
            "@FunctionName(\"f\") public void f(@HttpTrigger(name = \"req\") String s, Object what) {}")
        .hasMessageContaining("function f (acme.F::f): parameter")
        .hasMessageContaining(
            "of type java.lang.Object has none of the vendor's binding annotations");
  }

  @Test
  void function_withoutTrigger_orWithTwo_isRefused() {
    refusal("@FunctionName(\"f\") public void f() {}").hasMessageContaining("has no trigger");
    refusal(
            "@FunctionName(\"f\") public void f(@HttpTrigger(name = \"a\") String a, @HttpTrigger(name = \"b\") String b) {}")
        .hasMessageContaining("has two triggers, a and b");
  }

  @Test
  void function_outputThatIsNoOutputBinding_isRefused() {
    refusal(
            "@FunctionName(\"f\") public void f(@HttpTrigger(name = \"a\") String a,"
                + " @QueueOutput(name = \"m\", queueName = \"q\", connection = \"c\") String m) {}")
        .hasMessageContaining("output m is a java.lang.String; make it an OutputBinding<String>");
    refusal(
            "@FunctionName(\"f\") public void f(@HttpTrigger(name = \"a\") String a, OutputBinding<String> m) {}")
        .hasMessageContaining(
            "is to be an OutputBinding with one of the vendor's output annotations");
  }

  @Test
  void handler_classThatCannotBeMade_isRefused() {
    refusal("private F() {} " + ECHO).hasMessageContaining("no constructor that can be used");
    refusal("static { if (true) throw new IllegalStateException(\"no\"); } " + ECHO)
        .hasRootCauseMessage("no");
  }

  @Test
  void variable_instancesOfAnotherKind_isRefused() {
    Path jar = jar("F", ECHO).build("f.jar");

    assertThatThrownBy(
            () ->
                hearth.deploy(
                    "f", FunctionSpec.builder(jar).env("HEARTH_AZURE_INSTANCES", "pooled").build()))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("HEARTH_AZURE_INSTANCES is 'pooled'; it must be call or warm");
  }

  @Test
  void composition_withAnAzureFunction_isRefused() {
    refusal(jar("F", ECHO), "acme.F|acme.F").hasMessageContaining("deploy it alone");
  }
}
