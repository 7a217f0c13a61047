package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import dev.hearth.function.Reply;
import dev.hearth.invoke.Outcome;
import dev.hearth.testing.WireCall;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deploys the jar that Spring Boot's plugin made. */
@Timeout(300)
class HelloSpringIT {

  @Test
  void functions_areCalledByTheNamesOfTheirBeans() {
    FunctionSpec jar =
        FunctionSpec.builder(Path.of(System.getProperty("sample.jar")))
            .initTimeout(Duration.ofSeconds(100))
            .build();
    try (Hearth hearth = Hearth.builder().build()) {
      FunctionHandle shop = hearth.deploy("shop", jar);

      assertThat(shop.signature()).isEqualTo("spring-boot");
      assertThat(order("/price", "{\"article\":\"pen\",\"count\":2}").text(shop))
          .isEqualTo("{\"article\":\"pen\",\"cents\":500}");
      assertThat(order("/price", "[{\"article\":\"pen\",\"count\":1}]").text(shop))
          .isEqualTo("[{\"article\":\"pen\",\"cents\":250}]");
      assertThat(order("/refuse", "{\"article\":\"pen\",\"count\":2}").outcome(shop))
          .isInstanceOf(Outcome.Threw.class);

      Reply<byte[]> greeted =
          WireCall.of("GET", "/greet/world").header("x-greeter", "me").reply(shop);

      assertThat(new String(greeted.body(), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("Hello, world!");
      assertThat(greeted.headers().get("greeted-by")).containsExactly("me");
    }
  }

  private static WireCall order(String path, String json) {
    return WireCall.of("POST", path).header("Content-Type", "application/json").body(json);
  }
}
