package com.example.shop;

import static java.util.Objects.requireNonNull;

import dev.hearth.FunctionHandle;
import dev.hearth.FunctionSpec;
import dev.hearth.Hearth;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A shop that lets its merchants write the discount rule. The rule is a jar of its own, loaded apart from the
 * shop's classes, stopped when it takes too long, and exchanged without a restart.
 */
public final class Shop implements AutoCloseable {

  private final Hearth hearth = Hearth.builder().name("shop").build();
  private final FunctionHandle discount;

  /**
   * Opens with a rule: a function that takes a price in cents and gives the discount in cents.
   *
   * @throws dev.hearth.loader.DeployException if the archive holds no such function
   */
  public Shop(Path rule, String handler) {
    discount = hearth.deploy("discount", spec(rule, handler));
  }

  /** What the customer pays for something of this price, in cents. */
  public long pay(long price) {
    return price - requireNonNull(discount.invoke(price, Long.class));
  }

  /** Exchanges the rule. Sales under way end by the old one; if the new one cannot be loaded it stays. */
  public void changeRule(Path rule, String handler) {
    discount.swap(spec(rule, handler));
  }

  private static FunctionSpec spec(Path rule, String handler) {
    return FunctionSpec.builder(rule).handler(handler).runTimeout(Duration.ofSeconds(1)).build();
  }

  @Override
  public void close() {
    hearth.close();
  }
}
