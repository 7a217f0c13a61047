package dev.hearth.signature.azure;

import static dev.hearth.signature.azure.AzureJar.answer;
import static dev.hearth.signature.azure.AzureJar.envelope;
import static dev.hearth.signature.azure.AzureJar.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.instance.InstanceSettings;
import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestJar;
import dev.hearth.testing.WireCall;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What archives bring as services: middlewares around calls, and what makes their objects. */
@Timeout(120)
final class AzureExtensionsTest {

  private static final String SERVICES = "META-INF/services/com.microsoft.azure.functions.";
  private static final String MIDDLEWARES = SERVICES + "internal.spi.middleware.Middleware";
  private static final String INJECTORS = SERVICES + "spi.inject.FunctionInstanceInjector";
  private static final String QUEUE =
      """
      @FunctionName("q")
      public String q(@QueueTrigger(name = "item", queueName = "q", connection = "c") String item,
          ExecutionContext context) throws Throwable {
        if (item.equals("throw")) { throw new java.io.IOException("checked"); }
        if (item.equals("error")) { throw new AssertionError("error"); }
        if (item.equals("throwable")) { throw new Throwable("neither"); }
        return "(" + item + ")";
      }
      """;
  private static final String INJECTOR =
      """
      package acme;
      import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
      public class NAME implements FunctionInstanceInjector {
        private int made;
        public <T> T getInstance(Class<T> type) throws Exception {
          return type.cast(new F("by injector " + ++made));
        }
      }
      """;
  private static final String INJECTED =
      """
      private final String made;
      F(String made) { this.made = made; }
      @FunctionName("who")
      public String who(@HttpTrigger(name = "req") HttpRequestMessage<String> request) { return made; }
      """;

  @TempDir private Path directory;
  private final Hearth hearth = Hearth.builder().build();

  @AfterEach
  void close() {
    hearth.close();
  }

  private TestJar jar(String members) {
    return AzureJar.of(directory).source("acme.F", AzureJar.type("F", members));
  }

  private static TestJar middleware(TestJar jar, String name, String body) {
    return jar.source(
        "acme." + name,
        """
        package acme;
        import com.microsoft.azure.functions.internal.spi.middleware.*;
        public class NAME implements Middleware {
          private static int made;
          public NAME() { made++; }
          public void invoke(MiddlewareContext context, MiddlewareChain chain) throws Exception {
            BODY
          }
        }
        """
            .replace("NAME", name)
            .replace("BODY", body));
  }

  private FunctionHandle deploy(TestJar jar) {
    return hearth.deploy("f", FunctionSpec.of(jar.build("f.jar")));
  }

  private static WireCall item(String text) {
    return envelope("<Data>:{<item>:<" + text + ">},<Metadata>:{}");
  }

  @Test
  void middlewares_aroundTheCall_runInTheOrderOfTheirServiceFile() {
    TestJar jar = jar(QUEUE);
    middleware(
        jar,
        "One",
        "chain.doNext(context); context.updateReturnValue(\"1\" + context.getReturnValue());");
    middleware(
        jar,
        "Two",
        """
        String name = context.getParameterName("QueueTrigger");
        context.updateParameterValue(name, context.getParameterValue(name) + "!" + context.getFunctionName());
        context.getLogger().info("two " + context.getParameterName("none") + context.getParameterValue("none"));
        chain.doNext(context);
        context.updateReturnValue("2" + context.getReturnValue() + made);
        chain.doNext(context);
        """);

    FunctionHandle function = deploy(jar.entry(MIDDLEWARES, "acme.One\nacme.Two\n"));

    assertThat(answer(item("x"), function))
        .containsEntry("ReturnValue", "12(x!q)1")
        .hasEntrySatisfying("Logs", logs -> assertThat(logs).hasToString("[two nullnull]"));
    assertThat(WireCall.post("y").text(function)).isEqualTo("12(y!q)1");
  }

  @Test
  void middleware_thatDoesNotGoOn_answersItself() {
    TestJar jar = middleware(jar(QUEUE), "Stop", "context.updateReturnValue(\"stopped\");");

    assertThat(answer(item("throw"), deploy(jar.entry(MIDDLEWARES, "acme.Stop"))))
        .containsEntry("ReturnValue", "stopped");
  }

  @Test
  void exceptions_throughMiddlewares_arriveAsTheyWereThrown() {
    TestJar jar = middleware(jar(QUEUE), "Through", "chain.doNext(context);");
    FunctionHandle function = deploy(jar.entry(MIDDLEWARES, "acme.Through"));

    assertThat(failure(item("throw"), function))
        .isExactlyInstanceOf(java.io.IOException.class)
        .hasMessage("checked");
    assertThat(failure(item("error"), function)).isExactlyInstanceOf(AssertionError.class);
    assertThat(failure(item("throwable"), function))
        .isExactlyInstanceOf(Throwable.class)
        .hasMessage("neither");
  }

  @Test
  void middleware_ofAFunctionWithImplicitOutput_setsWhatAVoidMethodGives() {
    TestJar jar =
        jar(
            """
            @HasImplicitOutput @CustomBinding(direction = "in", name = "", type = "orchestrationTrigger")
            @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
            @interface Orchestration { String name(); }
            @FunctionName("o") public void o(@Orchestration(name = "state") String state) {}
            """);
    middleware(
        jar,
        "Durable",
        "context.updateReturnValue(\"state of \" + context.getParameterName(\"Orchestration\"));");
    FunctionHandle function = deploy(jar.entry(MIDDLEWARES, "acme.Durable"));

    assertThat(answer(envelope("<Data>:{<state>:<s>},<Metadata>:{}"), function))
        .containsEntry("ReturnValue", "state of state");
    assertThat(function.facts()).containsEntry("azure.trigger", "orchestrationTrigger");
  }

  @Test
  void middleware_ofAVoidFunction_setsNothing() {
    TestJar jar =
        jar("@FunctionName(\"v\") public void v(@HttpTrigger(name = \"req\") String s) {}");
    middleware(jar, "Set", "context.updateReturnValue(\"set\");");
    FunctionHandle function = deploy(jar.entry(MIDDLEWARES, "acme.Set"));

    assertThat(answer(envelope(AzureJar.HTTP), function)).containsEntry("ReturnValue", null);
    assertThat(WireCall.post("").reply(function).status()).isEqualTo(204);
  }

  @Test
  void middlewares_ofSeveralInstances_areMadeOnce() {
    TestJar jar = middleware(jar(QUEUE), "Count", "context.updateReturnValue(made);");
    Path archive = jar.entry(MIDDLEWARES, "acme.Count").build("f.jar");
    FunctionHandle function =
        hearth.deploy(
            "f",
            FunctionSpec.builder(archive).instances(new InstanceSettings(3, 3, 1, 10)).build());

    assertThat(answer(item("x"), function).get("ReturnValue")).hasToString("1");
  }

  @Test
  void injector_makesEachCallsObject_whateverTheConstructor() {
    TestJar jar = jar(INJECTED).source("acme.Inject", INJECTOR.replace("NAME", "Inject"));
    FunctionHandle function = deploy(jar.entry(INJECTORS, "acme.Inject"));

    assertThat(WireCall.post("").text(function)).isEqualTo("by injector 1");
    assertThat(WireCall.post("").text(function)).isEqualTo("by injector 2");
  }

  @Test
  void injectors_moreThanOne_areRefused() {
    TestJar jar =
        jar(INJECTED)
            .source("acme.Inject", INJECTOR.replace("NAME", "Inject"))
            .source("acme.Other", INJECTOR.replace("NAME", "Other"))
            .entry(INJECTORS, "acme.Inject\nacme.Other");

    assertThatThrownBy(() -> deploy(jar))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("more than one FunctionInstanceInjector (acme.Inject, acme.Other)");
  }

  @Test
  void injector_thatGivesNothing_failsTheCallByName() {
    TestJar jar =
        jar(INJECTED)
            .source(
                "acme.Inject",
                INJECTOR
                    .replace("NAME", "Inject")
                    .replace("type.cast(new F(\"by injector \" + ++made))", "null"));

    assertThat(failure(WireCall.post(""), deploy(jar.entry(INJECTORS, "acme.Inject"))))
        .hasMessage("acme.Inject gave no instance of acme.F");
  }

  @Test
  void serviceFile_thatIsWrong_isRefusedAtDeploy() {
    assertThatThrownBy(() -> deploy(jar(INJECTED).entry(INJECTORS, "# none")))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("names no FunctionInstanceInjector");
    assertThatThrownBy(() -> deploy(jar(QUEUE).entry(MIDDLEWARES, "acme.Gone")))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("acme.Gone");
  }

  @Test
  void instances_warm_areKept_withTheirHooks() throws Exception {
    FunctionHandle function = counting("warm");

    assertThat(WireCall.post("").text(function)).isEqualTo("init warm 1");
    assertThat(WireCall.post("").text(function)).isEqualTo("init warm 1 2");
    function.undeploy().toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(TestBag.remove("hearth.azure.seen")).isEqualTo("init warm 1 2 drain close");
  }

  @Test
  void instances_ofOneCall_areInitialisedAndNothingElse() throws Exception {
    FunctionHandle function = counting("call");

    assertThat(WireCall.post("").text(function)).isEqualTo("init 1");
    assertThat(WireCall.post("").text(function)).isEqualTo("init 1");
    function.undeploy().toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(TestBag.remove("hearth.azure.seen")).isEqualTo("init 1");
  }

  private FunctionHandle counting(String instances) {
    String members =
        """
        private final StringBuilder seen = new StringBuilder();
        private int calls;
        private String note(String what) {
          String all = seen.append(seen.length() == 0 ? "" : " ").append(what).toString();
          ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("hearth.azure.seen", all);
          return all;
        }
        public void init(dev.hearth.function.Environment environment) { note("init"); }
        public void warm(dev.hearth.function.Environment environment) { note("warm"); }
        public void drain() { note("drain"); }
        public void close() { note("close"); }
        @FunctionName("w") public String w(@HttpTrigger(name = "req") String s) { return note("" + ++calls); }
        """;
    String source =
        AzureJar.type("F", members)
            .replace("class F", "class F implements dev.hearth.function.Lifecycle");
    Path archive = AzureJar.of(directory).withApi().source("acme.F", source).build("f.jar");
    return hearth.deploy(
        "f",
        FunctionSpec.builder(archive)
            .instances(new InstanceSettings(1, 1, 1, 10))
            .env("HEARTH_AZURE_INSTANCES", instances)
            .build());
  }
}
