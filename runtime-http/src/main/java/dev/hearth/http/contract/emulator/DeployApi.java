package dev.hearth.http.contract.emulator;

import dev.hearth.FunctionHandle;
import dev.hearth.cloudevents.JsonText;
import dev.hearth.function.Request;
import dev.hearth.http.contract.Answer;
import dev.hearth.http.contract.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * As much of CodeDeploy as moves an alias's calls from a version to another: deployments are made, looked at, stopped, and hooks
 * report to them. They live in memory.
 *
 * <p>Source: AWS CodeDeploy, API reference, <i>CreateDeployment</i>, <i>PutLifecycleEventHookExecutionStatus</i>; user guide,
 * <i>AppSpec file structure</i>.
 */
final class DeployApi {

  private static final String TARGET = "CodeDeploy_20141006.";
  private static final String DEFAULT = "CodeDeployDefault.LambdaAllAtOnce";
  private static final int BODY_BYTES = 256 << 10;
  private static final int MOST = 1000; // that are over and still can be looked at

  private final Shared shared;
  private final EventQueue events;
  private final LongSupplier nanos;
  private final ConcurrentMap<String, TrafficShift> deployments = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, String> busy = new ConcurrentHashMap<>(); // id by alias's ARN

  DeployApi(Shared shared, EventQueue events, LongSupplier nanos) {
    this.shared = shared;
    this.events = events;
    this.nanos = nanos;
  }

  /** Takes a request that is this API's. */
  boolean handle(HttpExchange exchange) {
    Request request = exchange.request();
    String target = request.headers().first("X-Amz-Target").orElse("");
    if (!request.method().equals("POST") || !target.startsWith(TARGET)) {
      return false;
    }
    String operation = target.substring(TARGET.length());
    exchange.answerHeader("x-amzn-RequestId", UUID.randomUUID().toString());
    exchange.readBody(
        BODY_BYTES,
        body -> {
          try {
            return Answer.bytes(
                    200,
                    JsonText.print(run(operation, new JsonBody(body)))
                        .getBytes(StandardCharsets.UTF_8))
                .header("Content-Type", "application/x-amz-json-1.1");
          } catch (ApiException e) {
            return e.answer();
          }
        });
    return true;
  }

  private Map<String, @Nullable Object> run(String operation, JsonBody body) throws ApiException {
    return switch (operation) {
      case "CreateDeployment" -> create(body);
      case "GetDeployment" -> get(body);
      case "StopDeployment" -> stop(body);
      case "PutLifecycleEventHookExecutionStatus" -> report(body);
      default ->
          throw ApiException.parameter(
              "operation "
                  + operation
                  + " is not there; there are CreateDeployment, GetDeployment, StopDeployment and"
                  + " PutLifecycleEventHookExecutionStatus");
    };
  }

  private Map<String, @Nullable Object> create(JsonBody body) throws ApiException {
    String name = body.text("deploymentConfigName");
    ShiftPlan plan = ShiftPlan.named(name == null ? DEFAULT : name);
    if (plan == null) {
      throw ApiException.parameter(
          "deploymentConfigName is '" + name + "'; it must be one for Lambda, such as " + DEFAULT);
    }
    AppSpec spec = AppSpec.of(body);
    FunctionHandle function = shared.catalogue.function(FunctionName.parse(spec.function(), null));
    Published published = shared.catalogue.published(function);
    requireAlias(function, published, spec);
    String id = "d-" + UUID.randomUUID().toString().substring(0, 9).toUpperCase(Locale.ROOT);
    String arn = shared.settings.arn(function.name(), spec.alias());
    TrafficShift shift =
        new TrafficShift(
            published,
            spec.alias(),
            spec.current(),
            spec.target(),
            plan,
            spec.before(),
            spec.after(),
            nanos);
    if (busy.putIfAbsent(arn, id) != null) {
      throw ApiException.conflict("another deployment of " + arn + " is in progress");
    }
    deployments.values().removeIf(known -> deployments.size() > MOST && known.state().isOver());
    deployments.put(id, shift);
    Run run = new Run(id, arn, shift);
    shift.start(run);
    run.run();
    return document("deploymentId", id);
  }

  private void requireAlias(FunctionHandle function, Published published, AppSpec spec)
      throws ApiException {
    Alias alias = published.alias(spec.alias());
    boolean there =
        alias != null
            && alias.version().equals(spec.current())
            && published.version(spec.current()) != null
            && published.version(spec.target()) != null;
    if (!there) {
      throw ApiException.parameter(
          "alias '"
              + spec.alias()
              + "' of '"
              + function.name()
              + "' must point to version "
              + spec.current()
              + ", and that and version "
              + spec.target()
              + " must be there");
    }
  }

  private TrafficShift deployment(JsonBody body) throws ApiException {
    String id = body.required("deploymentId");
    TrafficShift shift = deployments.get(id);
    if (shift == null) {
      throw ApiException.notFound("deployment " + id + " is not there");
    }
    return shift;
  }

  private Map<String, @Nullable Object> get(JsonBody body) throws ApiException {
    Map<String, @Nullable Object> info = document("deploymentId", body.required("deploymentId"));
    info.put("status", status(deployment(body).state()));
    info.put("computePlatform", "Lambda");
    return document("deploymentInfo", info);
  }

  private static String status(TrafficShift.State state) {
    return switch (state) {
      case BEFORE, SHIFTING, AFTER -> "InProgress";
      case SUCCEEDED -> "Succeeded";
      case FAILED -> "Failed";
      case STOPPED -> "Stopped";
    };
  }

  private Map<String, @Nullable Object> stop(JsonBody body) throws ApiException {
    deployment(body).stop(Boolean.TRUE.equals(body.members().get("autoRollbackEnabled")));
    release(body.required("deploymentId"));
    return document("status", "Succeeded");
  }

  private void release(String id) {
    busy.values().remove(id);
  }

  private Map<String, @Nullable Object> report(JsonBody body) throws ApiException {
    TrafficShift shift = deployment(body);
    String status = body.required("status");
    String execution = body.required("lifecycleEventHookExecutionId");
    if (!status.equals("Succeeded") && !status.equals("Failed")) {
      throw ApiException.parameter("status is '" + status + "'; it must be Succeeded or Failed");
    }
    if (!shift.report(execution, status.equals("Succeeded"))) {
      throw ApiException.conflict("no hook is waited for under '" + execution + "'");
    }
    advance(body.required("deploymentId"), shift);
    return document("lifecycleEventHookExecutionId", execution);
  }

  private void advance(String id, TrafficShift shift) {
    String arn = "";
    for (Map.Entry<String, String> entry : busy.entrySet()) {
      arn = entry.getValue().equals(id) ? entry.getKey() : arn;
    }
    new Run(id, arn, shift).run();
  }

  private static Map<String, @Nullable Object> document(String name, Object value) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(name, value);
    return document;
  }

  /** Looks at a deployment whenever something is due. */
  private final class Run implements Runnable, TrafficShift.Hooks {
    private final String id;
    private final String arn;
    private final TrafficShift shift;

    Run(String id, String arn, TrafficShift shift) {
      this.id = id;
      this.arn = arn;
      this.shift = shift;
    }

    @Override
    public void run() {
      Duration next = shift.advance(this);
      if (next == null) {
        busy.remove(arn, id);
      } else {
        events.later(this, next.toMillis() + 1);
      }
    }

    @Override
    public void call(String function, String executionId) {
      Map<String, @Nullable Object> payload = document("DeploymentId", id);
      payload.put("LifecycleEventHookExecutionId", executionId);
      try {
        Target target = shared.catalogue.resolve(FunctionName.parse(function, null));
        String call = UUID.randomUUID().toString();
        InvokeRequest asked =
            new InvokeRequest(
                InvokeRequest.Type.EVENT, false, null, null, InvokeRequest.newTrace());
        events.accept(
            target,
            call,
            JsonText.print(payload).getBytes(StandardCharsets.UTF_8),
            new HashMap<>(asked.attributes(target, call)));
      } catch (ApiException e) {
        EventQueue.log()
            .warn("deployment {}: hook '{}' cannot be called: {}", id, function, e.getMessage());
        shift.stop(true);
      }
    }
  }
}
