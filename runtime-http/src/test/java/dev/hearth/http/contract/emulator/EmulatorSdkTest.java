package dev.hearth.http.contract.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.hearth.http.testing.Functions.Meeting;
import dev.hearth.http.testing.RawClient;
import dev.hearth.instance.InstanceSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaAsyncClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamRequest;
import software.amazon.awssdk.services.lambda.model.InvokeWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** The AWS SDK for Java as its users have it, against the emulator. */
@Timeout(120)
final class EmulatorSdkTest {

  @TempDir static Path directory;
  private static Emulated host;
  private static LambdaClient lambda;

  @BeforeAll
  static void serve() throws IOException {
    host =
        new Emulated(
                EmulatorJar.build(directory),
                EmulatorSettings.TIMEOUT,
                "1",
                EmulatorSettings.PAUSES,
                "0")
            .with("fn1", "F$Echo")
            .with("boom", "F$Boom")
            .with("slow", "F$Slow")
            .with("ctx", "F$Ctx")
            .with("say", "F$Say")
            .with("large", "F$Large")
            .with("notes", "F$Notes")
            .with(
                "meets",
                "F$Meets",
                s ->
                    s.instances(new InstanceSettings(1, 1, 1, 0))
                        .runTimeout(Duration.ofSeconds(30)))
            .with("streams", "F$Streams", s -> s.runTimeout(Duration.ofSeconds(30)))
            .serve();
    lambda =
        LambdaClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + host.port()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "y")))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
            .build();
  }

  @AfterAll
  static void stop() {
    lambda.close();
    host.close();
  }

  private static InvokeResponse invoke(String function, String payload) {
    return lambda.invoke(r -> r.functionName(function).payload(SdkBytes.fromUtf8String(payload)));
  }

  @Test
  void emulator_case_10_invoke_givesResultAndVersion() {
    InvokeResponse answer = invoke("fn1", "{\"x\":1}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.payload().asUtf8String()).isEqualTo("{\"x\":1}");
    assertThat(answer.executedVersion()).isEqualTo("$LATEST");
    assertThat(answer.functionError()).isNull();
    assertThat(answer.logResult()).isNull();
  }

  @Test
  void emulator_case_12_and_13_eventAndDryRun_areAccepted() {
    List<String> ids = new CopyOnWriteArrayList<>();
    System.getProperties().put("sdk.event", ids);
    SdkBytes payload = SdkBytes.fromUtf8String("{\"key\":\"sdk.event\"}");

    assertThat(
            lambda
                .invoke(
                    r ->
                        r.functionName("notes")
                            .payload(payload)
                            .invocationType(InvocationType.DRY_RUN))
                .statusCode())
        .isEqualTo(204);
    InvokeResponse accepted =
        lambda.invoke(
            r -> r.functionName("notes").payload(payload).invocationType(InvocationType.EVENT));

    assertThat(accepted.statusCode()).isEqualTo(202);
    await().until(() -> ids.size() == 1);
    assertThat(ids).containsExactly(accepted.responseMetadata().requestId());
  }

  @Test
  void emulator_case_14_logTail_isTheCalls() {
    InvokeResponse answer =
        lambda.invoke(
            r ->
                r.functionName("say")
                    .payload(SdkBytes.fromUtf8String("\"hi\""))
                    .logType(LogType.TAIL));

    assertThat(new String(Base64.getDecoder().decode(answer.logResult()), StandardCharsets.UTF_8))
        .contains("START RequestId: ", "\nhi\n", "END RequestId: ", "REPORT RequestId: ");
  }

  @Test
  void emulator_case_16_and_17_errors_areTheFunctions() {
    InvokeResponse boom = invoke("boom", "{}");
    InvokeResponse late = invoke("slow", "\"slow\"");

    assertThat(boom.functionError()).isEqualTo("Unhandled");
    assertThat(boom.payload().asUtf8String()).contains("\"errorMessage\":\"bad\"");
    assertThat(late.functionError()).isEqualTo("Unhandled");
    assertThat(late.payload().asUtf8String())
        .contains("Sandbox.Timedout", "Task timed out after 1.00 seconds");
  }

  @Test
  void emulator_case_18_to_20_refusals_areTypedExceptions() {
    assertThatThrownBy(() -> invoke("nobody", "{}"))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Function not found: arn:aws:lambda:us-east-1:123456789012:");
    assertThatThrownBy(() -> invoke("fn1", "{not json"))
        .isInstanceOf(InvalidRequestContentException.class);
    assertThatThrownBy(
            () -> invoke("fn1", "\"" + "x".repeat(ApiException.PAYLOAD_BYTES - 1) + "\""))
        .isInstanceOf(RequestTooLargeException.class);
  }

  @Test
  void emulator_case_21_noRoom_isATypedExceptionWithItsReason() throws Exception {
    try (Meeting meeting = new Meeting("sdk.busy", 1);
        RawClient first = host.connect()) {
      first.send(Emulated.request("POST", Emulated.path("meets"), "\"sdk.busy\""));
      assertThat(meeting.awaitEntered()).isTrue();

      TooManyRequestsException thrown =
          catchThrowableOfType(
              TooManyRequestsException.class, () -> invoke("meets", "\"sdk.busy\""));
      meeting.go();

      assertThat(thrown.statusCode()).isEqualTo(429);
      assertThat(thrown.reasonAsString())
          .isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded");
      assertThat(thrown.retryAfterSeconds()).isEqualTo("1");
      first.read();
    }
  }

  @Test
  void emulator_case_23_to_26_payloadContextAndIds_arrive() {
    assertThat(lambda.invoke(r -> r.functionName("fn1")).payload().asUtf8String()).isEqualTo("{}");
    InvokeResponse answer =
        lambda.invoke(r -> r.functionName("ctx").clientContext("eyJjdXN0b20iOnsiayI6InYifX0="));
    assertThat(answer.payload().asUtf8String())
        .contains("\"k\":\"v\"")
        .contains("\"id\":\"" + answer.responseMetadata().requestId() + "\"");
    assertThat(invoke("large", String.valueOf(CallResult.MOST_BYTES + 1)).functionError())
        .isEqualTo("Unhandled");
  }

  @Test
  void emulator_case_11_and_70_to_78_versionsAndAliases_liveTheirLife() {
    assertThat(lambda.publishVersion(r -> r.functionName("ctx")).version()).isEqualTo("1");
    String arn = "arn:aws:lambda:us-east-1:123456789012:function:ctx";
    var made = lambda.createAlias(r -> r.functionName("ctx").name("live").functionVersion("1"));

    assertThat(made.aliasArn()).isEqualTo(arn + ":live");
    assertThat(invoke(arn + ":live", "{}").executedVersion()).isEqualTo("1");
    assertThat(invoke("ctx:1", "{}").executedVersion()).isEqualTo("1");
    assertThat(lambda.invoke(r -> r.functionName("ctx").qualifier("live")).executedVersion())
        .isEqualTo("1");
    assertThat(lambda.getAlias(r -> r.functionName("ctx").name("live")).functionVersion())
        .isEqualTo("1");
    assertThat(lambda.listAliases(r -> r.functionName("ctx")).aliases()).hasSize(1);
    assertThat(lambda.listVersionsByFunction(r -> r.functionName("ctx")).versions()).hasSize(2);
    assertThatThrownBy(
            () -> lambda.createAlias(r -> r.functionName("ctx").name("live").functionVersion("1")))
        .isInstanceOf(ResourceConflictException.class);
    lambda.updateAlias(r -> r.functionName("ctx").name("live").description("new"));
    assertThatThrownBy(
            () ->
                lambda.updateAlias(
                    r -> r.functionName("ctx").name("live").revisionId(made.revisionId())))
        .isInstanceOf(PreconditionFailedException.class);
    lambda.deleteAlias(r -> r.functionName("ctx").name("live"));
    assertThatThrownBy(() -> invoke("ctx:live", "{}"))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  /** What a stream brought, in order. */
  private static CompletableFuture<Void> stream(
      LambdaAsyncClient client, String key, List<String> events) {
    var visitor =
        InvokeWithResponseStreamResponseHandler.Visitor.builder()
            .onPayloadChunk(chunk -> events.add(chunk.payload().asUtf8String()))
            .onInvokeComplete(
                end -> events.add("end " + end.errorCode() + " " + end.errorDetails()))
            .build();
    return client.invokeWithResponseStream(
        InvokeWithResponseStreamRequest.builder()
            .functionName("streams")
            .payload(SdkBytes.fromUtf8String("\"" + key + "\""))
            .build(),
        InvokeWithResponseStreamResponseHandler.builder().subscriber(visitor).build());
  }

  @Test
  void emulator_case_27_and_28_streams_comeAsTheyAreWritten() throws Exception {
    try (LambdaAsyncClient client =
            LambdaAsyncClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + host.port()))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "y")))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(r -> r.maxAttempts(1)))
                .build();
        Meeting good = new Meeting("sdk.stream", 1);
        Meeting bad = new Meeting("fail.sdk", 1)) {
      List<String> events = new CopyOnWriteArrayList<>();
      CompletableFuture<Void> done = stream(client, "sdk.stream", events);
      await().until(() -> events.contains("ab"));
      good.go();
      done.get(30, TimeUnit.SECONDS);
      assertThat(events).containsExactly("ab", "cd", "end null null");

      List<String> failed = new CopyOnWriteArrayList<>();
      CompletableFuture<Void> broken = stream(client, "fail.sdk", failed);
      await().until(() -> failed.contains("ab"));
      bad.go();
      try {
        broken.get(30, TimeUnit.SECONDS);
      } catch (java.util.concurrent.ExecutionException | CompletionException e) {
        // newer clients raise what the last frame says
      }
      assertThat(failed.get(1)).startsWith("end Runtime.UserException").contains("half way");
    }
  }
}
