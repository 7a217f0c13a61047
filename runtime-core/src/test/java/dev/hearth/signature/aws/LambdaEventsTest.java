package dev.hearth.signature.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vendor's event classes, which the archive brings. */
class LambdaEventsTest {

  private static final String SOURCE =
      Sources.IMPORTS
          + """
          import com.amazonaws.services.lambda.runtime.events.*;
          public class E {
            public SQSEvent sqs(SQSEvent e, Context c) { return e; }
            public SNSEvent sns(SNSEvent e, Context c) { return e; }
            public S3Event s3(S3Event e, Context c) { return e; }
            public String s3Key(S3Event e, Context c) {
              return e.getRecords().get(0).getS3().getObject().getUrlDecodedKey();
            }
            public DynamodbEvent dynamo(DynamodbEvent e, Context c) { return e; }
            public String dynamoTime(DynamodbEvent e, Context c) {
              return e.getRecords().get(0).getDynamodb().getApproximateCreationDateTime().toInstant().toString();
            }
            public String scheduled(ScheduledEvent e, Context c) { return e.getDetailType() + e.getTime(); }
            public ScheduledEvent scheduledBack(ScheduledEvent e, Context c) { return e; }
            public APIGatewayV2HTTPResponse http(Map<String, Object> in, Context c) {
              APIGatewayV2HTTPResponse r = new APIGatewayV2HTTPResponse();
              r.setStatusCode(201);
              r.setCookies(List.of("a=b"));
              r.setBody("aGk=");
              r.setIsBase64Encoded(true);
              return r;
            }
          }
          """;

  @TempDir static Path work;
  private static Path zip;
  private static Path withoutJoda;

  @BeforeAll
  static void compile() {
    zip = jar().library(LambdaFunction.library("joda-time-2.10.8.jar")).buildZip("events.zip");
    withoutJoda =
        jar().compileOnly(LambdaFunction.library("joda-time-2.10.8.jar")).buildZip("no-joda.zip");
  }

  private static TestJar jar() {
    return TestJar.of(work)
        .source("example.E", SOURCE)
        .compileOnly(LambdaFunction.library("aws-lambda-java-core-1.4.0.jar"))
        .library(LambdaFunction.library("aws-lambda-java-events-3.16.1.jar"));
  }

  private static String post(Path archive, String method, String event) throws Throwable {
    try (LambdaFunction function = LambdaFunction.open(work, archive, "example.E::" + method)) {
      return function.post(event);
    }
  }

  @Test
  void aws_case_24_sqs_keepsItsNames() throws Throwable {
    String event = "{\"Records\":[{\"messageId\":\"m\",\"eventSourceARN\":\"arn\"}]}";
    assertThat(post(zip, "sqs", event)).isEqualTo(event);
  }

  @Test
  void aws_case_25_sns_isUpperCamel() throws Throwable {
    String answer =
        post(
            zip,
            "sns",
            "{\"Records\":[{\"EventSource\":\"aws:sns\",\"Sns\":{\"Timestamp\":\"2019-01-02T12:45:07.000Z\",\"Message\":\"hi\"}}]}");
    assertThat(answer)
        .contains("\"EventSource\":\"aws:sns\"")
        .contains("\"Sns\":{")
        .contains("\"Timestamp\":\"2019-01-02T12:45:07.000Z\"")
        .contains("\"Message\":\"hi\"");
  }

  @Test
  void aws_case_26_s3_decodesTheKey() throws Throwable {
    String event =
        "{\"Records\":[{\"eventTime\":\"1970-01-01T00:00:00.000Z\",\"s3\":{\"object\":{\"key\":\"a+b%21\"}}}]}";
    assertThat(post(zip, "s3Key", event)).isEqualTo("\"a b!\"");
    assertThat(post(zip, "s3", event))
        .contains("\"awsRegion\":\"\"")
        .contains("\"key\":\"a+b%21\"");
  }

  @Test
  void aws_case_27_dynamodb_countsSeconds() throws Throwable {
    String event =
        "{\"Records\":[{\"dynamodb\":{\"ApproximateCreationDateTime\":1428537600,\"Keys\":{\"Id\":{\"N\":\"101\"}}}}]}";
    assertThat(post(zip, "dynamoTime", event)).isEqualTo("\"2015-04-09T00:00:00Z\"");
    assertThat(post(zip, "dynamo", event))
        .contains("\"ApproximateCreationDateTime\":1.4285376E9")
        .contains("\"Keys\":{\"Id\":{\"N\":\"101\"}}");
  }

  @Test
  void aws_case_28_scheduled_hasItsDash() throws Throwable {
    String event = "{\"detail-type\":\"x\",\"time\":\"1970-01-01T00:00:00Z\"}";
    assertThat(post(zip, "scheduled", event)).isEqualTo("\"x1970-01-01T00:00:00.000Z\"");
    assertThat(post(zip, "scheduledBack", event)).contains("\"detail-type\":\"x\"");
  }

  @Test
  void aws_case_29_httpResponse_hasItsNames() throws Throwable {
    assertThat(post(zip, "http", "{}"))
        .isEqualTo(
            "{\"statusCode\":201,\"cookies\":[\"a=b\"],\"body\":\"aGk=\",\"isBase64Encoded\":true}");
  }

  @Test
  void eventWithoutJoda_isGivenHearthsCopy() throws Throwable {
    String event = "{\"Records\":[{\"messageId\":\"m\"}]}";
    assertThat(post(withoutJoda, "sqs", event)).isEqualTo(event);
  }
}
