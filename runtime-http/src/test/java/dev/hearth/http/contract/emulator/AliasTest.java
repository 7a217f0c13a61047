package dev.hearth.http.contract.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.http.testing.LeakWatch;
import dev.hearth.http.testing.RawClient;
import dev.hearth.http.testing.RawClient.Answered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The cases of versions and aliases, 70 to 78. */
@Timeout(120)
@ExtendWith(LeakWatch.class)
final class AliasTest {

  private static final String BASE = "/2015-03-31/functions/fn1";
  private static final String ALIASES = BASE + "/aliases";
  private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:fn1";

  @TempDir static Path directory;
  private static Path jar;
  private Emulated host;

  @BeforeAll
  static void build() {
    jar = EmulatorJar.build(directory);
  }

  @BeforeEach
  void serve() throws IOException {
    host = new Emulated(jar).with("fn1", "F$Facts").serve();
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private Answered publish() throws IOException {
    return host.send("POST", BASE + "/versions", "");
  }

  /** Publishing what has not changed gives the same version, so the second is one of other settings. */
  private void publishTwo() throws IOException {
    assertThat(publish().text()).contains("\"Version\":\"1\"");
    host.change("fn1", "F$Facts", "CHANGED");
    assertThat(publish().text()).contains("\"Version\":\"2\"");
  }

  private Answered create(String json) throws IOException {
    return host.send("POST", ALIASES, json);
  }

  private static String revision(Answered alias) {
    String text = alias.text();
    int from = text.indexOf("\"RevisionId\":\"") + 14;
    return text.substring(from, text.indexOf('"', from));
  }

  private static void assertRefused(Answered answer, int status, String name) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("x-amzn-ErrorType")).isEqualTo(name);
  }

  @Test
  void publish_unchangedCode_givesTheVersionThereIs() throws IOException {
    Answered first = publish();
    Answered again = publish();

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.text())
        .contains("\"FunctionArn\":\"" + ARN + ":1\"", "\"Version\":\"1\"", "\"CodeSha256\":");
    assertThat(again.text()).contains("\"Version\":\"1\"");
    assertThat(host.invoke("fn1:1", "{}").text()).contains("\"variable\":\"1\"");
    assertRefused(
        host.send("POST", BASE + "/versions", "{\"CodeSha256\":\"x\"}"),
        400,
        "InvalidParameterValueException");
    assertRefused(
        host.send("POST", BASE + "/versions", "{\"RevisionId\":\"x\"}"),
        412,
        "PreconditionFailedException");
  }

  @Test
  void publish_fileGone_keepsTheCode() throws IOException {
    Path copy = Files.copy(jar, directory.resolve("gone.jar"));
    try (Emulated other = new Emulated(copy).with("fn1", "F$Facts").serve()) {
      Files.delete(copy);

      assertThat(other.send("POST", BASE + "/versions", "").status()).isEqualTo(201);
      assertThat(other.invoke("fn1:1", "{}").text()).contains("\"version\":\"1\"");
    }
  }

  @Test
  void list_versionsAndAliases_comeInPages() throws IOException {
    publishTwo();
    create("{\"Name\":\"a\",\"FunctionVersion\":\"1\"}");
    create("{\"Name\":\"b\",\"FunctionVersion\":\"2\"}");

    String first = host.send("GET", BASE + "/versions?MaxItems=2", "").text();
    String second = host.send("GET", BASE + "/versions?MaxItems=2&Marker=2", "").text();

    assertThat(first).startsWith("{\"NextMarker\":\"2\",\"Versions\":[");
    assertThat(first).contains("\"Version\":\"$LATEST\"", "\"Version\":\"1\"");
    assertThat(second).startsWith("{\"Versions\":[").contains("\"Version\":\"2\"");
    assertThat(host.send("GET", ALIASES + "?FunctionVersion=2", "").text())
        .contains("\"Name\":\"b\"")
        .doesNotContain("\"Name\":\"a\"");
    assertThat(host.send("GET", ALIASES + "?MaxItems=0", "").status()).isEqualTo(400);
    assertThat(host.send("PUT", ALIASES, "{}").status()).isEqualTo(405);
  }

  @Test
  void emulator_case_70_createAlias_isMadeWithItsArn() throws IOException {
    publish();

    Answered answer = create("{\"Name\":\"live\",\"FunctionVersion\":\"1\",\"Description\":\"d\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text())
        .contains("\"AliasArn\":\"" + ARN + ":live\"", "\"FunctionVersion\":\"1\"")
        .contains("\"Description\":\"d\"", "\"RevisionId\":\"")
        .doesNotContain("RoutingConfig");
    assertThat(host.send("GET", ALIASES + "/live", "").text()).isEqualTo(answer.text());
  }

  @Test
  void emulator_case_71_invocationByAlias_runsItsVersionUnderTheAliasesArn() throws IOException {
    publish();
    create("{\"Name\":\"live\",\"FunctionVersion\":\"1\"}");
    create("{\"Name\":\"dev\",\"FunctionVersion\":\"$LATEST\"}");

    Answered answer = host.invoke("fn1:live", "{}");

    assertThat(answer.header("X-Amz-Executed-Version")).isEqualTo("1");
    assertThat(answer.text())
        .contains("\"arn\":\"" + ARN + ":live\"", "\"version\":\"1\"", "\"name\":\"fn1\"");
    assertThat(host.out().get(0)).endsWith(" Version: 1");
    assertThat(host.invoke("fn1:dev", "{}").header("X-Amz-Executed-Version")).isEqualTo("$LATEST");
  }

  private Map<String, Integer> executed(String function, int calls) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    byte[] request = Emulated.request("POST", Emulated.path(function), "{}");
    java.io.ByteArrayOutputStream hundred = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      hundred.writeBytes(request);
    }
    try (RawClient client = host.connect()) {
      for (int i = 0; i < calls; i++) {
        if (i % 100 == 0) {
          client.send(hundred.toByteArray());
        }
        Answered answer = client.read();
        assertThat(answer.status()).isEqualTo(200);
        counts.merge(answer.header("X-Amz-Executed-Version"), 1, Integer::sum);
      }
    }
    return counts;
  }

  private void weigh(String weight) throws IOException {
    Answered answer =
        host.send(
            "PUT",
            ALIASES + "/live",
            "{\"RoutingConfig\":{\"AdditionalVersionWeights\":{\"2\":" + weight + "}}}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @Test
  void emulator_case_72_weight_sharesTheCallsOut() throws IOException {
    publishTwo();
    create("{\"Name\":\"live\",\"FunctionVersion\":\"1\"}");
    weigh("0.25");

    Map<String, Integer> counts = executed("fn1:live", 4000);

    assertThat(counts.get("2")).isBetween(850, 1150);
    assertThat(counts.get("1")).isEqualTo(4000 - counts.get("2"));
  }

  @Test
  void emulator_case_73_weightOneAndZero_areAllAndNone() throws IOException {
    publishTwo();
    create("{\"Name\":\"live\",\"FunctionVersion\":\"1\"}");
    weigh("1.0");
    assertThat(executed("fn1:live", 200)).containsOnlyKeys("2");
    weigh("0.0");
    assertThat(executed("fn1:live", 200)).containsOnlyKeys("1");
  }

  @Test
  void emulator_case_74_updateWithoutRouting_leavesTheWeightsAndAnEmptyMapClearsThem()
      throws IOException {
    publishTwo();
    create("{\"Name\":\"live\",\"FunctionVersion\":\"1\"}");
    weigh("0.5");

    String kept = host.send("PUT", ALIASES + "/live", "{\"Description\":\"x\"}").text();
    String cleared =
        host.send(
                "PUT",
                ALIASES + "/live",
                "{\"RoutingConfig\":{\"AdditionalVersionWeights\":{}},\"FunctionVersion\":\"2\"}")
            .text();

    assertThat(kept)
        .contains("\"RoutingConfig\":{\"AdditionalVersionWeights\":{\"2\":0.5}}")
        .contains("\"Description\":\"x\"");
    assertThat(cleared).doesNotContain("RoutingConfig").contains("\"FunctionVersion\":\"2\"");
  }

  @Test
  void emulator_case_75_staleRevision_isRefused() throws IOException {
    publish();
    String first = revision(create("{\"Name\":\"live\",\"FunctionVersion\":\"1\"}"));
    String body = "{\"Description\":\"x\",\"RevisionId\":\"" + first + "\"}";

    assertThat(host.send("PUT", ALIASES + "/live", body).status()).isEqualTo(200);
    assertRefused(host.send("PUT", ALIASES + "/live", body), 412, "PreconditionFailedException");
  }

  @Test
  void emulator_case_76_badAliases_areRefused() throws IOException {
    publishTwo();
    String weighted = "\"RoutingConfig\":{\"AdditionalVersionWeights\":";
    for (String body :
        new String[] {
          "{\"Name\":\"a\",\"FunctionVersion\":\"$LATEST\"," + weighted + "{\"1\":0.5}}}",
          "{\"Name\":\"a\",\"FunctionVersion\":\"1\"," + weighted + "{\"$LATEST\":0.5}}}",
          "{\"Name\":\"a\",\"FunctionVersion\":\"1\"," + weighted + "{\"2\":0.5,\"1\":0.1}}}",
          "{\"Name\":\"a\",\"FunctionVersion\":\"1\"," + weighted + "{\"2\":1.5}}}",
          "{\"Name\":\"a\",\"FunctionVersion\":\"1\"," + weighted + "{\"2\":\"0.5\"}}}",
          "{\"Name\":\"12\",\"FunctionVersion\":\"1\"}",
          "{\"Name\":\"a b\",\"FunctionVersion\":\"1\"}",
          "{\"FunctionVersion\":\"1\"}",
          "{\"Name\":1,\"FunctionVersion\":\"1\"}",
        }) {
      assertRefused(create(body), 400, "InvalidParameterValueException");
    }
    assertRefused(create("[1]"), 400, "InvalidRequestContentException");
    assertRefused(create("{"), 400, "InvalidRequestContentException");
    assertRefused(
        create("{\"Name\":\"a\",\"FunctionVersion\":\"9\"}"), 404, "ResourceNotFoundException");
  }

  @Test
  void emulator_case_77_createTwice_isAConflict() throws IOException {
    publish();
    create("{\"Name\":\"live\",\"FunctionVersion\":\"1\"}");

    assertRefused(
        create("{\"Name\":\"live\",\"FunctionVersion\":\"1\"}"), 409, "ResourceConflictException");
  }

  @Test
  void emulator_case_78_deletedAlias_isNotFound() throws IOException {
    publish();
    create("{\"Name\":\"live\",\"FunctionVersion\":\"1\"}");

    assertThat(host.send("DELETE", ALIASES + "/live", "").status()).isEqualTo(204);
    assertThat(host.send("DELETE", ALIASES + "/live", "").status()).isEqualTo(204);
    assertRefused(host.invoke("fn1:live", "{}"), 404, "ResourceNotFoundException");
    assertRefused(host.send("GET", ALIASES + "/live", ""), 404, "ResourceNotFoundException");
    assertRefused(host.send("PUT", ALIASES + "/live", "{}"), 404, "ResourceNotFoundException");
  }

  private Emulated declared(String aliases) {
    return new Emulated(jar)
        .with("fn2", "F$Facts", s -> s.property(Published.ALIASES, aliases))
        .with("one", "F$Facts", s -> version(s, "1"))
        .with("two", "F$Facts", s -> version(s, "2"));
  }

  private static dev.hearth.FunctionSpec.Builder version(
      dev.hearth.FunctionSpec.Builder spec, String number) {
    return spec.property(Published.FUNCTION, "fn2").property(Published.VERSION, number);
  }

  @Test
  void properties_versionsAndAliases_areThereFromTheStart() throws IOException {
    try (Emulated other = declared("live=1, canary=1+2:1.0, dev=$LATEST").serve()) {
      assertThat(other.invoke("fn2:live", "{}").header("X-Amz-Executed-Version")).isEqualTo("1");
      assertThat(other.invoke("fn2:canary", "{}").text()).contains("\"version\":\"2\"");
      assertThat(other.invoke("fn2:dev", "{}").text()).contains("\"version\":\"$LATEST\"");
      assertThat(other.invoke("fn2", "{}").text()).contains("\"version\":\"$LATEST\"");
      assertThat(other.send("POST", "/2015-03-31/functions/fn2/versions", "").text())
          .as("it is what version 2 is")
          .contains("\"Version\":\"2\"");
    }
  }

  @Test
  void properties_nonsense_isRefusedAtTheStart() {
    for (String aliases :
        new String[] {"live", "live=", "12=1", "a=x", "a=1+2", "a=1+2:2", "a=1,", "a=1+x:1"}) {
      assertThatThrownBy(() -> DeclaredAliases.read("fn2", aliases))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("function 'fn2': lambda.aliases has '");
    }
    for (String aliases : new String[] {"a=3", "a=1+3:0.5"}) {
      try (Emulated other = declared(aliases)) {
        assertThatThrownBy(other::serve)
            .hasMessageContaining("function 'fn2': lambda.aliases names version 3");
      }
    }
    try (Emulated other =
        new Emulated(jar).with("fn2", "F$Facts").with("one", "F$Facts", s -> version(s, "x"))) {
      assertThatThrownBy(other::serve)
          .hasMessageContaining("function 'one': property lambda.version is 'x'");
    }
  }
}
