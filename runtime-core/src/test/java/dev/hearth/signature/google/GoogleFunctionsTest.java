package dev.hearth.signature.google;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Reply;
import dev.hearth.invoke.Outcome;
import dev.hearth.loader.DeployException;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.OutputException;
import dev.hearth.signature.spi.Shape;
import dev.hearth.testing.TestJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real archives, compiled against the vendor's API, through the embedding API. */
@Timeout(120)
final class GoogleFunctionsTest {

  @TempDir Path directory;
  private Path output;
  private Hearth hearth;

  @BeforeEach
  void open() {
    output = directory.resolve("output.txt");
    hearth = Hearth.builder().providedApis(GoogleJar.PROVIDED).build();
  }

  @AfterEach
  void close() {
    hearth.close();
  }

  private FunctionHandle deploy(Path jar, String handler, Map<String, String> env) {
    return hearth.deploy("f", FunctionSpec.builder(jar).handler(handler).env(env).build());
  }

  private Deployed thin(String handler) {
    return new Deployed(deploy(GoogleJar.build(directory, output), handler, Map.of()));
  }

  private static String text(Reply<byte[]> reply) {
    return new String(reply.body(), UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "acme.Web, HttpFunction, EXCHANGE",
    "acme.Names, TypedFunction, FUNCTION",
    "acme.Raw, RawBackgroundFunction, CONSUMER",
    "acme.Messages, BackgroundFunction, CONSUMER",
    "acme.Events, CloudEventsFunction, CONSUMER"
  })
  void deploy_eachKind_isRecognised(String handler, String signature, Shape shape) {
    FunctionHandle function = deploy(GoogleJar.build(directory, output), handler, Map.of());

    assertThat(function.signature()).isEqualTo("com.google.cloud.functions." + signature);
    assertThat(function.shape()).isEqualTo(shape);
  }

  @Test
  void invoke_typedFunctionInProcess_bindsText() {
    FunctionHandle function = deploy(GoogleJar.build(directory, output), "acme.Names", Map.of());

    Object reply = function.invoke("{\"firstName\":\"John\",\"lastName\":\"Doe\"}");

    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.class,
            answer ->
                assertThat(new String((byte[]) answer.body(), UTF_8))
                    .isEqualTo("{\"fullName\":\"JohnDoe\",\"sum\":0}"));
  }

  @Test
  void google_case_12_httpFunctionThrows_endsInThatFailure() throws Exception {
    Deployed function = thin("acme.Web");

    assertThat(function.outcome(Messages.get("/throws", "").body("")))
        .isInstanceOfSatisfying(
            Outcome.Threw.class, e -> assertThat(e.cause()).hasMessage("on purpose"));
    assertThat(function.outcome(Messages.get("/error", "").body("")))
        .isInstanceOfSatisfying(
            Outcome.Threw.class, e -> assertThat(e.cause()).isInstanceOf(Error.class));
  }

  @Test
  void google_case_21_to_25_typedFunction_endsAsTheContractSays() throws Exception {
    Deployed function = thin("acme.Names");

    assertThat(
            text(function.answer(Messages.json("{\"firstName\":\"John\",\"lastName\":\"Doe\"}"))))
        .isEqualTo("{\"fullName\":\"JohnDoe\",\"sum\":0}");
    assertThat(function.outcome(Messages.json("{}")))
        .isInstanceOfSatisfying(Outcome.Returned.class, e -> assertThat(e.value()).isNull());
    assertThat(function.outcome(Messages.json("{\"firstName\":")))
        .isInstanceOfSatisfying(
            Outcome.Refused.class, e -> assertThat(e.cause()).isInstanceOf(InputException.class));
    assertThat(function.outcome(Messages.json("{\"firstName\":\"throw\"}")))
        .isInstanceOfSatisfying(
            Outcome.Threw.class, e -> assertThat(e.cause()).hasMessage("on purpose"));
  }

  @Test
  void google_case_23_ownWireFormat_readsAndWrites() throws Exception {
    Deployed function = thin("acme.Lines");

    Reply<byte[]> reply = function.answer(Messages.post().body("abc\n123\n$#@\n"));
    Outcome<?> unwritable = function.outcome(Messages.post().body("bad"));

    assertThat(text(reply)).isEqualTo("abc123$#@");
    assertThat(reply.headers()).containsKey("X-Format");
    assertThat(unwritable)
        .isInstanceOfSatisfying(
            Outcome.Threw.class, e -> assertThat(e.cause()).isInstanceOf(OutputException.class));
  }

  @Test
  void google_case_30_and_34_malformedEvents_areRefused() throws Exception {
    Deployed function = thin("acme.Events");

    assertThat(function.outcome(Messages.json("{"))).isInstanceOf(Outcome.Refused.class);
    assertThat(function.outcome(Messages.get("/", "").body("")))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(Files.exists(output)).isFalse();
  }

  @Test
  void google_case_35_and_37_function_seesItsOwnWorldOnly_andItsContextLoader() throws Exception {
    assertThat(text(thin("acme.World").answer(Messages.get("/", "").body(""))))
        .isEqualTo("truetruetrue++------");
  }

  @Test
  void google_case_36_bundledLibraries_areTheFunctionsOwn() throws Exception {
    Path jar =
        GoogleJar.of(directory, output)
            .compileOnly(GoogleJar.API)
            .library(GoogleJar.LIBRARIES.resolve("cloudevents-api-2.5.0.jar"))
            .library(GoogleJar.LIBRARIES.resolve("gson-2.10.1.jar"))
            .source(
                "acme.Bundled",
                """
                package acme;

                import com.google.cloud.functions.*;
                import java.util.Map;

                public class Bundled implements TypedFunction<Map<String, Object>, Bundled.Answer> {
                  public static class Answer { boolean own; String seen; }

                  @Override public Answer apply(Map<String, Object> in) {
                    Answer answer = new Answer();
                    answer.own = com.google.gson.Gson.class.getClassLoader() == Bundled.class.getClassLoader();
                    answer.seen = new com.google.gson.Gson().toJson(in);
                    return answer;
                  }
                }
                """)
            .buildFat("fat.jar");

    Deployed function = new Deployed(deploy(jar, "acme.Bundled", Map.of()));

    assertThat(text(function.answer(Messages.json("{\"a\":1}"))))
        .isEqualTo("{\"own\":true,\"seen\":\"{\\\"a\\\":1.0}\"}");
  }

  /** The archive's copy of the vendor's API wins, in each of two versions, in one host. */
  @Test
  void google_case_38_bundledApis_ofTwoVersions_liveSideBySide() throws Exception {
    Path old =
        GoogleJar.of(directory, output)
            .compileOnly(GoogleJar.API) // its newest interface is not in the old version
            .library(GoogleJar.LIBRARIES.resolve("functions-framework-api-1.1.0.jar"))
            .library(GoogleJar.LIBRARIES.resolve("cloudevents-api-2.5.0.jar"))
            .library(GoogleJar.LIBRARIES.resolve("cloudevents-core-2.5.0.jar"))
            .source(
                "acme.Built",
                """
                package acme;

                import com.google.cloud.functions.*;
                import io.cloudevents.*;
                import io.cloudevents.core.builder.CloudEventBuilder;

                public class Built implements CloudEventsFunction {
                  @Override public void accept(CloudEvent event) throws Exception {
                    CloudEvent copy = CloudEventBuilder.v1(event).withId("copy").build();
                    Output.write(copy.getId(), copy.getSource(), copy.getExtension("x"),
                        new String(copy.getData().toBytes()),
                        CloudEvent.class.getClassLoader() == Built.class.getClassLoader());
                  }
                }
                """)
            .buildFat("old.jar");
    Deployed first = new Deployed(deploy(old, "acme.Built", Map.of()));
    Deployed second =
        new Deployed(
            hearth.deploy(
                "g",
                FunctionSpec.builder(GoogleJar.build(directory, output))
                    .handler("acme.Web")
                    .build()));
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"x\":\"y\",\"data\":{\"a\":1}}";

    Outcome<?> outcome =
        first.outcome(
            Messages.post().header("Content-Type", "application/cloudevents+json").body(event));

    assertThat(outcome).isInstanceOf(Outcome.Returned.class);
    assertThat(Files.readString(output)).isEqualTo("copy\n/s\ny\n{\"a\":1}\ntrue\n");
    assertThat(second.answer(Messages.get("/answer", "").body("")).status()).isEqualTo(418);
  }

  @Test
  void google_case_39_nestedClassWithDots_isFound() throws Exception {
    assertThat(text(thin("acme.World.Inner").answer(Messages.get("/", "").body(""))))
        .isEqualTo("inner");
  }

  @Test
  void google_case_39_classOfTheDefaultPackage_isFound() throws Exception {
    Path jar =
        TestJar.of(directory)
            .compileOnly(GoogleJar.API)
            .source(
                "Function",
                """
                public class Function implements com.google.cloud.functions.HttpFunction {
                  @Override public void service(com.google.cloud.functions.HttpRequest in,
                      com.google.cloud.functions.HttpResponse out) throws Exception {
                    out.getWriter().write("default");
                  }
                }
                """)
            .build("default.jar");

    assertThat(
            text(
                new Deployed(deploy(jar, "Function", Map.of()))
                    .answer(Messages.get("/", "").body(""))))
        .isEqualTo("default");
  }

  @Test
  void google_case_39_missingClass_isRefusedAtDeploy() {
    Path jar = GoogleJar.build(directory, output);

    assertThatThrownBy(() -> deploy(jar, "acme.Nobody.Here", Map.of()))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("acme.Nobody.Here");
  }

  @Test
  void signatureType_ofTheSpecsVariables_decides() {
    Path jar = GoogleJar.build(directory, output);

    assertThat(deploy(jar, "acme.Names", Map.of("FUNCTION_SIGNATURE_TYPE", "http")).shape())
        .isEqualTo(Shape.FUNCTION);
    assertThatThrownBy(
            () ->
                hearth.deploy(
                    "other",
                    FunctionSpec.builder(jar)
                        .handler("acme.Web")
                        .env("FUNCTION_SIGNATURE_TYPE", "cloudevent")
                        .build()))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("acme.Web")
        .hasMessageContaining("CloudEventsFunction");
  }

  @Test
  void google_case_45_constructorThatThrows_isRefusedAtDeploy() {
    Path jar =
        TestJar.of(directory)
            .compileOnly(GoogleJar.API)
            .compileOnly(GoogleJar.CLOUD_EVENTS)
            .source(
                "acme.Broken",
                """
                package acme;

                public class Broken implements com.google.cloud.functions.CloudEventsFunction {
                  public Broken() { throw new IllegalStateException("no way"); }
                  @Override public void accept(io.cloudevents.CloudEvent event) { }
                }
                """)
            .build("broken.jar");

    assertThatThrownBy(() -> deploy(jar, "acme.Broken", Map.of()))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("no way");
  }
}
