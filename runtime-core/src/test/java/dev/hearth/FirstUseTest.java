package dev.hearth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.instance.InstanceSettings;
import dev.hearth.invoke.Outcome;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What calls find that are the first to use something, all at once. */
@Timeout(120)
final class FirstUseTest {

  private static final int ROUNDS = 100;
  private static final int CALLS = 4;

  @Test
  void getenv_firstCallsAtOnce_allSeeTheVariables(@TempDir Path directory) throws Exception {
    Path jar =
        TestJar.of(directory)
            .source(
                "acme.Env",
                "package acme; public class Env implements java.util.function.Function<String, String> {"
                    + " public String apply(String in) { return System.getenv(\"WHO\"); } }")
            .build("env.jar");
    FunctionSpec spec =
        FunctionSpec.builder(jar)
            .env("WHO", "me")
            .instances(new InstanceSettings(1, 1, CALLS, 1000))
            .build();
    try (Hearth hearth = Hearth.builder().build()) {
      FunctionHandle function = hearth.deploy("f", spec);
      for (int round = 0; round < ROUNDS; round++) {
        List<CompletableFuture<Outcome<?>>> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
          calls.add(function.invokeAsync("x", null));
        }
        for (CompletableFuture<Outcome<?>> call : calls) {
          assertThat(call.get(60, TimeUnit.SECONDS))
              .isInstanceOfSatisfying(
                  Outcome.Returned.class, returned -> assertThat(returned.value()).isEqualTo("me"));
        }
        function.swap(spec);
      }
    }
  }
}
