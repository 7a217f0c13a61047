package dev.hearth.signature.fission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.loader.DeployException;
import dev.hearth.signature.spi.InputException;
import dev.hearth.signature.spi.Shape;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.TestHost.Answer;
import dev.hearth.testing.TestJar;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jars compiled against the vendor's libraries, as users ship them. */
@Timeout(120)
final class FissionTest {

  private static final String SPRING =
      """
      package acme;
      import java.util.*;
      import org.springframework.core.io.*;
      import org.springframework.http.*;
      import io.fission.*;
      public class F implements Function {
        @Override public ResponseEntity<?> call(RequestEntity request, Context context) {
          BODY
        }
      }
      """;

  private static final String TYPED =
      """
      package acme;
      import java.util.*;
      import org.springframework.http.*;
      import io.fission.*;
      public class F implements Function<Object, Object> {
        public record Order(int id, String name) {}
        public ResponseEntity<?> call(RequestEntity request, Context context) { return null; }
        BODY
      }
      """;

  private static final String JAXRS =
      """
      package acme;
      import java.io.*;
      import java.util.*;
      import javax.ws.rs.*;
      import javax.ws.rs.container.ContainerRequestContext;
      import javax.ws.rs.core.*;
      public class F implements io.fission.Function<ContainerRequestContext, Response> {
        public Response call(ContainerRequestContext request, io.fission.Context context) {
          BODY
        }
      }
      """;

  @TempDir Path directory;

  private Path thin(String set, String source) {
    return FissionContractTest.against(TestJar.of(directory).source("acme.F", source), set)
        .build("thin.jar");
  }

  private TestHost spring(String body) {
    return TestHost.deploy(thin("fission-spring", SPRING.replace("BODY", body)), "acme.F");
  }

  private TestHost jaxrs(String body) {
    return TestHost.deploy(thin("fission-jersey", JAXRS.replace("BODY", body)), "acme.F");
  }

  private static Answer get(TestHost host, String path, String query) {
    return host.send("GET", path, query, Map.of("Host", List.of("example.com:8888")), new byte[0]);
  }

  @Nested
  final class Spring {

    @Test
    void handler_ofTheVendorsExample_answers() {
      try (TestHost host = spring("return ResponseEntity.ok(\"Hello World!\");")) {
        Answer answer = get(host, "/", "");

        assertThat(answer.text()).isEqualTo("Hello World!");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.type()).startsWith("text/plain");
        assertThat(host.function().signature()).isEqualTo("io.fission.Function (Spring)");
        assertThat(host.function().shape()).isEqualTo(Shape.EXCHANGE);
      }
    }

    @Test
    void handler_notNamed_isFound() {
      Path jar =
          thin("fission-spring", SPRING.replace("BODY", "return ResponseEntity.ok(\"found\");"));
      try (TestHost host = TestHost.deploy(jar, null)) {
        assertThat(get(host, "/", "").text()).isEqualTo("found");
      }
    }

    @Test
    void request_methodAddressAndHeaders_areSeen() {
      try (TestHost host =
          spring(
              """
              return ResponseEntity.ok(request.getMethod() + " " + request.getUrl() + " "
                  + request.getHeaders().get("x-many") + " " + request.getHeaders().getFirst("X-ONE")
                  + " " + context + " " + request.getBody());
              """)) {
        Answer answer =
            host.send(
                "PATCH",
                "/a%20b/|",
                "x=1&y=%2F",
                Map.of(
                    "Host", List.of("example.com:8888"),
                    "X-Many", List.of("1", "2"),
                    "x-one", List.of("one")),
                new byte[0]);

        assertThat(answer.text())
            .isEqualTo("PATCH http://example.com:8888/a%20b/%7C?x=1&y=%2F [1, 2] one null null");
        assertThat(get(host, "/a/b", "").text()).startsWith("GET http://example.com:8888/a/b ");
      }
    }

    @Test
    void body_withoutDeclaredType_isWhatTheMediaTypeSays() {
      try (TestHost host =
          spring(
              """
              Object body = request.getBody();
              return ResponseEntity.ok(body instanceof byte[] b ? "bytes " + b.length
                  : body == null ? "none" : (body instanceof Map ? "map " : "text ") + body);
              """)) {
        assertThat(host.post("application/json", "{\"a\":[1,2]}").text())
            .isEqualTo("map {a=[1, 2]}");
        assertThat(host.post("text/plain", "hé").text()).isEqualTo("text hé");
        assertThat(host.post("application/octet-stream", new byte[3]).text()).isEqualTo("bytes 3");
        assertThat(host.post("text/plain", "").text()).isEqualTo("none");
        assertThat(host.post("application/json", "{\"a\":").refused())
            .isInstanceOf(InputException.class);
      }
    }

    @Test
    void body_declaredType_isBound() {
      String source =
          TYPED
              .replace(
                  "public ResponseEntity<?> call(RequestEntity request, Context context) { return null; }",
                  "")
              .replace(
                  "implements Function<Object, Object>",
                  "implements Function<RequestEntity<Map<String, String>>, Object>")
              .replace(
                  "BODY",
                  "public ResponseEntity<?> call(RequestEntity request, Context context) { return"
                      + " ResponseEntity.ok(request.getBody().getClass().getSimpleName() + request.getBody()); }");
      try (TestHost host = TestHost.deploy(thin("fission-spring", source), "acme.F")) {
        assertThat(host.post("application/json", "{\"a\":\"b\"}").text()).contains("{a=b}");
      }
    }

    @Test
    void response_statusHeadersAndBodies_arrive() {
      try (TestHost host =
          spring(
              """
              switch (String.valueOf(request.getBody())) {
                case "map": return ResponseEntity.ok(Map.of("a", 1));
                case "bytes": return ResponseEntity.ok(new byte[] {0, (byte) 0xff});
                case "resource":
                  return ResponseEntity.ok().contentType(MediaType.IMAGE_PNG)
                      .body(new ByteArrayResource(new byte[] {1}));
                case "empty": return ResponseEntity.noContent().build();
                case "odd": return ResponseEntity.status(418).header("X-A", "1", "2").body("tea");
                default: return null;
              }
              """)) {
        Answer map = host.post("text/plain", "map");
        assertThat(map.text()).isEqualTo("{\"a\":1}");
        assertThat(map.type()).isEqualTo("application/json");
        Answer bytes = host.post("text/plain", "bytes");
        assertThat(bytes.bytes()).isEqualTo(new byte[] {0, (byte) 0xff});
        assertThat(bytes.type()).isEqualTo("application/octet-stream");
        Answer resource = host.post("text/plain", "resource");
        assertThat(resource.bytes()).isEqualTo(new byte[] {1});
        assertThat(resource.type()).isEqualTo("image/png");
        Answer empty = host.post("text/plain", "empty");
        assertThat(empty.status()).isEqualTo(204);
        assertThat(empty.bytes()).isEmpty();
        Answer odd = host.post("text/plain", "odd");
        assertThat(odd.status()).isEqualTo(418);
        assertThat(odd.headers().all("x-a")).containsExactly("1", "2");
        assertThat(host.post("text/plain", "null").bytes()).isEmpty();
      }
    }

    @Test
    void handler_ofAnotherGenerationOfSpring_usesItsOwn() {
      TestJar jar =
          TestJar.of(directory)
              .source(
                  "acme.F",
                  SPRING.replace(
                      "BODY",
                      "return new ResponseEntity<>(HttpMethod.class.isEnum() + request.getMethod().name()"
                          + " + request.getBody(), HttpStatus.CREATED);"))
              .compileOnly(TestHost.provided("fission-spring").resolve(api()));
      for (String each : List.of("web", "core", "beans", "jcl")) {
        jar.library(TestHost.library("spring-" + each + "-5.3.39.jar"));
      }
      try (TestHost host = TestHost.deploy(jar.buildFat("spring5.jar"), "acme.F")) {
        Answer answer = host.post("text/plain", "!");

        assertThat(answer.text()).isEqualTo("truePOST!");
        assertThat(answer.status()).isEqualTo(201);
      }
    }

    private static String api() {
      return List.of(TestHost.provided("fission-spring").toFile().list()).stream()
          .filter(name -> !name.startsWith("spring-"))
          .findFirst()
          .orElseThrow();
    }

    @Test
    void handler_withItsOwnJackson_isBoundByIt() {
      TestJar jar = TestJar.of(directory);
      for (String each : List.of("databind", "core", "annotations")) {
        jar.library(TestHost.library("jackson-" + each + "-2.18.2.jar"));
      }
      jar.source(
          "acme.F",
          SPRING.replace(
              "BODY",
              "return ResponseEntity.ok(request.getBody().getClass().getName() + ((Map) request.getBody()).get(\"a\").getClass());"));
      Path zip = FissionContractTest.against(jar, "fission-spring").buildZip("jackson.zip");
      try (TestHost host = TestHost.deploy(zip, "acme.F")) {
        assertThat(host.post("application/json", "{\"a\":1}").text())
            .isEqualTo("java.util.LinkedHashMapclass java.lang.Integer"); // not Long
      }
    }
  }

  @Nested
  final class Jaxrs {

    @Test
    void handler_thin_answers() {
      try (TestHost host = jaxrs("return Response.ok(\"Hello World!\").build();")) {
        assertThat(get(host, "/", "").text()).isEqualTo("Hello World!");
        assertThat(host.function().signature()).isEqualTo("io.fission.Function (JAX-RS)");
      }
    }

    @Test
    void request_isSeen() {
      try (TestHost host =
          jaxrs(
              """
              UriInfo uri = request.getUriInfo();
              request.setProperty("k", 1);
              return Response.ok(String.join("\\n",
                  request.getMethod() + " " + uri.getRequestUri() + " " + uri.getPath() + " " + uri.getBaseUri(),
                  "" + uri.getQueryParameters() + uri.getPathSegments().size() + uri.getAbsolutePath(),
                  request.getHeaderString("X-MANY") + request.getHeaders().getFirst("x-many"),
                  "" + request.getMediaType() + request.getMediaType().getSubtype() + request.getLength(),
                  "" + request.getAcceptableMediaTypes(),
                  "" + request.getAcceptableLanguages() + request.getLanguage(),
                  "" + request.getCookies().get("b").getValue() + request.getCookies().size(),
                  "" + request.hasEntity() + request.getProperty("k") + request.getPropertyNames(),
                  "" + request.getDate().getTime() + request.getSecurityContext().isSecure(),
                  "" + uri.getRequestUriBuilder().queryParam("z", "1").build() + context)).build();
              """)) {
        Answer answer =
            host.send(
                "PUT",
                "/a%20b/c",
                "x=1&x=2&y=%26",
                Map.of(
                    "Host", List.of("example.com"),
                    "X-Many", List.of("1", "2"),
                    "Content-Type", List.of("text/plain;charset=utf-8"),
                    "Content-Length", List.of("2"),
                    "Accept", List.of("text/html;q=0.5, application/json;v=1, image/png;q=0"),
                    "Accept-Language", List.of("fr;q=0.5, de-CH"),
                    "Content-Language", List.of("en"),
                    "Cookie", List.of("a=1; b=2=3"),
                    "Date", List.of("Fri, 02 Jan 2026 03:04:05 GMT")),
                new byte[2]);

        assertThat(answer.text().lines())
            .containsExactly(
                "PUT http://example.com/a%20b/c?x=1&x=2&y=%26 a b/c http://example.com/",
                "{x=[1, 2], y=[&]}2http://example.com/a%20b/c",
                "1,21",
                "text/plain;charset=utf-8plain2",
                "[application/json;v=1, text/html]",
                "[de_CH, fr]en",
                "2=32",
                "true1[k]",
                "1767323045000false",
                "http://example.com/a%20b/c?x=1&x=2&y=%26&z=1null");
      }
    }

    @Test
    void request_whatOnlyAFilterMayDo_isRefused() {
      try (TestHost host = jaxrs("request.abortWith(Response.ok().build()); return null;")) {
        assertThat(get(host, "/", "").thrown())
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("return the response");
      }
    }

    @Test
    void response_entities_arrive() {
      try (TestHost host =
          jaxrs(
              """
              switch (request.getUriInfo().getPath()) {
                case "bytes": return Response.ok(new byte[] {0, (byte) 0xff}).build();
                case "stream": return Response.ok(new ByteArrayInputStream(new byte[] {1})).build();
                case "streaming":
                  return Response.ok((StreamingOutput) out -> out.write(7), "application/x-seven").build();
                case "json": return Response.ok(Map.of("a", 1), MediaType.APPLICATION_JSON_TYPE).build();
                case "map": return Response.ok(Map.of("a", 1)).build();
                case "generic": return Response.ok(new GenericEntity<List<Integer>>(List.of(1)) {}).build();
                case "text": return Response.ok(42, MediaType.TEXT_PLAIN).build();
                case "empty": return Response.noContent().build();
                case "created":
                  return Response.created(java.net.URI.create("/x")).header("X-A", 1).header("X-A", 2)
                      .cookie(new NewCookie("c", "d")).build();
                case "thrown": throw new NotFoundException("no such thing");
                case "thrown-with-body":
                  throw new WebApplicationException(Response.status(409).entity("conflict").build());
                default: return null;
              }
              """)) {
        assertThat(get(host, "/bytes", "").bytes()).isEqualTo(new byte[] {0, (byte) 0xff});
        assertThat(get(host, "/stream", "").bytes()).isEqualTo(new byte[] {1});
        Answer streaming = get(host, "/streaming", "");
        assertThat(streaming.bytes()).isEqualTo(new byte[] {7});
        assertThat(streaming.type()).isEqualTo("application/x-seven");
        assertThat(get(host, "/json", "").text()).isEqualTo("{\"a\":1}");
        assertThat(get(host, "/map", "").type()).isEqualTo("application/json");
        assertThat(get(host, "/generic", "").text()).isEqualTo("[1]");
        assertThat(get(host, "/text", "").text()).isEqualTo("42");
        assertThat(get(host, "/empty", "").status()).isEqualTo(204);
        Answer created = get(host, "/created", "");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers().first("location")).contains("/x");
        assertThat(created.headers().all("x-a")).containsExactly("1", "2");
        assertThat(created.headers().first("set-cookie").orElse("")).startsWith("c=d");
        assertThat(get(host, "/thrown", "").status()).isEqualTo(404);
        Answer conflict = get(host, "/thrown-with-body", "");
        assertThat(conflict.status()).isEqualTo(409);
        assertThat(conflict.text()).isEqualTo("conflict");
        assertThat(get(host, "/null", "").bytes()).isEmpty();
      }
    }

    @Test
    void handler_fatWithoutAnImplementationOfJaxrs_isGivenOne() {
      TestJar jar = TestJar.of(directory);
      for (String name : TestHost.provided("fission-jersey").toFile().list()) {
        if (name.startsWith("fission-") || name.startsWith("javax.ws.rs")) {
          jar.library(TestHost.provided("fission-jersey").resolve(name));
        }
      }
      Path fat =
          jar.source("acme.F", JAXRS.replace("BODY", "return Response.ok(\"fat\").build();"))
              .buildFat("fat.jar");
      try (TestHost host = TestHost.deploy(fat, "acme.F")) {
        assertThat(get(host, "/", "").text()).isEqualTo("fat");
      }
    }
  }

  @Test
  void handler_ofNeitherFlavour_isRefused() {
    Path jar =
        TestJar.of(directory)
            .source("io.fission.Function", "package io.fission; public interface Function {}")
            .source("acme.F", "package acme; public class F implements io.fission.Function {}")
            .build("f.jar");

    assertThatThrownBy(() -> TestHost.deploy(jar, "acme.F"))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("acme.F implements io.fission.Function and has no method 'call'");
    assertThatThrownBy(() -> TestHost.deploy(jar, null))
        .isInstanceOf(DeployException.class)
        .hasMessageContaining("has no method 'call'");
  }

  @Test
  void flavours_sideBySide_doNotDisturbEachOther() {
    try (TestHost spring = spring("return ResponseEntity.ok(\"spring\");");
        TestHost jaxrs =
            TestHost.deploy(
                FissionContractTest.against(
                        TestJar.of(directory.resolve("j"))
                            .source(
                                "acme.F",
                                JAXRS.replace("BODY", "return Response.ok(\"jaxrs\").build();")),
                        "fission-jersey")
                    .build("j.jar"),
                "acme.F")) {
      assertThat(get(spring, "/", "").text()).isEqualTo("spring");
      assertThat(get(jaxrs, "/", "").text()).isEqualTo("jaxrs");
      assertThat(new String(get(spring, "/", "").bytes(), StandardCharsets.UTF_8))
          .isEqualTo("spring");
    }
  }
}
