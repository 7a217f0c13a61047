package dev.hearth.junit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hearth.FunctionSpec;
import dev.hearth.invoke.Threads;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class UnloadsTest {

  private static final String HELD = "hearth.test.unloads";

  @RegisterExtension final Unloads unloads = new Unloads();

  @TempDir Path directory;

  private Path jar(String body) {
    return TestJar.of(directory)
        .source(
            "acme.F",
            "package acme; public class F implements java.util.function.Function<String, String> {"
                + " public String apply(String in) { "
                + body
                + " return in; } }")
        .build("f.jar");
  }

  @Test
  void functionThatLetsGo_passes() {
    unloads.assertUnloads(jar(""), "x", "y");
    unloads.assertUnloads(FunctionSpec.builder(jar("")).handler("acme.F").build());
  }

  @Test
  void functionThatFails_passesAllTheSame() {
    Path jar = jar("if (in.length() == 1) throw new IllegalStateException();");
    // Carriers of virtual threads are the JDK's, and may hold what was thrown last on them.
    unloads.assertUnloads(FunctionSpec.builder(jar).threads(Threads.PLATFORM).build(), "x");
  }

  @Test
  @SuppressWarnings("unchecked")
  void functionThatIsHeld_failsWithWhatHoldsIt() {
    List<Object> held = new ArrayList<>();
    System.getProperties().put(HELD, held);
    try {
      assertThatThrownBy(
              () ->
                  unloads.assertUnloads(
                      jar(
                          "((java.util.List<Object>) System.getProperties().get(\""
                              + HELD
                              + "\")).add(this);"),
                      "x"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("f.jar: its class loader is still held")
          .hasMessageContaining("class acme.F is defined by it")
          .hasMessageContaining("java.util.ArrayList");
    } finally {
      System.getProperties().remove(HELD);
    }
  }
}
