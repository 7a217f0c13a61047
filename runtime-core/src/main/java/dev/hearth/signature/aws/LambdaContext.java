package dev.hearth.signature.aws;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.hearth.function.Log;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call as a Lambda handler sees it. */
final class LambdaContext implements Context {

  private final dev.hearth.function.Context call;
  private final Settings settings;
  private final LambdaLogger logger;
  private final String requestId;
  private final @Nullable CognitoIdentity identity;
  private final @Nullable ClientContext client;

  /** Reads what the platform sent as JSON; what is wrong with it fails the call, as it does on Lambda. */
  LambdaContext(dev.hearth.function.Context call, Settings settings, LambdaLogger logger) {
    this.call = call;
    this.settings = settings;
    this.logger = logger;
    Map<String, String> attributes = call.attributes();
    this.requestId = requestId(call);
    this.identity = Mobile.identity(attributes.get("lambda.cognito-identity"));
    this.client = Mobile.client(attributes.get("lambda.client-context"));
  }

  /** The id of a call that may have no context of its own. */
  static String requestId(dev.hearth.function.Context call) {
    return call.attributes().getOrDefault("lambda.request-id", call.id());
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return settings.logGroup();
  }

  @Override
  public String getLogStreamName() {
    return settings.logStream();
  }

  @Override
  public String getFunctionName() {
    return call.attributes().getOrDefault("lambda.function-name", settings.functionName());
  }

  @Override
  public String getFunctionVersion() {
    return call.attributes().getOrDefault("lambda.function-version", settings.functionVersion());
  }

  @Override
  public String getInvokedFunctionArn() {
    return call.attributes().getOrDefault("lambda.invoked-function-arn", settings.arn());
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return identity;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return client;
  }

  /** Without a deadline it is as long as the type can say. */
  @Override
  public int getRemainingTimeInMillis() {
    Optional<Duration> remaining = call.remaining();
    return remaining.isEmpty()
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE, remaining.get().toMillis());
  }

  @Override
  public int getMemoryLimitInMB() {
    return settings.memoryMegabytes();
  }

  @Override
  public LambdaLogger getLogger() {
    return logger;
  }

  @Override
  public @Nullable String getTenantId() {
    return call.attributes().get("lambda.tenant-id");
  }

  @Override
  public @Nullable String getXrayTraceId() {
    return call.attributes().get("lambda.trace-id");
  }

  /** The host's log, for this call's lines. */
  Log log() {
    return call.log();
  }

  /** Whether what a handler writes to its stream goes out as it is written. */
  boolean isStreaming() {
    return "streaming".equals(call.attributes().get("lambda.response-mode"));
  }

  /** Whether the call comes from Android, whose events are bound by the vendor's other JSON library. */
  boolean isFromAndroid() {
    Map<String, String> environment = client == null ? null : client.getEnvironment();
    return environment != null && "Android".equalsIgnoreCase(environment.get("platform"));
  }
}
