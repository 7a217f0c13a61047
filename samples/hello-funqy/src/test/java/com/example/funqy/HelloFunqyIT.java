package com.example.funqy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Reply;
import dev.hearth.invoke.Outcome;
import dev.hearth.testing.TestHost;
import dev.hearth.testing.WireCall;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deploys the jar, which brings none of Funqy's classes. */
@Timeout(120)
class HelloFunqyIT {

  @Test
  void functions_areCalledByNameAndByEvents() {
    try (Hearth hearth =
        Hearth.builder().providedApis(TestHost.provided("funqy").getParent()).build()) {
      FunctionHandle hello =
          hearth.deploy("hello", FunctionSpec.of(Path.of(System.getProperty("sample.jar"))));

      assertThat(WireCall.of("GET", "/greet?first=Ada&last=Lovelace").text(hello))
          .isEqualTo("\"Hello, Ada Lovelace!\"");
      assertThat(WireCall.of("POST", "/greet").body("{\"first\":\"A\",\"last\":\"B\"}").text(hello))
          .isEqualTo("\"Hello, A B!\"");
      assertThat(WireCall.of("GET", "/refuse?last=X").outcome(hello))
          .isInstanceOf(Outcome.Threw.class);

      Reply<byte[]> noted =
          WireCall.of("POST", "/")
              .header("ce-id", "1")
              .header("ce-specversion", "1.0")
              .header("ce-source", "/shop")
              .header("ce-type", "order.created")
              .header("Content-Type", "application/json")
              .body("7")
              .reply(hello);

      assertThat(new String(noted.body(), StandardCharsets.UTF_8))
          .isEqualTo("\"order 7 of /shop\"");
      assertThat(noted.headers().get("ce-type")).containsExactly("order.noted");
    }
  }
}
