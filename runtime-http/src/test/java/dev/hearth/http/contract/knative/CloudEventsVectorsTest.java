package dev.hearth.http.contract.knative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Case 3: the feature file and the events of the public conformance suite, sent as they stand. Skipped where they are not. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class CloudEventsVectorsTest {

  private static final Path VECTORS =
      Path.of(System.getProperty("hearth.shared", "../shared"), "vectors", "cloudevents");

  @TempDir Path directory;
  private TestHost host;

  private void serve(String handler) throws IOException {
    host = EventJar.serve(directory, Map.of(), handler);
  }

  @AfterEach
  void stop() {
    if (host != null) {
      host.close();
    }
  }

  private static String file(String name) throws IOException {
    Path file = VECTORS.resolve(name);
    assumeTrue(Files.exists(file), file + " is not there");
    return Files.readString(file);
  }

  /** The requests of the feature file, each with each of its content types, and the content type. */
  private static List<String[]> requests(String feature) {
    List<String[]> requests = new ArrayList<>();
    for (String scenario : feature.split("Scenario Outline:")) {
      if (!scenario.contains("Given an HTTP request")) {
        continue;
      }
      String request = block(scenario, 0);
      for (String row : scenario.substring(scenario.indexOf("Examples:")).split("\n")) {
        String cell = row.replace('|', ' ').strip();
        if (cell.startsWith("application/")) {
          requests.add(new String[] {request.replace("<contentType>", cell), cell});
        }
      }
    }
    return requests;
  }

  /** The text between the first pair of triple quotes behind an offset, without its indent. */
  private static String block(String scenario, int from) {
    int begin = scenario.indexOf("\"\"\"", from) + 4;
    int end = scenario.indexOf("\"\"\"", begin);
    return scenario.substring(begin, end).stripIndent().stripTrailing();
  }

  /** With the line ends of HTTP, and the length of this body, whose white space the file does not fix. */
  private static String onTheWire(String request) {
    int gap = request.indexOf("\n\n");
    String body = request.substring(gap + 2);
    String head =
        request
            .substring(0, gap)
            .replaceFirst("Content-Length: \\d+", "Content-Length: " + body.length());
    return head.replace("\n", "\r\n") + "\r\n\r\n" + body;
  }

  @Test
  void cloudevents_case_03_featureFile_isParsedAsItSays() throws IOException {
    List<String[]> requests = requests(file("http-protocol-binding.feature"));
    assertThat(requests).hasSize(4);
    serve("e.Tell::tell");

    for (String[] request : requests) {
      Answered answer = host.ask(onTheWire(request[0]));

      boolean structured = request[1].contains("cloudevents");
      String dataType = structured ? "application/json" : request[1];
      String told =
          structured
              ? (String) members(answer.text()).get("data") // the answer is an event, too
              : answer.text();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(told)
          .contains(
              "ce-id=1234-1234-1234\n",
              "ce-specversion=1.0\n",
              "ce-type=com.example.someevent\n",
              "ce-source=/mycontext/subcontext\n",
              "ce-time=2018-04-05T03:56:24Z\n",
              "ce-datacontenttype=" + dataType + "\n",
              "header content-type=" + dataType + "\n");
      String body = told.substring(told.indexOf("body=") + 5);
      assertThat(members(body)).isEqualTo(Map.of("message", "Hello World!"));
    }
  }

  @SuppressWarnings("unchecked") // an object of JSON, which is YAML
  private static Map<String, Object> members(String json) {
    return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(json);
  }

  private static List<Map<String, Object>> events(String yaml) {
    List<Map<String, Object>> events = new ArrayList<>();
    for (Object each :
        new Load(
                LoadSettings.builder()
                    .setSchema(new org.snakeyaml.engine.v2.schema.FailsafeSchema())
                    .build())
            .loadAllFromString(yaml)) {
      @SuppressWarnings("unchecked") // as the suite writes them
      Map<String, Object> event = (Map<String, Object>) each;
      events.add(event);
    }
    return events;
  }

  @SuppressWarnings("unchecked") // as the suite writes them
  private static Map<String, String> attributes(Map<String, Object> event) {
    Map<String, Object> given = (Map<String, Object>) event.get("ContextAttributes");
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, Object> attribute : given.entrySet()) {
      if (attribute.getKey().equals("Extensions")) {
        attributes.putAll((Map<String, String>) attribute.getValue());
      } else {
        attributes.put(attribute.getKey(), (String) attribute.getValue());
      }
    }
    return attributes;
  }

  private void assertComesBack(Map<String, Object> event, boolean structured) throws IOException {
    Map<String, String> attributes = attributes(event);
    String data = (String) event.get("Data");
    Answered answer = structured ? structured(attributes, data) : binary(attributes, data);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    if (structured) {
      Map<String, Object> back = members(answer.text());
      attributes.forEach((name, value) -> assertThat(back).containsEntry(name, value));
      assertThat(back.get("data")).isEqualTo(Map.of("world", "hello"));
      return;
    }
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      String header =
          attribute.getKey().equals("datacontenttype")
              ? "Content-Type"
              : "ce-" + attribute.getKey();
      assertThat(decoded(answer.header(header))).isEqualTo(attribute.getValue());
    }
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(data);
  }

  private Answered binary(Map<String, String> attributes, String data) throws IOException {
    StringBuilder headers = new StringBuilder();
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      boolean type = attribute.getKey().toLowerCase(Locale.ROOT).equals("datacontenttype");
      headers.append(type ? "Content-Type" : "ce-" + attribute.getKey());
      headers.append(": ").append(encoded(attribute.getValue(), type)).append("\r\n");
    }
    return host.ask(EventJar.request("POST", "/", headers.toString(), data));
  }

  private static String encoded(String value, boolean plain) {
    return plain
        ? value
        : value.replace("%", "%25").replace(" ", "%20").replace("\"", "%22").replace("\n", "%0A");
  }

  private static String decoded(String value) {
    return value.replace("%20", " ").replace("%22", "\"").replace("%0A", "\n").replace("%25", "%");
  }

  private Answered structured(Map<String, String> attributes, String data) throws IOException {
    StringBuilder json = new StringBuilder("{");
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      String value = attribute.getValue().replace("\"", "\\\"").replace("\n", "\\n");
      json.append('"').append(attribute.getKey()).append("\":\"").append(value).append("\",");
    }
    return EventJar.post(
        host, "application/cloudevents+json", json + "\"data\":" + data.strip() + "}");
  }

  @Test
  void cloudevents_case_03_eventsOfTheSuite_comeBackAsTheyWere() throws IOException {
    List<Map<String, Object>> minimal = events(file("v1_minimum.yaml"));
    List<Map<String, Object>> full = events(file("v1.yaml"));
    assertThat(minimal).hasSize(6);
    assertThat(full).hasSize(2);

    for (String echo : List.of("e.Echo", "e.SdkEcho")) {
      serve(echo);
      for (Map<String, Object> event : minimal) {
        assertComesBack(event, false);
      }
      assertComesBack(full.get(0), false);
      assertComesBack(full.get(1), true);
      stop();
    }
    host = null;
  }
}
