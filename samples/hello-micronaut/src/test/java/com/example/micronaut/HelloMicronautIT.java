package com.example.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.invoke.Outcome;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.WireCall;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deploys the jar, which brings nothing of Micronaut. */
@Timeout(120)
class HelloMicronautIT {

  @Test
  void functions_areCalledByTheirNames() {
    try (Hearth hearth =
        Hearth.builder()
            .providedApis(TestHost.provided("micronaut-function").getParent())
            .build()) {
      FunctionHandle hello =
          hearth.deploy(
              "hello",
              FunctionSpec.builder(Path.of(System.getProperty("sample.jar")))
                  .env("OWNER", "me")
                  .build());

      WireCall greet =
          WireCall.of("POST", "/greet-function")
              .header("Content-Type", "application/json")
              .body("{\"name\":\"Ada\"}");
      assertThat(greet.text(hello)).isEqualTo("{\"text\":\"Hello, Ada!\",\"calls\":1}");
      assertThat(greet.text(hello)).isEqualTo("{\"text\":\"Hello, Ada!\",\"calls\":2}");
      assertThat(WireCall.of("POST", "/refuse").body("X").outcome(hello))
          .isInstanceOf(Outcome.Threw.class);
      assertThat(WireCall.of("GET", "/who-am-i").text(hello)).isEqualTo("hello of me");
    }
  }
}
