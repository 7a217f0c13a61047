package dev.hearth.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.http.contract.hearth.NativeContract;
import dev.hearth.http.testing.RawClient.Answered;
import dev.hearth.http.testing.TestHost;
import dev.hearth.testing.TestJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that functions return and nobody can write (HOSTILE.md, chapter B). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadValueTest {

  private TestHost host;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    Path jar =
        TestJar.of(directory)
            .source(
                "t.Bad",
                """
                package t;
                public class Bad implements java.util.function.Function<String, Object> {
                  public record Price(double amount) {}
                  public record Order(Total total) {}
                  public record Total(String text) {
                    public String text() { throw new IllegalStateException("no rate"); }
                  }
                  public static class Node { public Node next; }
                  public Object apply(String in) {
                    switch (in) {
                      case "cycle": {
                        Node node = new Node();
                        node.next = new Node();
                        node.next.next = node;
                        return node;
                      }
                      case "map": {
                        java.util.Map<String, Object> map = new java.util.HashMap<>();
                        map.put("self", map);
                        return map;
                      }
                      case "deep": {
                        java.util.List<Object> list = new java.util.ArrayList<>();
                        for (int i = 0; i < 100_000; i++) list = new java.util.ArrayList<>(java.util.List.of(list));
                        return list;
                      }
                      case "nan": return new Price(Double.NaN);
                      case "getter": return new Order(new Total("x"));
                      case "surrogates": return "a\\uD800b\\uDC00";
                      case "record": return new Price(1.5);
                      default: return in;
                    }
                  }
                }
                """)
            .build("bad.jar");
    Hearth hearth = Hearth.builder().build();
    hearth.deploy("bad", FunctionSpec.builder(jar).handler("t.Bad").build());
    host = TestHost.serve(hearth, new NativeContract(hearth), HttpLimits.defaults());
  }

  @AfterAll
  void stop() {
    host.close();
  }

  @AfterEach
  void stillServes() throws IOException {
    assertThat(host.post("/bad", "fine").text()).isEqualTo("fine");
    assertThat(host.post("/bad", "record").text()).isEqualTo("{\"amount\":1.5}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cycle", "map", "deep", "nan"})
  void B07_valueThatCannotBeWritten_isAClear500(String what) throws IOException {
    Answered answer = host.post("/bad", what);

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("function 'bad'").hasSizeLessThan(1000);
  }

  @Test
  void B08_getterThatThrows_isA500WithItsPath() throws IOException {
    Answered answer = host.post("/bad", "getter");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("function 'bad'").contains("#text()").contains("(at total)");
  }

  @Test
  void B09_loneSurrogates_becomeValidUtf8() throws IOException {
    Answered answer = host.post("/bad", "surrogates");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("a?b?".getBytes(StandardCharsets.UTF_8));
  }
}
