package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.function.Headers;
import dev.hearth.invoke.MemoryExchange;
import dev.hearth.loader.DeployException;
import dev.hearth.route.Route;
import dev.hearth.testing.TestJar;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that find their function by a route. */
final class RoutingTest {

  private static final Headers NONE = headers(Map.of());

  private static Headers headers(Map<String, List<String>> lines) {
    return new MemoryExchange("GET", "/", "", lines, InputStream.nullInputStream(), 0)
        .request()
        .headers();
  }

  private final Hearth hearth = Hearth.builder().build();

  @BeforeEach
  void deploy(@TempDir Path directory) {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Hi",
                "package acme; public class Hi implements java.util.function.Supplier<String> {"
                    + " public String get() { return \"hi\"; } }")
            .build("hi.jar");
    hearth.deploy("stable", FunctionSpec.of(jar));
    hearth.deploy("canary", FunctionSpec.of(jar));
  }

  @AfterEach
  void close() {
    hearth.close();
  }

  private Set<String> seen(String name) {
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < 2000; i++) {
      seen.add(hearth.callee(name, NONE).orElseThrow().name());
    }
    return seen;
  }

  @Test
  void callee_nameWithoutRoute_isTheFunction() {
    assertThat(seen("stable")).containsExactly("stable");
    assertThat(hearth.callee("resize", NONE)).isEmpty();
    assertThat(hearth.onlyCallee(NONE)).as("two functions, no route").isEmpty();
  }

  @Test
  void callee_nameWithRoute_isEachOfItsTargets() {
    hearth.routes(Map.of("resize", Route.of(Map.of("stable", 1, "canary", 1))));

    assertThat(seen("resize")).containsExactly("canary", "stable");
    assertThat(seen("stable")).containsExactly("stable");
    assertThat(hearth.onlyCallee(NONE)).isPresent();
    assertThat(hearth.function("resize")).as("a route is no function").isEmpty();
  }

  @Test
  void callee_routeNamedAsOneOfItsTargets_countsBeforeTheFunction() {
    hearth.routes(Map.of("stable", Route.of(Map.of("stable", 0, "canary", 1))));

    assertThat(seen("stable")).containsExactly("canary");
    assertThat(hearth.function("stable").orElseThrow().name()).isEqualTo("stable");
  }

  @Test
  void callee_stickyRoute_isDecidedByTheHeader() {
    hearth.routes(Map.of("r", Route.of(Map.of("stable", 1, "canary", 1)).stickyBy("X-User")));
    Headers headers = headers(Map.of("x-user", List.of("ann")));
    String first = hearth.callee("r", headers).orElseThrow().name();

    for (int i = 0; i < 100; i++) {
      assertThat(hearth.callee("r", headers).orElseThrow().name()).isEqualTo(first);
    }
    assertThat(seen("r")).as("without the header").hasSize(2);
  }

  @Test
  void C09_routesThatLeadNowhereOrHideAFunction_areRefusedAndChangeNothing() {
    hearth.routes(Map.of("resize", Route.to("stable")));

    assertThatExceptionOfType(DeployException.class)
        .isThrownBy(() -> hearth.routes(Map.of("x", Route.to("absent"))))
        .withMessage(
            "route 'x' leads to function 'absent', which is not deployed; deployed are [canary, stable]");
    assertThatExceptionOfType(DeployException.class)
        .isThrownBy(() -> hearth.routes(Map.of("canary", Route.to("stable"))))
        .withMessageContaining("route 'canary' hides the function");
    assertThatExceptionOfType(DeployException.class)
        .isThrownBy(() -> hearth.routes(Map.of("a/b", Route.to("stable"))))
        .withMessageContaining("'a/b'");

    assertThat(hearth.routes()).containsOnlyKeys("resize");
  }
}
