package dev.hearth.http.contract.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.signature.funqy.FunqyJars;
import dev.hearth.testing.TestBag;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Funqy's mode; numbers are those of the conventions for plain functions, letters those of Knative's contract. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FunqyModeTest {

  private static final String JSON = "application/json";

  private static final String FUNCTIONS =
      """
      package fq;
      import io.quarkus.funqy.Funq;
      import io.quarkus.funqy.runtime.bindings.http.HttpResponse;
      import java.util.*;
      public class Functions {
        @Funq public String toLowerCase(String in) { return in.toLowerCase(); }
        @Funq public int doubleIt(int in) { return in * 2; }
        @Funq public void noop() {}
        @Funq public String get() { return "get"; }
        @Funq("greet") public String greeting(Person in) { return in.toString(); }
        @Funq public Map<String, Integer> counts(Map<String, Integer> in) { return in; }
        @Funq public String boom() { throw new IllegalStateException("secret"); }
        @Funq public HttpResponse created() { return new HttpResponse(201, List.of("a")); }
        @Funq public HttpResponse missing() {
          HttpResponse response = new HttpResponse(404, "x");
          response.addHeaders("x-why", "because");
          return response;
        }
        @Funq public io.smallrye.mutiny.Uni<String> later() {
          return io.smallrye.mutiny.Uni.createFrom().item("later");
        }
        @Funq public io.smallrye.mutiny.Uni<Void> laterNothing() {
          return io.smallrye.mutiny.Uni.createFrom().voidItem();
        }
        @Funq public java.util.concurrent.CompletionStage<Integer> stage() {
          return java.util.concurrent.CompletableFuture.completedFuture(3);
        }
      }
      """;

  private static final String PERSON =
      """
      package fq;
      import java.util.*;
      public class Person {
        private String first; private String last; private int age; private Person dad;
        private List<String> tags = List.of(); private List<Person> kids = List.of();
        private Map<String, String> address = Map.of(); private Map<String, Place> places = Map.of();
        private java.time.OffsetDateTime when;
        public void setFirst(String value) { first = value; }
        public void setLast(String value) { last = value; }
        public void setAge(int value) { age = value; }
        public void setDad(Person value) { dad = value; }
        public void setTags(List<String> value) { tags = value; }
        public void setKids(List<Person> value) { kids = value; }
        public void setAddress(Map<String, String> value) { address = value; }
        public void setPlaces(Map<String, Place> value) { places = value; }
        public void setWhen(java.time.OffsetDateTime value) { when = value; }
        public String toString() {
          return first + " " + last + (age == 0 ? "" : " " + age) + (dad == null ? "" : " dad:" + dad.first)
              + (tags.isEmpty() ? "" : " " + tags) + (kids.isEmpty() ? "" : " " + kids)
              + (address.isEmpty() ? "" : " " + address) + (places.isEmpty() ? "" : " " + places)
              + (when == null ? "" : " " + when.getYear());
        }
        public static class Place {
          private String city;
          public void setCity(String value) { city = value; }
          public String toString() { return city; }
        }
      }
      """;

  /** The class that newer versions of the vendor's API have, with the members that its documentation names. */
  private static final String HTTP_RESPONSE =
      """
      package io.quarkus.funqy.runtime.bindings.http;
      import java.util.*;
      public class HttpResponse {
        private final int statusCode; private Map<String, String> headers; private final Object body;
        public HttpResponse(int statusCode, Object body) { this.statusCode = statusCode; this.body = body; }
        public int getStatusCode() { return statusCode; }
        public Object getBody() { return body; }
        public void addHeaders(String key, String value) {
          if (headers == null) { headers = new HashMap<>(); }
          headers.put(key, value);
        }
      }
      """;

  private static final String EVENTS =
      """
      package fq;
      import io.quarkus.funqy.*;
      import io.quarkus.funqy.knative.events.*;
      public class Events {
        @Funq public String shout(String in) { return in.toUpperCase(); }
        @Funq public void swallow(String in) { ((java.util.Map<Object, Object>) System.getProperties().computeIfAbsent("hearth.test.bag", bag -> new java.util.concurrent.ConcurrentHashMap<>())).put("fq.swallowed", in); }
        @Funq public byte[] raw(byte[] in) { return in; }
        @Funq
        @CloudEventMapping(trigger = "order.created", responseType = "order.priced", responseSource = "/prices")
        public int price(int in) { return in + 1; }
        @Funq @CloudEventMapping(trigger = "twice", attributes = @EventAttribute(name = "region", value = "eu"))
        public String first(String in) { return "eu"; }
        @Funq @CloudEventMapping(trigger = "twice", attributes = @EventAttribute(name = "source", value = "both"))
        public String second(String in) { return "other"; }
        @Funq public CloudEvent<String> whole(CloudEvent<String> in) {
          return CloudEventBuilder.create().id("7").subject(in.subject())
              .extensions(java.util.Map.of("seen", in.extensions().getOrDefault("tenant", "none")))
              .build(in.type() + " " + in.data());
        }
        @Funq public String about(String in, @io.quarkus.funqy.Context CloudEvent<?> event) {
          return event == null ? "no event" : event.id() + " " + in;
        }
      }
      """;

  private ModeHost host;
  private ModeHost events;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    Path jar =
        FunqyJars.api(TestJar.of(directory))
            .source("fq.Functions", FUNCTIONS)
            .source("fq.Person", PERSON)
            .source("io.quarkus.funqy.runtime.bindings.http.HttpResponse", HTTP_RESPONSE)
            .build("functions.jar");
    host = ModeHost.serve(jar, null, Map.of());
    Path eventJar =
        FunqyJars.api(TestJar.of(directory)).source("fq.Events", EVENTS).build("events.jar");
    events =
        ModeHost.serve(
            eventJar,
            null,
            Map.of("QUARKUS_FUNQY_KNATIVE_EVENTS_MAPPING_SHOUT_RESPONSE_TYPE", "shouted"));
  }

  @AfterAll
  void stop() {
    host.close();
    events.close();
  }

  @Test
  void fq_case_25_text_isQuotedBothWays() throws IOException {
    Answered answer = host.post("/toLowerCase", JSON, "\"Hello\"");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(JSON);
    assertThat(answer.text()).isEqualTo("\"hello\"");
    assertThat(host.post("/toLowerCase", JSON, "Hello").status()).isEqualTo(400);
  }

  @Test
  void fq_case_26_number_isANumber() throws IOException {
    assertThat(host.post("/doubleIt", JSON, "2").text()).isEqualTo("4");
    assertThat(host.post("/doubleIt", "", "").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void fq_case_27_void_is204(String method) throws IOException {
    Answered answer = host.send(method, "/noop");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void fq_case_28_functionWithoutInput_isCalledEitherWay(String method) throws IOException {
    assertThat(host.send(method, "/get").text()).isEqualTo("\"get\"");
  }

  @Test
  void fq_case_29_brokenJson_is400() throws IOException {
    assertThat(host.post("/greet", JSON, "{\"name\":").status()).isEqualTo(400);
  }

  @Test
  void fq_case_30_otherMethods_are405() throws IOException {
    Answered answer = host.send("PUT", "/greet", JSON, "{}");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, POST");
  }

  @Test
  void fq_case_31_query_fillsABean() throws IOException {
    assertThat(host.get("/greet?first=A&last=B%20C&age=5&unknown=x").text())
        .isEqualTo("\"A B C 5\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/greet?first=A&last=B&dad.first=John|\"A B dad:John\"",
        "/greet?first=A&last=B&tags=x&tags=y|\"A B [x, y]\"",
        "/greet?first=A&last=B&kids.1.first=C&kids.1.last=D&kids.2.first=E&kids.2.last=F|\"A B [C"
            + " D, E F]\"",
        "/greet?first=A&last=B&address.state=MA|\"A B {state=MA}\"",
        "/greet?first=A&last=B&places.home.city=X&places.work.city=Y|\"A B {home=X, work=Y}\"",
        "/greet?first=A&last=B&when=2026-01-02T03:04:05Z|\"A B 2026\"",
        "/counts?a=1&b=2|{\"a\":1,\"b\":2}"
      })
  void fq_case_32_names_leadIntoWhatIsNested(String path, String answer) throws IOException {
    assertThat(host.get(path).text()).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/greet?dad.first=A&when=notadate",
        "/greet?age=x",
        "/greet?first=%zz",
        "/counts?a=x",
        "/doubleIt?a=1"
      })
  void fq_case_33_badQuery_is400(String path) throws IOException {
    assertThat(host.get(path).status()).isEqualTo(400);
  }

  @Test
  void fq_case_33_rootPath_isTheOnlyFunctions(@TempDir Path directory) throws IOException {
    assertThat(host.post("/", JSON, "1").status()).isEqualTo(404);
    Path jar =
        FunqyJars.api(TestJar.of(directory))
            .source(
                "fq.One",
                "package fq; public class One { @io.quarkus.funqy.Funq public int twice(int in) {"
                    + " return 2 * in; } }")
            .build("one.jar");
    try (ModeHost one = ModeHost.serve(jar, null, Map.of())) {
      assertThat(one.post("/", JSON, "2").text()).isEqualTo("4");
      assertThat(one.post("/twice", JSON, "2").text()).isEqualTo("4");
      assertThat(one.post("/archive", JSON, "2").text()).isEqualTo("4");
    }
  }

  @Test
  void fq_case_34_exception_is500() throws IOException {
    Answered answer = host.get("/boom");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("IllegalStateException").doesNotContain("secret");
  }

  @Test
  void fq_case_35_httpResponse_setsTheStatus() throws IOException {
    Answered created = host.get("/created");
    Answered missing = host.get("/missing");

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text()).isEqualTo("[\"a\"]");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.text()).isEqualTo("\"x\"");
    assertThat(missing.header("x-why")).isEqualTo("because");
  }

  @Test
  void unknownPath_is404() throws IOException {
    assertThat(host.get("/nope").status()).isEqualTo(404);
    assertThat(host.get("/tolowercase").status()).isEqualTo(404);
    assertThat(host.get("/archive/get").text()).isEqualTo("\"get\"");
  }

  @Test
  void promises_areWaitedFor() throws IOException {
    assertThat(host.get("/later").text()).isEqualTo("\"later\"");
    assertThat(host.get("/laterNothing").status()).isEqualTo(204);
    assertThat(host.get("/stage").text()).isEqualTo("3");
  }

  private Answered event(String type, String contentType, String data, String... more)
      throws IOException {
    String[] headers = new String[4 + more.length];
    headers[0] = "ce-id: 1";
    headers[1] = "ce-specversion: 1.0";
    headers[2] = "ce-source: test";
    headers[3] = "ce-type: " + type;
    System.arraycopy(more, 0, headers, 4, more.length);
    return events.post("/", contentType, data, headers);
  }

  @Test
  void knative_case_21_binaryEvent_isAnsweredInBinaryMode() throws IOException {
    Answered answer = event("shout", JSON, "\"hi\"");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("\"HI\"");
    assertThat(answer.header("ce-id")).isNotEmpty();
    assertThat(answer.header("ce-specversion")).isEqualTo("1.0");
    assertThat(answer.header("ce-source")).isEqualTo("shout");
    assertThat(answer.header("ce-type")).isEqualTo("shouted");
    assertThat(answer.header("Content-Type")).isEqualTo(JSON);
  }

  @Test
  void knative_case_21_structuredEvent_isAnsweredInStructuredMode() throws IOException {
    Answered answer =
        events.post(
            "/",
            "application/cloudevents+json",
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"order.created\",\"data\":41}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/cloudevents+json");
    assertThat(answer.text())
        .contains(
            "\"specversion\":\"1.0\"",
            "\"source\":\"/prices\"",
            "\"type\":\"order.priced\"",
            "\"datacontenttype\":\"application/json\"",
            "\"data\":42");
  }

  @Test
  void structuredEvent_ofBytes_isBase64() throws IOException {
    Answered answer =
        events.post(
            "/",
            "application/cloudevents+json",
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"raw\",\"data_base64\":\"AQID\"}");

    assertThat(answer.text())
        .contains("\"data_base64\":\"AQID\"", "\"datacontenttype\":\"application/octet-stream\"");
    assertThat(
            events
                .post(
                    "/",
                    "application/cloudevents+json",
                    "{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"s\",\"type\":\"raw\",\"datacontentencoding\":\"base64\",\"data\":\"AQID\"}")
                .text())
        .contains("\"data\":\"AQID\"", "\"datacontentencoding\":\"base64\"");
  }

  @Test
  void knative_case_22_voidFunction_is204() throws IOException {
    Answered answer = event("swallow", JSON, "\"eaten\"");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(TestBag.get("fq.swallowed")).isEqualTo("eaten");
  }

  @Test
  void knative_case_23_batch_is406() throws IOException {
    assertThat(events.post("/", "application/cloudevents-batch+json", "[]").status())
        .isEqualTo(406);
  }

  @Test
  void knative_case_24_eventOfNoOrTwoFunctions_isRefused() throws IOException {
    assertThat(event("unknown", JSON, "\"x\"").status()).isEqualTo(404);
    assertThat(event("twice", JSON, "\"x\"", "ce-region: eu").text()).isEqualTo("\"eu\"");
    assertThat(event("twice", JSON, "\"x\"", "ce-region: us").status()).isEqualTo(404);
    assertThat(
            events
                .post(
                    "/",
                    "application/cloudevents+json",
                    "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"both\",\"region\":\"eu\",\"type\":\"twice\",\"data\":\"x\"}")
                .status())
        .isEqualTo(409);
  }

  @Test
  void knative_case_25_plainRequestToAnEventFunction_is400() throws IOException {
    assertThat(events.post("/whole", JSON, "\"x\"").status()).isEqualTo(400);
    assertThat(events.post("/shout", JSON, "\"x\"").text()).isEqualTo("\"X\"");
  }

  @Test
  void wholeEvents_areTakenAndGiven() throws IOException {
    Answered answer = event("whole", JSON, "\"data\"", "ce-subject: about", "ce-tenant: acme");

    assertThat(answer.text()).isEqualTo("\"whole data\"");
    assertThat(answer.header("ce-id")).isEqualTo("7");
    assertThat(answer.header("ce-subject")).isEqualTo("about");
    assertThat(answer.header("ce-seen")).isEqualTo("acme");
    assertThat(answer.header("ce-type")).isEqualTo("whole.output");
  }

  @Test
  void context_isTheEventWhereThereIsOne() throws IOException {
    assertThat(event("about", JSON, "\"x\"").text()).isEqualTo("\"1 x\"");
    assertThat(events.post("/about", JSON, "\"x\"").text()).isEqualTo("\"no event\"");
  }

  @Test
  void eventOfAnotherMediaType_is415() throws IOException {
    assertThat(event("shout", "application/xml", "<a/>").status()).isEqualTo(415);
    assertThat(event("raw", "application/octet-stream", "abc").text()).isEqualTo("abc");
  }

  @Test
  void export_takesEveryEvent(@TempDir Path directory) throws IOException {
    Path jar = FunqyJars.api(TestJar.of(directory)).source("fq.Events", EVENTS).build("e.jar");
    try (ModeHost one = ModeHost.serve(jar, null, Map.of("QUARKUS_FUNQY_EXPORT", "shout"))) {
      Answered answer =
          one.post(
              "/",
              JSON,
              "\"x\"",
              "ce-id: 1",
              "ce-specversion: 1.0",
              "ce-source: s",
              "ce-type: any");

      assertThat(answer.text()).isEqualTo("\"X\"");
      assertThat(one.post("/", JSON, "\"y\"").text()).isEqualTo("\"Y\"");
    }
  }
}
