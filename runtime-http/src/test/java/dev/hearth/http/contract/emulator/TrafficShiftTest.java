package dev.hearth.http.contract.emulator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hearth.cloudevents.JsonText;
import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient.Answered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of traffic shifting, 79 to 82, by a clock that the test moves. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class TrafficShiftTest {

  @TempDir static Path directory;
  private static Emulated host;
  private static Published published;

  private long now; // nanoseconds
  private final List<String> called = new ArrayList<>();

  @BeforeAll
  static void serve() throws IOException {
    host =
        new Emulated(EmulatorJar.build(directory))
            .with("fn1", "F$Facts", s -> s.property(Published.ALIASES, "live=1"))
            .with("one", "F$Facts", s -> version(s, "1"))
            .with("two", "F$Facts", s -> version(s, "2"))
            .with("hook", "F$Hook")
            .serve();
    published =
        host.contract().shared().catalogue.published(host.hearth.function("fn1").orElseThrow());
  }

  private static dev.hearth.FunctionSpec.Builder version(
      dev.hearth.FunctionSpec.Builder spec, String number) {
    return spec.property(Published.FUNCTION, "fn1").property(Published.VERSION, number);
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  @BeforeEach
  void pointBack() {
    Alias alias = alias();
    assertThat(published.replace(alias, alias.to("1").weighted(null, 0))).isTrue();
  }

  private static Alias alias() {
    return requireNonNull(published.alias("live"));
  }

  private TrafficShift shift(String plan, @Nullable String before, @Nullable String after) {
    TrafficShift shift =
        new TrafficShift(
            published,
            "live",
            "1",
            "2",
            requireNonNull(ShiftPlan.named(plan)),
            before,
            after,
            () -> now);
    shift.start(this::call);
    shift.advance(this::call);
    return shift;
  }

  private void call(String function, String executionId) {
    called.add(function + " " + executionId);
  }

  /** Moves the clock to so long after the begin, and lets the deployment look at it. */
  private @Nullable Duration at(TrafficShift shift, long seconds) {
    now = Duration.ofSeconds(seconds).toNanos();
    return shift.advance(this::call);
  }

  private static void assertShare(String primary, double share) {
    assertThat(alias().version()).isEqualTo(primary);
    assertThat(alias().additional()).isEqualTo(share == 0 ? null : "2");
    assertThat(alias().weight()).isEqualTo(share);
  }

  @Test
  void emulator_case_79_canary_waitsWithATenthAndThenMovesAll() {
    TrafficShift shift = shift("Canary10Percent5Minutes", null, null);

    assertShare("1", 0.1);
    assertThat(at(shift, 299)).isEqualTo(Duration.ofSeconds(1));
    assertShare("1", 0.1);
    assertThat(at(shift, 300)).isNull();
    assertShare("2", 0);
    assertThat(shift.state()).isEqualTo(TrafficShift.State.SUCCEEDED);
  }

  @Test
  void emulator_case_80_linear_addsATenthEachMinute() {
    TrafficShift shift = shift("CodeDeployDefault.LambdaLinear10PercentEvery1Minute", null, null);

    for (int minute = 0; minute < 9; minute++) {
      assertThat(at(shift, 60L * minute)).isEqualTo(Duration.ofMinutes(1));
      assertShare("1", (minute + 1) / 10.0);
    }
    assertThat(at(shift, 540)).isNull();
    assertShare("2", 0);
  }

  @Test
  void emulator_case_81_hookThatFails_movesNothing() {
    TrafficShift shift = shift("AllAtOnce", "check", null);
    assertThat(called).containsExactly("check BEFORE");
    assertShare("1", 0);
    at(shift, 60);
    assertShare("1", 0);

    assertThat(shift.report("other", false)).isFalse();
    assertThat(shift.report("BEFORE", false)).isTrue();

    at(shift, 120);
    assertShare("1", 0);
    assertThat(shift.state()).isEqualTo(TrafficShift.State.FAILED);
    assertThat(shift.report("BEFORE", true)).isFalse();
  }

  @Test
  void emulator_case_82_stopWithRollBackHalfWay_putsTheAliasBack() {
    TrafficShift shift = shift("Linear10PercentEvery1Minute", null, null);
    at(shift, 240);
    assertShare("1", 0.5);

    shift.stop(true);

    assertShare("1", 0);
    assertThat(shift.state()).isEqualTo(TrafficShift.State.STOPPED);
    assertThat(at(shift, 300)).isNull();
    assertShare("1", 0);
    TrafficShift left = shift("Canary10Percent5Minutes", null, null);
    left.stop(false);
    assertShare("1", 0.1);
  }

  @Test
  void hooks_thatSucceed_letItBeginAndEnd() {
    TrafficShift shift = shift("Canary10Percent5Minutes", "before", "after");
    assertThat(at(shift, 10)).isEqualTo(TrafficShift.HOOK_LIMIT.minusSeconds(10));
    shift.report("BEFORE", true);
    assertThat(at(shift, 20)).isEqualTo(Duration.ofSeconds(290));
    assertShare("1", 0.1);
    assertThat(at(shift, 310)).isEqualTo(TrafficShift.HOOK_LIMIT);
    assertShare("2", 0);
    assertThat(called).containsExactly("before BEFORE", "after AFTER");
    assertThat(shift.state()).isEqualTo(TrafficShift.State.AFTER);

    shift.report("AFTER", true);

    assertThat(shift.state()).isEqualTo(TrafficShift.State.SUCCEEDED);
  }

  @Test
  void hook_thatSaysNothingForAnHour_hasFailed() {
    TrafficShift shift = shift("AllAtOnce", null, "after");
    assertShare("2", 0);

    assertThat(at(shift, 3599)).isEqualTo(Duration.ofSeconds(1));
    assertThat(at(shift, 3600)).isNull();

    assertThat(shift.state()).isEqualTo(TrafficShift.State.FAILED);
    assertShare("1", 0);
  }

  @ParameterizedTest
  @CsvSource({
    "CodeDeployDefault.LambdaAllAtOnce,100,0,false",
    "Canary10Percent30Minutes,10,30,false",
    "Canary25Percent1Minute,25,1,false",
    "CodeDeployDefault.LambdaLinear10PercentEvery10Minutes,10,10,true",
  })
  void plan_names_areRead(String name, int percent, int minutes, boolean linear) {
    assertThat(ShiftPlan.named(name))
        .isEqualTo(new ShiftPlan(percent, Duration.ofMinutes(minutes), linear));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Canary",
        "Canary0Percent5Minutes",
        "Canary10Percent5",
        "Canary10PercentMinutes",
        "Linear10Percent5Minutes",
        "CodeDeployDefault.OneAtATime"
      })
  void plan_otherNames_areNone(String name) {
    assertThat(ShiftPlan.named(name)).isNull();
  }

  private static Answered deploy(String operation, Map<String, ?> body) throws IOException {
    return host.send(
        "POST",
        "/",
        JsonText.print(body),
        "X-Amz-Target: CodeDeploy_20141006." + operation,
        "Content-Type: application/x-amz-json-1.1");
  }

  private static Map<String, ?> deployment(String config, String current, String hooks) {
    String spec =
        "{\"version\":0.0,\"Resources\":[{\"f\":{\"Type\":\"AWS::Lambda::Function\",\"Properties\":"
            + "{\"Name\":\"fn1\",\"Alias\":\"live\",\"CurrentVersion\":\""
            + current
            + "\",\"TargetVersion\":\"2\"}}}],\"Hooks\":["
            + hooks
            + "]}";
    return Map.of(
        "deploymentConfigName",
        config,
        "revision",
        Map.of("revisionType", "AppSpecContent", "appSpecContent", Map.of("content", spec)));
  }

  private static String id(Answered created) {
    assertThat(created.status()).as(created.text()).isEqualTo(200);
    return created.text().replaceAll(".*\"deploymentId\":\"([^\"]+)\".*", "$1");
  }

  private static String status(String id) throws IOException {
    return deploy("GetDeployment", Map.of("deploymentId", id)).text();
  }

  @Test
  void api_allAtOnce_isDoneAtOnce() throws IOException {
    String id =
        id(deploy("CreateDeployment", deployment("CodeDeployDefault.LambdaAllAtOnce", "1", "")));

    assertThat(status(id)).contains("\"status\":\"Succeeded\"");
    assertThat(host.invoke("fn1:live", "{}").header("X-Amz-Executed-Version")).isEqualTo("2");
  }

  @Test
  void api_oneDeploymentOfAnAlias_keepsOthersOutUntilItIsStopped() throws IOException {
    Map<String, ?> canary = deployment("Canary10Percent5Minutes", "1", "");
    String id = id(deploy("CreateDeployment", canary));
    assertShare("1", 0.1);
    assertThat(status(id)).contains("\"status\":\"InProgress\"");

    assertThat(deploy("CreateDeployment", canary).status()).isEqualTo(409);
    deploy("StopDeployment", Map.of("deploymentId", id, "autoRollbackEnabled", true));

    assertShare("1", 0);
    assertThat(status(id)).contains("\"status\":\"Stopped\"");
    String next = id(deploy("CreateDeployment", canary));
    deploy("StopDeployment", Map.of("deploymentId", next, "autoRollbackEnabled", true));
  }

  @Test
  void api_hook_isCalledWithWhatItReportsUnder() throws IOException {
    List<String> told = new CopyOnWriteArrayList<>();
    System.getProperties().put("emulator.hook", told);
    String id =
        id(
            deploy(
                "CreateDeployment",
                deployment("AllAtOnce", "1", "{\"BeforeAllowTraffic\":\"hook\"}")));
    await().until(() -> told.size() == 1);
    assertThat(told.get(0)).contains("\"DeploymentId\":\"" + id + "\"");
    String execution =
        told.get(0).replaceAll(".*\"LifecycleEventHookExecutionId\":\"([^\"]+)\".*", "$1");
    assertShare("1", 0);

    Answered reported =
        deploy(
            "PutLifecycleEventHookExecutionStatus",
            Map.of(
                "deploymentId",
                id,
                "lifecycleEventHookExecutionId",
                execution,
                "status",
                "Succeeded"));

    assertThat(reported.status()).isEqualTo(200);
    assertThat(status(id)).contains("\"status\":\"Succeeded\"");
    assertShare("2", 0);
  }

  @Test
  void api_nonsense_isRefused() throws IOException {
    assertThat(deploy("CreateDeployment", deployment("Slowly", "1", "")).status()).isEqualTo(400);
    assertThat(deploy("CreateDeployment", deployment("AllAtOnce", "2", "")).status())
        .isEqualTo(400);
    assertThat(deploy("CreateDeployment", Map.of()).status()).isEqualTo(400);
    assertThat(deploy("GetDeployment", Map.of("deploymentId", "d-1")).status()).isEqualTo(404);
    assertThat(deploy("DeleteEverything", Map.of()).status()).isEqualTo(400);
    Map<String, ?> missing = deployment("AllAtOnce", "1", "{\"BeforeAllowTraffic\":\"nobody\"}");
    assertThat(status(id(deploy("CreateDeployment", missing)))).contains("\"status\":\"Stopped\"");
  }
}
