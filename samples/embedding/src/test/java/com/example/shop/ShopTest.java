package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hearth.loader.DeployException;
import dev.hearth.testing.TestJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ShopTest {

  private final Path directory;

  ShopTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void pay_withARule_takesItsDiscountOff() {
    try (Shop shop = new Shop(rule("tenth.jar", "price / 10"), "merchant.Rule")) {
      assertThat(shop.pay(1000)).isEqualTo(900);
    }
  }

  @Test
  void changeRule_whileOpen_holdsFromTheNextSale() {
    try (Shop shop = new Shop(rule("tenth.jar", "price / 10"), "merchant.Rule")) {
      shop.changeRule(rule("half.jar", "price / 2"), "merchant.Rule");

      assertThat(shop.pay(1000)).isEqualTo(500);
    }
  }

  @Test
  void changeRule_toOneThatCannotBeLoaded_keepsTheOld() {
    try (Shop shop = new Shop(rule("tenth.jar", "price / 10"), "merchant.Rule")) {
      assertThatExceptionOfType(DeployException.class)
          .isThrownBy(() -> shop.changeRule(rule("half.jar", "price / 2"), "merchant.Typo"));

      assertThat(shop.pay(1000)).isEqualTo(900);
    }
  }

  private Path rule(String file, String discount) {
    return TestJar.of(directory)
        .source(
            "merchant.Rule",
            "package merchant; public class Rule implements java.util.function.Function<Long, Long> {"
                + " public Long apply(Long price) { return "
                + discount
                + "; } }")
        .build(file);
  }
}
